"""What every scale promises, run over the list of scales."""

import dataclasses
import functools

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from contracts.promises import CANCELLING, DIFFERENCES, ROUNDING, gap
from course import DAY, MINUTE, NAMES, SCALES, at
from restate import exponents, restated
from tissue import busy, cheek, lanes, model_of

from microneedling.core import units
from microneedling.core.param import param, provenance
from microneedling.scales.standard import SCALES as CLASSES
from microneedling.scales.standard import cards, known
from microneedling.skin.skin import YEAR

EVERY = pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.CARD.name)
# after a needling, when and which way each scale moves: signs SCIENCE asks for and the sources of the laws show
MOVES = {
    "tewl": (MINUTE, 1),  # holes let water out at once
    "erythema": (DAY, 1),
    "oedema": (DAY, 1),
    "perfusion": (DAY, 1),
    "deep_perfusion": (DAY, 1),
    "oxygen": (DAY, 1),  # flow outruns the cells that come
    "vessel_density": (14 * DAY, 1),
    "pain": (MINUTE, 1),
    "bleeding": (MINUTE, 1),
    "open_area": (MINUTE, 1),
    "permeable_area": (MINUTE, 1),
    "visible_pores": (MINUTE, 1),
    "inserted_depth": (MINUTE, 1),
    "channel_depth": (MINUTE, 1),
    "puncture_density": (MINUTE, 1),
    "epidermal_thickness": (5 * DAY, 1),  # acanthosis
    "sc_thickness": (MINUTE, -1),
    "sc_layers": (MINUTE, -1),
    "turnover_time": (2 * DAY, -1),  # faster birth
    "sc_turnover_time": (5 * DAY, -1),  # faster inflow
    "dye_loss_time": (5 * DAY, -1),
    "corneocyte_area": (5 * DAY, -1),  # cells made in haste are small
    "proliferation": (2 * DAY, 1),
    "papilla_amplitude": (14 * DAY, 1),
    "corneocyte_loss": (MINUTE, 1),
    "hydration": (5 * DAY, -1),
    "neutrophils": (DAY, 1),
    "macrophages": (2 * DAY, 1),
    "inflammation": (DAY, 1),
    "collagen_new": (28 * DAY, 1),
    "collagen_stain": (28 * DAY, 1),
    "reticulin": (14 * DAY, 1),
    "ultrasound_density": (28 * DAY, 1),
    "elastin": (14 * DAY, -1),  # total elastin falls while tropoelastin rises
    "tropoelastin": (14 * DAY, 1),
    "elasticity": (2 * DAY, -1),  # fibre is cut before collagen is laid down
    "firmness": (120 * DAY, 1),  # a month after the last session there is more collagen
    "immunostain_i": (28 * DAY, 1),
    "immunostain_iii": (14 * DAY, 1),
    "collagen_mass": (28 * DAY, 1),
    "protease": (DAY, 1),
    "epidermal_closure": (MINUTE, -1),
    "acne_scar_volume": (28 * DAY, -1),
    "melanin_index": (14 * DAY, -1),  # the lesion of the person of the tests calms
    "pigment_contrast": (DAY, -1),  # the pierced share of the basal layer has lost its melanin
    "pigment_after": (14 * DAY, -1),  # lighter at first, as hurried cells carry less
    "darkening_risk": (119 * DAY, 1),  # a month after the last of four sessions
    "dermal_melanin": (DAY, 1),
    "redness": (DAY, 1),
    "rolling_scar_volume": (60 * DAY, -1),
    "boxcar_scar_volume": (60 * DAY, -1),
    "icepick_scar_volume": (60 * DAY, -1),
    "line_depth": (DAY, -1),  # swelling; later matrix
    "stria_width": (60 * DAY, -1),
    "pore_area": (120 * DAY, -1),  # firmer dermis, once more collagen outweighs the elastic fibre that was cut
    "hair_density": (60 * DAY, 1),
    "hair_ratio": (60 * DAY, 1),
    "hair_effect": (60 * DAY, 1),
}

# blood darkens skin, melanin taken out lightens it: which of them wins differs (tests/unit/scales/test_appearance.py)
# and young corneum is drier, thin corneum wetter: relief and gloss follow both
EITHER = {"lightness", "yellowness", "roughness", "roughness_depth", "gloss", "radiance"}
UNMOVED = {"vellus_hair", "pore_plug"}  # a needle cuts no hair, and leaves plugs alone


@functools.cache
def world():
    """Skin, its rest and busy states."""
    skin = cheek(age=61 * YEAR)
    model = model_of(skin, "caffeine")
    return skin, model.start(skin), tuple(busy(model, skin, seed) for seed in range(3))


@pytest.fixture(scope="module")
def series(courses):
    """Times and the course of four sessions."""
    return courses.sessions(4, end=365 * DAY)


def test_names_are_unique_and_known():
    named = [card.name for card in cards(("caffeine",))]
    assert len(named) == len(set(named))
    assert {name.split(".")[0] for name in named} == set(known())
    assert set(MOVES) | UNMOVED | EITHER == {cls.CARD.name for cls in CLASSES}


@EVERY
def test_units_can_be_shown(scale):
    card = scale.CARD
    assert units.factor(card.shown, card.unit) > 0
    assert set(exponents(card.unit)) <= {"m", "kg", "s", "mol"}, "the SI unit is written in base units"
    assert card.title and card.low < card.high and card.worse in ("", "up", "down")


@EVERY
def test_the_smallest_noticeable_change_has_a_source_or_a_note(scale):
    fact = provenance(scale)["noticeable"]
    assert fact.source or fact.note
    assert float(scale.noticeable) > 0 and fact.unit in (scale.CARD.unit, "mol m-2")


@EVERY
def test_healthy_skin_scores_healthy(scale):
    healthy_is_healthy(scale)


def healthy_is_healthy(scale):
    skin, rest, _ = world()
    value, card = float(scale.read(rest, skin)), scale.CARD
    assert card.low <= value <= card.high
    if card.healthy is not None:
        assert value == pytest.approx(card.healthy, abs=1e-12), card.name


@EVERY
def test_it_is_a_pure_function_of_state_and_skin(scale):
    skin, _, states = world()
    first = [float(scale.read(state, skin)) for state in states]
    assert first == [float(scale.read(state, skin)) for state in reversed(states)][::-1]
    assert np.all(np.isfinite(first))


@EVERY
def test_units_are_homogeneous(scale):
    units_are_homogeneous(scale)


def units_are_homogeneous(scale):
    skin, _, states = world()
    for state in states:
        here, there = scale.read(state, skin), restated(scale).read(restated(state), restated(skin))
        assert gap([restated(reading_of(here, scale.CARD.unit)).value], [there]) < CANCELLING


def reading_of(value, unit):
    """A value as a record of one field, so that it can be restated."""
    made = dataclasses.make_dataclass("Reading", [("value", float, param(unit=unit))], frozen=True)
    return made(value)


@EVERY
def test_people_in_lanes_do_not_mix(scale):
    skin, _, states = world()
    both = scale.read(lanes(states[0], states[1]), lanes(skin, skin))
    assert gap([both[0]], [scale.read(states[0], skin)]) < ROUNDING
    assert gap([both[1]], [scale.read(states[1], skin)]) < ROUNDING


@EVERY
def test_gradients_are_finite_and_equal_to_differences(scale):
    skin, rest, states = world()
    for state in (rest, states[0]):
        leaves, tree = jax.tree.flatten(state)
        leaves = [jnp.asarray(x, dtype=float) for x in leaves]
        along = [0.1 * (x + 0.01) for x in leaves]

        def read(*xs, tree=tree):
            return scale.read(tree.unflatten(xs), skin)

        slope = jax.jvp(read, tuple(leaves), tuple(along))[1]
        assert np.isfinite(slope), scale.CARD.name
        if state is not rest:  # rest is the corner of several scales: a derivative there is one of two
            high, low = (read(*(x + s * d for x, d in zip(leaves, along))) for s in (1e-6, -1e-6))
            assert float(slope) == pytest.approx(float(high - low) / 2e-6, rel=DIFFERENCES, abs=1e-12)


@EVERY
def test_it_stays_in_its_published_range_through_a_course(scale, courses, series):
    times, course = series
    value, card = courses.reading(course, scale.CARD.name)[: len(times)], scale.CARD
    slack = 1e-3 * float(scale.noticeable)  # the solver's error below zero is a thousandth of what could be noticed
    assert np.min(value) >= card.low - slack and np.max(value) <= card.high + slack


@pytest.mark.parametrize("name", MOVES)
def test_it_moves_the_right_way_after_needling(name, courses, series):
    times, course = series
    when, sign = MOVES[name]
    value = courses.reading(course, name)
    assert sign * (at(times, value, when) - value[0]) > 0, name


@pytest.mark.parametrize("name", sorted(UNMOVED))
def test_needling_leaves_it_alone(name, courses, series):
    times, course = series
    assert np.ptp(courses.reading(course, name)[: len(times)]) == 0.0


def test_amounts_balance_through_a_course(courses, series):
    times, course = series
    balance = courses.reading(course, "balance.caffeine")[: len(times)]
    assert np.max(np.abs(balance)) < 1e-9  # [1] of the dose: SCIENCE section 4
    assert len(NAMES) == course.readings.shape[1]

"""Melanin on its way up against closed forms: three well-mixed stages in series, and light that adds up."""

import functools

import jax
import numpy as np
import pytest
from contracts.promises import law_of
from scipy.integrate import solve_ivp
from tissue import DAY, card, lanes, model_of

from microneedling.core.state import State
from microneedling.core.struct import replace
from microneedling.laws.pigment import MelaninTurnover
from microneedling.skin.baseline import baseline_of
from microneedling.skin.components import Melanin, Pigment
from microneedling.skin.site import Site
from microneedling.skin.skin import YEAR, skin_of
from microneedling.treatments.light import Exposure

SOLVER = 1e-6  # [1] of the largest value: the tolerance of the other program's solver, with room


@functools.cache
def world():
    """Cheek of phototype 4 with a lesion, its rest, and the pigment law."""
    skin = skin_of(
        card("sites", "cheek", Site), age=35 * YEAR, phototype=4.0, baseline=baseline_of({"melanin_index": 60.0})
    )
    model = model_of(skin)
    return skin, model.start(skin), law_of(model, MelaninTurnover)


def courses(days, start=None, shielded=0.0, law=None):
    """Pigment fields at these days from a given start, all else at rest, by SciPy."""
    skin, rest, ours = world()
    law = law or ours
    first = start or rest[Pigment]
    first = replace(first, shield=first.shield + shielded)
    leaves, tree = jax.tree.flatten(first)
    moved = jax.jit(lambda y: jax.tree.leaves(law.rate(State(parts=rest.parts | {"Pigment": tree.unflatten(y)}), skin)))
    times = np.asarray(days) * DAY
    found = solve_ivp(
        lambda t, y: np.array(moved(list(y))), (0.0, times[-1]), np.array(leaves, dtype=float), "LSODA",
        t_eval=times, rtol=1e-9, atol=1e-12,
    )  # fmt: skip
    assert found.success
    return tree.unflatten(list(found.y))


def held_at_rest(**changes):
    """A pulse is what lies above rest: the chain is linear, so it is followed on a start of rest plus the pulse."""
    _, rest, _ = world()
    now = rest[Pigment]
    return replace(now, own=replace(now.own, **changes))


def test_a_pulse_leaves_after_the_transit_time():
    pulse_leaves_after_the_transit_time()


def pulse_leaves_after_the_transit_time():
    skin, _, _ = world()
    site, days = skin.site, np.linspace(0.0, 300.0, 6001)
    now = courses(days, held_at_rest(basal=2.0))
    times = (site.germinative_time, site.viable_transit, site.sc_transit)
    # amounts of melanin above rest by layer, in units of the pulse: per cell times the time cells spend there
    above = [np.asarray(x) - 1 for x in (now.own.basal, now.own.suprabasal, now.own.corneum)]
    held = sum(a * float(t) for a, t in zip(above, times)) / float(times[0])
    stay = np.trapezoid(held, days)  # mean time in the epidermis [d]
    assert stay == pytest.approx(float(sum(times)) / DAY, rel=1e-4)  # the trapezoid's error at 0.05 d
    assert held[0] == pytest.approx(1.0) and abs(held[-1]) < 1e-6


def test_a_pulse_passes_three_stages_as_in_closed_form():
    skin, _, _ = world()
    days = np.linspace(0.5, 60.0, 120)
    now = courses(days, held_at_rest(basal=2.0))
    k = [1 / (float(t) / DAY) for t in (skin.site.germinative_time, skin.site.viable_transit, skin.site.sc_transit)]
    e = [np.exp(-r * days) for r in k]
    second = k[1] * (e[0] - e[1]) / (k[1] - k[0])
    third = k[1] * k[2] * sum(e[i] / ((k[(i + 1) % 3] - k[i]) * (k[(i + 2) % 3] - k[i])) for i in range(3))
    for ours, exact in zip((now.own.basal, now.own.suprabasal, now.own.corneum), (e[0], second, third)):
        assert np.max(np.abs(np.asarray(ours) - 1 - exact)) < SOLVER


def test_a_sunscreen_scales_the_dose():
    sunscreen_scales_the_dose()


def sunscreen_scales_the_dose():
    skin, rest, law = world()
    now = rest[Pigment]
    for share in (0.0, 0.3, 0.9, 1.0):
        covered = State(parts=rest.parts | {"Pigment": replace(now, shield=share)})
        after = law.jump(covered, Exposure(dose=250.0, actives=1).onto(skin), skin)
        assert float(after.light - now.light) == pytest.approx((1 - share) * 250.0, abs=1e-9)
    # worn for good, the light felt settles at the share let through of the habit's
    later = courses([0.0, 120.0], shielded=0.6)
    assert float(later.light[-1]) == pytest.approx(0.4 * float(now.light), rel=1e-6)
    assert float(later.activity[-1]) < 1 and float(later.own.basal[-1]) < 1


def test_the_lesion_keeps_its_share_under_what_acts_on_all():
    # light, sunscreen and inflammation act on all melanocytes alike, so the contrast goes as the skin's own pigment
    now = courses(np.linspace(0.0, 90.0, 10), shielded=0.6)
    own, lesional = (jax.tree.map(np.asarray, x) for x in (now.own, now.lesional))
    for a, b in zip(jax.tree.leaves(own), jax.tree.leaves(lesional)):
        assert np.max(np.abs(a - b)) < SOLVER


def test_melanin_at_rest_does_not_depend_on_who_it_is():
    skin, rest, law = world()
    other = skin_of(card("sites", "cheek", Site), age=70 * YEAR, phototype=6.0)
    both = lanes(skin, other)
    started = law.start(both)
    assert isinstance(started.own, Melanin)
    moved = law.rate(lanes(rest, State(parts=rest.parts | {"Pigment": law.start(other)})), both)
    assert all(np.max(np.abs(np.asarray(x))) < 1e-15 for x in jax.tree.leaves(moved))

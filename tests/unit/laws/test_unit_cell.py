"""One channel in its share of skin."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from levels import HOUR, MICRON, STRENGTH, made

from microneedling.core.state import State
from microneedling.core.struct import replace
from microneedling.laws.steady import permeability
from microneedling.laws.unit_cell import Conditions, _rates, grid_end, grid_of, hole_of, matter_of, within
from microneedling.simulate.resolved import Setting, resolved
from microneedling.simulate.simulate import one_lane
from microneedling.skin.components import Drug, Vessels

DENSITY, DEPTH = 1e6, 300 * MICRON
ROUNDING = 1e-9
NEARLY = 0.05  # the lamellar path is not yet steady after two days, and the film loses a little


@pytest.fixture(scope="module")
def case():
    model, skin, plan = made("caffeine", DENSITY, DEPTH)
    hole = hole_of(skin, area=np.asarray(plan.events.relaxed[0]), density=DENSITY)
    grid = grid_of(skin, hole)
    cells = skin.step.shape[0]
    now = Conditions(
        open=lambda time: np.full(cells, 0.25),
        film=lambda time: 1e-3,
        perfusion=lambda time: np.zeros(cells),
        steady=True,
    )
    return skin, hole, grid, matter_of(skin, model.law("Permeation").actives[0], grid, now=now)


def test_the_cell_has_its_share_of_skin_and_the_needle_s_hole(case):
    skin, hole, grid, _ = case
    assert np.pi * hole.outer**2 * DENSITY == pytest.approx(1.0, rel=ROUNDING)
    assert hole.wall(np.zeros(1))[0] == pytest.approx(30 * MICRON, rel=0.01)  # the skin's first cell is 1 µm deep
    assert 0.8 * DEPTH < hole.end <= DEPTH and grid_end(grid) == pytest.approx(hole.end, rel=ROUNDING)
    assert grid.z[-1] == pytest.approx(float(np.sum(skin.step)), rel=ROUNDING)


def test_rows_do_not_straddle_layers(case):
    skin, hole, grid, _ = case
    edges = np.cumsum([float(np.sum(skin.step * getattr(skin, n))) for n in ("corneum", "epidermis", "papillary")])
    for edge in [*edges, hole.end]:
        assert np.min(np.abs(grid.z - edge)) < 1e-12


def test_the_hole_is_part_fluid_and_the_rest_is_tissue(case):
    _, _, grid, matter = case
    assert matter.hole.size and np.all(matter.hole % grid.shape[1] < grid.inner)
    assert matter.open(HOUR) == pytest.approx(np.full(matter.hole.size, 0.25))
    assert matter.fluid[0] > matter.mobility.max()  # water carries better than any tissue


def test_what_is_placed_by_depth_is_all_there(case):
    skin, hole, _, matter = case
    by_depth = np.where(np.asarray(skin.living) > 0, 2.0, 0.0)
    for radius in (0.0, 0.5 * hole.outer):
        found = within(skin, matter.assembly, by_depth, radius)
        poured = float(np.sum(by_depth * skin.step)) * np.pi * hole.outer**2
        assert found.sum() == pytest.approx(poured, rel=ROUNDING) and np.all(found >= 0)


def test_skin_without_a_channel_has_no_cell(case):
    skin, *_ = case
    with pytest.raises(ValueError, match="no channel is open"):
        hole_of(skin, area=np.zeros(skin.step.shape[0]), density=DENSITY)


def rates_are_those_of_the_drug_law():
    model, skin, _ = made("lidocaine", DENSITY, DEPTH, alive=1.0)
    law, flow = model.law("Permeation"), 0.7
    state = model.start(skin)
    tissue = skin.living * jnp.linspace(1.0, 3.0, skin.step.shape[0])
    solute = replace(state[Drug].solutes[0], tissue=tissue)
    vessels = replace(state[Vessels], perfusion=state[Vessels].perfusion + flow)
    parts = {**state.parts, "Drug": Drug(solutes=(solute,)), "Vessels": vessels}
    found = law.rate(State(parts=parts), skin).solutes[0]
    mine = (_rates(law.actives[0], np.full(skin.step.shape[0], flow)) * np.asarray(tissue * skin.step)).sum(axis=1)
    theirs = [float(found.blood), float(found.lymph), float(found.metabolised)]
    assert mine[0] > 0 and mine == pytest.approx(theirs, rel=ROUNDING)


def test_clearance_is_that_of_the_drug_law():
    rates_are_those_of_the_drug_law()


def leak_carries_what_the_closed_form_says():
    model, skin, plan = (one_lane(x) for x in made("mannitol", 1e4, 40 * MICRON, mouth=MICRON))
    setting = Setting(0, lambda time: np.zeros(skin.step.shape[0]))
    found = resolved(model, skin, plan, setting, people=[0])
    bare, solute = (jax.tree.map(lambda x: x[..., 0], x) for x in (skin, model.law("Permeation").actives[0]))
    late = found.times > 24 * HOUR
    flux = np.polyfit(found.times[late], found.amounts["receptor"][0][late], 1)[0]
    assert flux == pytest.approx(float(permeability(solute, bare)) * STRENGTH, rel=NEARLY)


def test_the_leak_carries_what_the_closed_form_says():
    leak_carries_what_the_closed_form_says()

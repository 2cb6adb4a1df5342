"""Faults planted in the resolved cell and in what holds the depth form to it."""

from contracts import test_two_levels
from faults.fault import Fault, spoilt
from levels import both_forms
from oracles import test_wedge_march
from unit.laws import test_unit_cell
from unit.numerics import test_wedge
from unit.simulate import test_resolved

from microneedling.laws import unit_cell
from microneedling.laws.drug import Permeation
from microneedling.numerics import wedge, wedge_march

LEVELS, MARCH = "contracts/test_two_levels.py", "oracles/test_wedge_march.py"
CELL = "unit/laws/test_unit_cell.py"
WEDGE, RESOLVED = "unit/numerics/test_wedge.py", "unit/simulate/test_resolved.py"


def afresh():
    """The contract without what an earlier test has kept."""
    both_forms.cache_clear()
    try:
        test_two_levels.depth_form_keeps_to_the_cell()
    finally:
        both_forms.cache_clear()


FAULTS = [
    Fault(
        "channels share the short way of the leak",
        f"{LEVELS}::test_the_depth_form_keeps_to_the_cell",
        spoilt(
            Permeation, "_solute_rate", "self.exchange(area, channels, p)", "(self.exchange(area, channels, p) + 1.0)"
        ),
        afresh,
    ),
    Fault(
        "the cell's blood takes half",
        f"{CELL}::test_clearance_is_that_of_the_drug_law",
        spoilt(unit_cell, "_rates", "taken / float(p.binding)", "taken / float(p.binding) / 2"),
        test_unit_cell.rates_are_those_of_the_drug_law,
    ),
    Fault(
        "the cell's leak carries half",
        f"{CELL}::test_the_leak_carries_what_the_closed_form_says",
        spoilt(unit_cell, "_leak", "speed * area, speed", "speed * area / 2, speed"),
        test_unit_cell.leak_carries_what_the_closed_form_says,
    ),
    Fault(
        "a slab for a cylinder",
        f"{WEDGE}::test_a_linear_fall_has_its_own_energy_on_slanted_elements",
        spoilt(wedge, "stiffness", "2 * np.pi * radius", "2 * np.pi"),
        test_wedge.test_a_linear_fall_has_its_own_energy_on_slanted_elements,
    ),
    Fault(
        "slanted walls taken as upright",
        f"{MARCH}::test_a_decaying_mode_converges_at_second_order",
        spoilt(wedge, "stiffness", "(down - (s / w)[..., None] * along)", "down"),
        test_wedge_march.mode_converges_at_second_order,
    ),
    Fault(
        "a step goes nine tenths of its way",
        f"{MARCH}::test_a_decaying_mode_converges_at_second_order",
        spoilt(wedge_march, "step", "new = y + size *", "new = y + 0.9 * size *"),
        test_wedge_march.mode_converges_at_second_order,
    ),
    Fault(
        "what dissolves stays in the depot's books",
        f"{RESOLVED}::test_a_depot_dissolves_into_the_channel",
        spoilt(wedge_march, "step", "-np.sum(given)", "0.0"),
        lambda: test_resolved.test_a_depot_dissolves_into_the_channel(test_resolved.new_case()),
    ),
]

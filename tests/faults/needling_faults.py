"""Faults planted in the mechanics of needles."""

# ruff: noqa: E501

from faults.fault import Fault, spoilt
from unit.treatments import test_coverage, test_exfoliation, test_insertion, test_penetration

from microneedling.treatments import coverage, insertion
from microneedling.treatments.coverage import Field
from microneedling.treatments.exfoliation import Exfoliation
from microneedling.treatments.insertion import Insertion
from microneedling.treatments.penetration import Push, Resistance

PENETRATION, INSERTION = "unit/treatments/test_penetration.py", "unit/treatments/test_insertion.py"
COVERAGE = "unit/treatments/test_coverage.py"

# fmt: off
FAULTS = [
    Fault("friction on half of the flank", f"{PENETRATION}::test_the_force_is_the_slope_of_the_works",
          spoilt(Resistance, "force", "2 * self.friction", "self.friction"),
          lambda: test_penetration.force_is_the_slope(test_penetration.NEEDLE)),
    Fault("energy stored as if the needle were straight", f"{PENETRATION}::test_the_works_are_those_of_the_needle_s_own_shape",
          spoilt(Resistance, "works", "r * c * d**2 + c**2 * d**3 / 3", "0 * d"),
          lambda: test_penetration.works_are_of_the_shape(test_penetration.NEEDLE)),
    Fault("a root that forgets the taper", f"{PENETRATION}::test_the_dimple_gives_back_what_the_needle_takes",
          spoilt(Resistance, "_root", "bend = self.wedging * c * (c + self.friction)", "bend = 0.0 * c"),
          lambda: test_penetration.dimple_balances(test_penetration.NEEDLE, 100.0, 1e-3)),
    Fault("every needle pierces", f"{PENETRATION}::test_a_needle_short_of_its_threshold_does_not_pierce",
          spoilt(Push, "piercing", "0.5 * erfc(-odds / jnp.sqrt(2.0))", "1.0 + 0 * odds"),
          test_penetration.test_a_needle_short_of_its_threshold_does_not_pierce),
    Fault("peak speed without pi", f"{INSERTION}::test_peak_speed_of_a_sine_is_pi_frequency_stroke",
          spoilt(insertion, "tip_speed", "math.pi * frequency", "2.0 * frequency"),
          test_insertion.test_peak_speed_of_a_sine_is_pi_frequency_stroke),
    Fault("fast tips meet slow skin", f"{INSERTION}::test_pens_go_nearly_as_deep_as_they_are_set",
          spoilt(Insertion, "push", "(1 + speed / self.quickness)", "1.0"), lambda: test_insertion.pens_are_nominal(1.5e-3)),
    Fault("a hand without end", f"{INSERTION}::test_a_hand_that_presses_too_lightly_leaves_no_puncture",
          spoilt(Insertion, "push", "force=jnp.asarray(force)", "force=jnp.asarray(1e3 + 0 * force)"),
          test_insertion.test_a_hand_that_presses_too_lightly_leaves_no_puncture),
    Fault("the bore presses too", f"{INSERTION}::test_a_hollow_tip_presses_on_its_wall_only",
          spoilt(Insertion, "push", " - bore**2", ""), test_insertion.test_a_hollow_tip_presses_on_its_wall_only),
    Fault("holes do not narrow", f"{INSERTION}::test_holes_shrink_by_recoil_in_depth_and_width",
          spoilt(Insertion, "hole_radius", "jnp.minimum(self.hole, 1.0) * ", ""),
          test_insertion.test_holes_shrink_by_recoil_in_depth_and_width),
    Fault("every stroke makes a new hole", f"{COVERAGE}::test_the_density_is_that_of_the_settings",
          spoilt(coverage, "field_of", "piercing * device.success", "piercing"),
          test_coverage.density_is_that_of_settings),
    Fault("holes as wide as their diameter", f"{COVERAGE}::test_many_random_strokes_cover_what_the_formula_says",
          spoilt(Field, "covered", "<= r * r", "<= 4 * r * r"), test_coverage.formula_is_the_field),
    Fault("a grid shaken apart", f"{COVERAGE}::test_one_press_of_a_grid_covers_every_hole_once",
          spoilt(coverage, "_laid", "+ heads[:, None, :]", "* 0.0 + heads[:, None, :]"), test_coverage.one_press_covers_once),
    Fault("clusters measured against twice the chance", f"{COVERAGE}::test_clustering_is_one_for_chance_and_less_for_pairs",
          spoilt(Field, "clustering", "* 2 *", "* 1 *"), test_coverage.clustering_knows_chance),
    Fault("dermis counted as exfoliated", "unit/treatments/test_exfoliation.py::test_what_is_displaced_is_the_pierced_part_of_the_stratum_corneum",
          spoilt(Exfoliation, "displaced", "event.pierced * skin.corneum", "event.pierced"), test_exfoliation.displaced_is_pierced),
]
# fmt: on

"""Faults planted in what says how exact a run is."""

from faults.fault import Fault, spoilt
from unit.scales import test_closure
from unit.simulate import test_accuracy
from unit.skin import test_skin

from microneedling.scales import closure
from microneedling.simulate import accuracy
from microneedling.skin import skin

ACCURACY, SKIN = "unit/simulate/test_accuracy.py", "unit/skin/test_skin.py"

FAULTS = [
    Fault("a quantile one person off", f"{ACCURACY}::test_the_error_of_a_quantile_is_that_of_endless_resampling",
          spoilt(accuracy, "quantile_error", "a = 1 + (n - 1) * share", "a = 2 + (n - 1) * share"),
          test_accuracy.resampling_is_foreseen),
    Fault("errors in one direction only", f"{ACCURACY}::test_the_largest_of_each_error_over_arms_and_times",
          spoilt(accuracy, "_largest", "abs(x)", "x"),
          test_accuracy.test_the_largest_of_each_error_over_arms_and_times),
    Fault("a finer grid that is another grid", f"{SKIN}::test_a_finer_grid_cuts_every_cell_and_moves_no_edge",
          spoilt(skin, "_shares", "** (1 / refined)", ""),
          lambda: test_skin.test_a_finer_grid_cuts_every_cell_and_moves_no_edge("cheek")),
    Fault("a leak that ends in a thinner piece of skin on a finer grid",
          f"{SKIN}::test_the_uppermost_living_cell_is_the_same_piece_of_skin_on_every_grid",
          spoilt(skin, "uppermost_living", "// refined == CELLS[0]", "== CELLS[0] * refined"),
          test_skin.test_the_uppermost_living_cell_is_the_same_piece_of_skin_on_every_grid),
    Fault("rounding before a needling taken for open channels",
          "unit/scales/test_closure.py::test_rounding_before_anything_is_open_counts_for_nothing",
          spoilt(closure, "over_share", "FAINT * np.max(values, axis=0)", "0.0"), test_closure.rounding_is_no_opening),
]  # fmt: skip

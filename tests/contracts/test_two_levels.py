"""The depth form is held to the resolved cell over density, depth and molecule size."""

import numpy as np
from levels import MICRON, both_forms

CASES = tuple(
    (name, per_square_centimetre * 1e4, depth * MICRON)
    for name in ("caffeine", "bsa")
    for per_square_centimetre, depth in ((10, 100), (10, 400), (100, 200), (1000, 400))
)
BAND = (0.85, 1.1)  # of the receptor's amount; docs/two_levels.md finds 0.91 to 1.03 over 36 cases
LIVING = (0.5, 1.1)  # the two close channels differently: the depth form one by one, the cell by narrowing each
GRID = 0.02  # of the dose: what extrapolation moves amounts by, an upper bound of the error left
ROUNDING = 1e-11  # of the dose; asked for: 1e-9


def depth_form_keeps_to_the_cell():
    fast, exact, _ = both_forms(CASES)
    ratio = fast[..., 0] / exact[..., 0]
    assert np.all(ratio > BAND[0]) and np.all(ratio < BAND[1]), ratio


def test_the_depth_form_keeps_to_the_cell():
    depth_form_keeps_to_the_cell()


def living_skin_keeps_to_the_cell():
    fast, exact, slow = both_forms(CASES[:4], alive=1.0)
    ratio = fast[..., 0] / exact[..., 0]
    assert np.all(ratio > LIVING[0]) and np.all(ratio < LIVING[1]), ratio
    assert slow.balance_error < ROUNDING


def test_the_two_keep_together_while_channels_close_and_blood_clears():
    living_skin_keeps_to_the_cell()


def test_the_cell_knows_its_own_error():
    _, _, slow = both_forms(CASES)
    assert 0 < slow.grid_error < GRID
    assert slow.balance_error < ROUNDING


def test_more_channels_and_deeper_ones_deliver_more():
    _, exact, _ = both_forms(CASES)
    for k in (0, 4):
        assert exact[k, 1, 0] < exact[k + 1, 1, 0] and exact[k + 1, 1, 0] < exact[k + 3, 1, 0]
    assert np.all(exact[4:, :, 0] < exact[:4, :, 0])  # albumin is slower than caffeine everywhere

"""One open area, three methods: what impedance, dye and water loss call closed."""

import dataclasses

import jax.numpy as jnp
import numpy as np
import pytest
from tissue import cheek, model_of

from microneedling.core.state import State
from microneedling.scales.channels import OpenArea, PermeableArea, VisiblePores
from microneedling.scales.closure import FAINT, open_time, over_rest, over_share
from microneedling.skin.components import Channels

HOUR = 3600.0
TIMES = HOUR * np.concatenate([[-24.0, 0.0], np.geomspace(1e-3, 1000.0, 12)])  # as sparse as readings are


def falling(half_lives, start=1e-3):
    """Nothing before time 0, then exponentials with these half-lives [h] (time, member)."""
    left = 0.5 ** (np.maximum(TIMES, 0.0)[:, None] / (HOUR * np.asarray(half_lives)))
    return np.where(TIMES[:, None] > 0, start * left, 0.0)


def channels(first=2e-3, left=1.0, radius=35e-6):
    """Skin and a state whose channels have closed to a share of their first area."""
    skin = cheek()
    rest = model_of(skin).start(skin)
    flat = jnp.ones_like(skin.step)
    made = dataclasses.replace(
        rest[Channels], open=first * left * flat, radius=radius * flat, first=jnp.asarray(float(first))
    )
    return State(parts={**rest.parts, "Channels": made}), skin


def closing_times_are_half_lives():
    found = open_time(TIMES, over_share(falling([2.0, 20.0]), 0.16))[-1] / HOUR
    # between nothing and the first reading, and from there exactly as an exponential falls
    np.testing.assert_allclose(found, np.log2(1 / 0.16) * np.array([2.0, 20.0]), rtol=0, atol=2e-3)


def test_closing_times_are_half_lives_however_sparse_the_readings():
    closing_times_are_half_lives()


def test_thresholds_differ_and_the_clock_is_one():
    values = falling([10.0])
    times = [open_time(TIMES, over_share(values, share))[-1, 0] for share in (0.5, 0.16, 0.1)]
    assert times == sorted(times) and times[2] - times[0] == pytest.approx(
        10 * HOUR * np.log2(5), rel=1e-5
    )  # the rise before the first reading


def rounding_is_no_opening():
    values = falling([10.0])
    noisy = values + np.where(TIMES[:, None] <= 0, 1e-20, 0.0)  # what sums leave where nothing is there
    clean, found = (open_time(TIMES, over_share(one, 0.16))[-1, 0] for one in (values, noisy))
    assert found == pytest.approx(clean, abs=1e-3 * HOUR)  # the rise before the first reading


def test_rounding_before_anything_is_open_counts_for_nothing():
    rounding_is_no_opening()


def test_without_channels_nothing_is_open():
    nothing = np.zeros((TIMES.size, 2))
    assert np.all(open_time(TIMES, over_share(nothing, 0.16)) == 0)
    assert np.all(open_time(TIMES, over_rest(nothing + 3.0, np.array([1.0, 1.0]))) == 0)
    assert np.all(np.isfinite(over_share(nothing, 0.16))) and FAINT > 0


def test_water_loss_is_open_while_it_stands_above_what_an_instrument_can_tell():
    values = 5.0 + 8.0 * falling([10.0], start=1.0)
    found = open_time(TIMES, over_rest(values, np.array([2.0])))[-1, 0]
    assert found == pytest.approx(2 * 10 * HOUR, abs=0.005 * HOUR)  # 8 falls to 2 in two half-lives


def test_impedance_sees_the_narrowest_place():
    state, skin = channels()
    assert float(PermeableArea().read(state, skin)) == pytest.approx(2e-3, rel=1e-6)
    plugged = state[Channels].open.at[0].multiply(1e-3)
    state = State(parts={**state.parts, "Channels": dataclasses.replace(state[Channels], open=plugged)})
    thin = float(skin.step[0] / jnp.sum(skin.step * skin.corneum))
    area = 2e-3 / (1 - thin + 1e3 * thin)  # conductances in series
    assert float(PermeableArea().read(state, skin)) == pytest.approx(area, rel=1e-3)  # the floor of 1e-9 in 2e-6


def half_of_the_pores_are_seen_at_the_threshold():
    scale = VisiblePores()
    ratio = (scale.seen / 35e-6) ** 2  # area left when the mean pore is as wide as can be seen
    state, skin = channels(left=ratio)
    count = 2e-3 / (np.pi * 35e-6**2)
    assert float(scale.read(state, skin)) == pytest.approx(0.5 * count, rel=1e-6)
    fresh, _ = channels()
    assert float(scale.read(fresh, skin)) == pytest.approx(count, rel=1e-6)


def test_half_of_the_pores_are_seen_at_the_threshold():
    half_of_the_pores_are_seen_at_the_threshold()


def test_wide_pores_stay_visible_longer_at_one_rate_of_closing():
    scale, left = VisiblePores(), 0.05
    shares = []
    for radius in (15e-6, 35e-6):
        (state, skin), (fresh, _) = channels(left=left, radius=radius), channels(radius=radius)
        assert float(OpenArea().read(state, skin)) == pytest.approx(left * 2e-3)
        shares.append(float(scale.read(state, skin) / scale.read(fresh, skin)))
    assert shares[0] < 0.01 and shares[1] > 0.5

"""How exact the numbers of a result are."""

import numpy as np
import pytest

from microneedling.simulate.accuracy import accuracy, quantile_error, worst

ARM = {
    "units": "m",
    "shown": "um",
    "low": [0.0, 1.0, None],
    "median": [0.5, 2.0, None],
    "high": [1.0, 5.0, None],
    "sampling_error": {"low": [0.1, 0.2, None], "median": [0.3, 0.4, None], "high": [0.5, 0.6, None]},
    "calculation_error": {"tolerance": [0.0, -0.08, None], "grid": [0.01, None, None]},
}
SMALL = {key: ARM[key] for key in ("units", "low", "median", "high", "sampling_error")}


def resampling_is_foreseen():
    rng = np.random.default_rng(1)
    values = rng.lognormal(0.0, 0.7, (21, 3))
    for share in (0.05, 0.5, 0.95):  # with 21 people the 2nd, 11th and 20th smallest: quantiles that are people
        picks = rng.integers(0, 21, (20000, 21))
        drawn = np.quantile(values[picks], share, axis=1).std(axis=0)
        # 20,000 resamples know a standard deviation to about a per cent
        np.testing.assert_allclose(quantile_error(values, share), drawn, rtol=0.03)


def test_the_error_of_a_quantile_is_that_of_endless_resampling():
    resampling_is_foreseen()


def test_the_median_of_many_normal_draws_errs_as_theory_says():
    values = np.random.default_rng(2).standard_normal(20001)
    assert quantile_error(values, 0.5) == pytest.approx(np.sqrt(np.pi / 2 / 20001), rel=0.1)  # itself estimated


def test_four_times_the_people_halve_the_error_and_like_people_have_none():
    values = np.random.default_rng(3).standard_normal(400)
    few = np.mean([quantile_error(values[n : n + 100], 0.5) for n in range(0, 400, 100)])
    assert quantile_error(values, 0.5) == pytest.approx(few / 2, rel=0.25)  # four estimates of an estimate
    assert quantile_error(np.ones((9, 2)), 0.95) == pytest.approx(np.zeros(2))


def test_the_largest_of_each_error_over_arms_and_times():
    found = accuracy({"needling": {"tewl": ARM, "balance.x": ARM}, "sham": {"tewl": SMALL}})
    assert [one.outcome for one in found] == ["tewl"]  # a balance is an error itself
    one = found[0]
    assert (one.width, one.size, one.median, one.ends) == (4.0, 2.0, 0.4, 0.6)
    assert (one.tolerance, one.grid, one.shown) == (0.08, 0.01, "um")
    assert one.share("tolerance") == pytest.approx(0.02) and one.share("median") == pytest.approx(0.1)


def test_alone_errors_are_held_against_the_value():
    alone = {key: ARM[key] for key in ("units", "low", "median", "high", "calculation_error")}
    one = accuracy({"needling": {"tewl": alone}})[0]
    assert one.width is None and one.median is None and one.share("median") is None
    assert one.share("tolerance") == pytest.approx(0.04)


def test_the_worst_outcome_is_named_with_the_middle_one():
    found = accuracy({"needling": {"a": ARM, "b": {**ARM, "high": [1.0, 41.0, None]}}})
    assert worst(found, "tolerance") == ("a", pytest.approx(0.02), pytest.approx(0.011))
    assert worst(accuracy({}), "grid") is None

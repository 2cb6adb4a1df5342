"""Rates of harm: one count, several together, and what a new study would find."""

import functools

import numpy as np
import pytest
from scipy.special import expit
from scipy.stats import beta, betabinom

from microneedling.core.spread import Z95
from microneedling.safety.rates import RatePrior, expected_cases, pooled, wilson

ALIKE = RatePrior(scatter=1e-3)  # studies that differ by chance alone


@pytest.mark.parametrize(("cases", "people"), [(0, 30), (5, 30), (15, 30), (30, 30), (0, 1845), (1, 27)])
def test_the_ends_of_the_interval_solve_the_score_equation(cases, people):
    """At each end p the observed share lies 1.645 standard errors of p away: (p̂ − p)² = z² p (1 − p)/n."""
    share = cases / people
    for end in wilson(cases, people):
        assert 0 <= end <= 1
        assert (share - end) ** 2 == pytest.approx(Z95**2 * end * (1 - end) / people, abs=1e-15)  # rounding


def test_no_case_still_leaves_an_upper_end_and_more_people_lower_it():
    small, large = wilson(0, 60), wilson(0, 1845)
    assert small[0] == large[0] == 0
    assert 0 < large[1] < small[1] < 0.05


@pytest.mark.parametrize("counts", [[(5, 30)], [(0, 39)], [(5, 30), (0, 39), (1, 28)]])
def test_studies_that_are_alike_add_up_to_one_study(counts):
    """Without scatter the answer is known: Beta(½ + cases, ½ + people without)."""
    cases, people = sum(c for c, _ in counts), sum(n for _, n in counts)
    exact = beta(0.5 + cases, 0.5 + people - cases).ppf([0.05, 0.5, 0.95])
    found = pooled(counts, ALIKE)
    assert np.allclose(found.new, exact, rtol=0.02, atol=1e-4)  # the grid's step is 8 % of the odds
    assert (found.cases, found.people, found.studies) == (cases, people, len(counts))


def test_expected_cases_of_studies_that_are_alike_are_those_of_a_beta_binomial():
    law = betabinom(60, 0.5 + 5, 0.5 + 25)
    assert expected_cases(pooled([(5, 30)], ALIKE), 60) == (int(law.ppf(0.05)), int(law.ppf(0.95)))


def test_the_sums_agree_with_draws_weighed_by_what_was_counted():
    """The same family, drawn by chance and weighed by the counts: another way to the same integrals."""
    rng, counts, draws = np.random.default_rng(1), [(5, 30), (1, 28), (0, 39)], 400_000
    middle = np.log((share := rng.beta(0.5, 0.5, draws)) / (1 - share))
    scatter = np.abs(rng.normal(size=draws))
    weight = np.ones(draws)
    for cases, people in counts:
        p = expit(middle + scatter * rng.normal(size=draws))
        weight *= p**cases * (1 - p) ** (people - cases)
    new = expit(middle + scatter * rng.normal(size=draws))
    order = np.argsort(new)
    below = np.cumsum(weight[order]) / weight.sum()
    drawn = [new[order][np.searchsorted(below, q)] for q in (0.05, 0.5, 0.95)]
    found = pooled(counts)
    effective = weight.sum() ** 2 / (weight**2).sum()
    assert effective > 2000
    assert np.allclose(np.log(found.new), np.log(drawn), atol=0.15)  # chance of so many draws


def nine_of_ten_new_studies_fall_inside():
    """Worlds drawn from the prior: nine of ten counts of a new study lie where nine of ten were expected, or more."""
    rng, inside, worlds = np.random.default_rng(3), 0, 150
    for _ in range(worlds):
        middle, scatter = np.log((share := rng.beta(0.5, 0.5)) / (1 - share)), abs(rng.normal())
        people = rng.integers(20, 60, size=4)
        cases = rng.binomial(people, expit(middle + scatter * rng.normal(size=4)))
        low, high = expected_cases(pooled(list(zip(cases[:3], people[:3]))), int(people[3]))
        inside += low <= cases[3] <= high
    assert 0.86 < inside / worlds < 0.995  # 0.9, and what whole numbers add (to 0.95); a standard error is 0.02


def test_nine_of_ten_new_studies_fall_inside():
    nine_of_ten_new_studies_fall_inside()


def a_study_without_a_case_lowers_the_rate():
    alone, joined = pooled([(5, 30)]), pooled([(5, 30), (0, 30)])
    assert joined.typical[1] < 0.8 * alone.typical[1] and joined.new[1] < 0.8 * alone.new[1]
    assert pooled([(0, 30)]).new[0] > 0


def test_a_study_without_a_case_lowers_the_rate():
    a_study_without_a_case_lowers_the_rate()


def test_studies_that_differ_widen_what_a_new_one_would_find_more_than_the_middle():
    found = pooled([(9, 30), (0, 30), (4, 30), (1, 30)])
    assert found.new[0] < found.typical[0] and found.new[2] > found.typical[2]


def test_nothing_counted_has_no_rate():
    with pytest.raises(ValueError, match="no count"):
        pooled([])


def test_a_thousand_people_are_no_burden():
    assert pooled([(0, 1845)]).new[2] < 0.02
    assert functools.reduce(lambda a, b: a and b, [x > 0 for x in pooled([(30, 30)]).new])

"""Counts of harm: Wilson's interval, the file, and what is wrong with one."""

import math

import pytest

from microneedling.core.card import CardError
from microneedling.safety.events import adverse_events, wilson


@pytest.mark.parametrize(("cases", "people"), [(0, 30), (5, 30), (15, 30), (30, 30), (0, 1845), (1, 27)])
def test_the_ends_of_the_interval_solve_the_score_equation(cases, people):
    """At each end p the observed share lies 1.96 standard errors of p away: (p̂ − p)² = z² p (1 − p)/n."""
    share = cases / people
    for end in wilson(cases, people):
        assert 0 <= end <= 1
        assert (share - end) ** 2 == pytest.approx(1.959964**2 * end * (1 - end) / people, abs=1e-15)  # rounding


def test_no_case_still_leaves_an_upper_end_and_more_people_lower_it():
    small, large = wilson(0, 60), wilson(0, 1845)
    assert small[0] == large[0] == 0
    assert 0 < large[1] < small[1] < 0.1 and math.isclose(small[1], 0.0602, abs_tol=1e-3)


def test_the_file_holds_rates_and_reports():
    events = adverse_events()
    assert any(one.rate is None for one in events) and any(one.cases == 0 for one in events)
    dogra = next(one for one in events if one.source == "dogra2014" and one.cases == 5)
    low, observed, high = dogra.rate
    assert low < observed < high and observed == pytest.approx(1 / 6)
    assert all(one.rate is None or one.rate[0] <= one.rate[1] <= one.rate[2] for one in events)


GOOD = '[[event]]\nname = "a"\nwho = "b"\nsource = "chu2021"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD + "case = 3", "event 1.case: unknown key; nearest: cases"),
        (GOOD.replace("chu2021", "chu2012"), "event 1.source: found 'chu2012'; nearest: chu2021"),
        (GOOD.replace('who = "b"\n', ""), "event 1.who: found None"),
        (GOOD + "people = 0\ncases = 0", "event 1.people: found 0"),
        (GOOD + "people = 3", "event 1.cases: found None, allowed 0 to 3"),
        (GOOD + "people = 3\ncases = 4", "event 1.cases: found 4, allowed 0 to 3"),
        (GOOD + "cases = true", "event 1.cases: found True"),
    ],
)
def test_a_bad_count_is_refused(tmp_path, text, message):
    path = tmp_path / "events.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CardError) as caught:
        adverse_events(path)
    assert message in str(caught.value)

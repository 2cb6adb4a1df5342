"""Harm that studies counted, held against a bound; where nobody counted, a reason."""

import pytest

from microneedling.evaluation.claim_counts import counted, rate_verdict
from microneedling.evaluation.claim_rule import CONTRADICTED, NOT_COMPUTED, NOT_SUPPORTED, SUPPORTED
from microneedling.evaluation.claims import Claim, Count
from microneedling.evaluation.verdicts import Runs, judged


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(0.0, 0.05, SUPPORTED), (0.0, 0.06, NOT_SUPPORTED), (0.06, 0.5, CONTRADICTED), (0.05, 0.5, NOT_SUPPORTED)],
)
def test_the_whole_interval_decides(low, high, verdict):
    assert rate_verdict(low, high, 0.05) == verdict


def test_darker_skin_has_a_rate_of_its_own():
    light, dark = (counted(Count(harm="dark_marks", phototype=n, bound="5 %")) for n in (2, 5))
    assert light.group != dark.group and light.median < dark.median
    assert dark.cases == 5 and dark.people == 30 and dark.sources == ("dogra2014",)
    assert dark.verdict == CONTRADICTED and light.low < light.median < light.high


def test_harm_nobody_counted_has_no_rate_and_says_so():
    one = counted(Count(harm="granuloma", phototype=2, bound="1 %"))
    assert one.verdict == NOT_COMPUTED and "no rate" in one.reason


def test_a_count_votes_like_any_test():
    count = Count(harm="dark_marks", phototype=5, bound="5 %")
    claim = Claim(id="X", claim="x", kind="safety", topic="t", quantity="q", counts=(count,))
    one = judged(claim, Runs(found={}))
    assert one.verdict == CONTRADICTED and one.because == "1 test: 1 contradicted"

"""Faults planted in the credibility report: what it would be worst at hiding."""

from faults.fault import Fault, spoilt
from unit.evaluation import test_credibility

from microneedling.evaluation import credibility_rows

PLACE = "unit/evaluation/test_credibility.py"

FAULTS = [
    Fault(
        "a wrong direction is no miss",
        f"{PLACE}::test_every_miss_of_the_repository_is_there_with_its_size",
        spoilt(credibility_rows, "misses", '("above", "below", "wrong")', '("above", "below")'),
        test_credibility.test_every_miss_of_the_repository_is_there_with_its_size,
    ),
]

"""Faults planted in the credibility report: what it would be worst at hiding."""

from faults.fault import Fault, spoilt
from unit.evaluation import test_credibility, test_credibility_cards

from microneedling.evaluation import credibility_cards, credibility_distance, credibility_rows

PLACE = "unit/evaluation/test_credibility.py"
CARDS = "unit/evaluation/test_credibility_cards.py"

FAULTS = [
    Fault(
        "a wrong direction is no miss",
        f"{PLACE}::test_every_miss_of_the_repository_is_there_with_its_size",
        spoilt(credibility_rows, "misses", '("above", "below", "wrong")', '("above", "below")'),
        test_credibility.test_every_miss_of_the_repository_is_there_with_its_size,
    ),
    Fault(
        "a card that counts no wrong direction",
        f"{CARDS}::test_every_miss_is_counted_on_a_card",
        spoilt(credibility_cards, "_worst", '("above", "below", "wrong")', '("above", "below")'),
        test_credibility_cards.misses_are_counted,
    ),
    Fault(
        "another site counted as the same",
        f"{CARDS}::test_distance_is_nothing_to_oneself_and_adds_up",
        spoilt(credibility_distance, "distance", "float(one.site != other.site)", "0.0"),
        test_credibility_cards.test_distance_is_nothing_to_oneself_and_adds_up,
    ),
    Fault(
        "rows of intact skin put down to needling",
        f"{CARDS}::test_every_row_stands_on_exactly_one_card",
        spoilt(credibility_rows, "belongs", "needled) == needled", "needled) != needled"),
        test_credibility_cards.test_every_row_stands_on_exactly_one_card,
    ),
]

"""Faults planted in what a report says first: harm left out, sizes told as known, a refusal that reads as leave."""

from faults.fault import Fault, spoilt
from unit.report import test_harmed, test_leading, test_screening_page

from microneedling.report import harmed, leading, screening_page

LEADING, HARMED = "unit/report/test_leading.py", "unit/report/test_harmed.py"
SCREENED = "unit/report/test_screening_page.py"


def answered():
    """The made-up result that the tests of the answer share."""
    return test_leading.answer_of(test_leading.synthetic.tree())


FAULTS = [
    Fault(
        "a caution left out of the harm",
        f"{HARMED}::test_cautions_stand_with_their_reasons_or_screening_says_none",
        spoilt(harmed, "screened", 'one.level != "info"', 'one.level == "absolute"'),
        test_harmed.test_cautions_stand_with_their_reasons_or_screening_says_none,
    ),
    Fault(
        "an assumed size told as known",
        f"{LEADING}::test_an_assumed_size_is_marked_in_place",
        spoilt(leading, "assumed", "grade in grounds.WEAK", "grade in grounds.WEAK[:1]"),
        lambda: test_leading.test_an_assumed_size_is_marked_in_place(answered()),
    ),
    Fault(
        "an outcome that is not about the person leads",
        f"{LEADING}::test_where_nothing_is_treated_the_skin_itself_leads",
        spoilt(leading, "cared", "and answer.concerns(n)", ""),
        lambda: test_leading.test_where_nothing_is_treated_the_skin_itself_leads(answered()),
    ),
    Fault(
        "the page of a refused study says it is allowed",
        f"{SCREENED}::test_the_answer_of_a_refusal_holds_reason_place_and_what_clears_it",
        spoilt(screening_page, "_answer", "STOPPED if refused(tuple(found)) else ALLOWED", "ALLOWED"),
        test_screening_page.test_the_answer_of_a_refusal_holds_reason_place_and_what_clears_it,
    ),
]

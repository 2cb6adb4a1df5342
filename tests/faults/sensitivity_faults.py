"""Faults planted in what an answer is said to rest on."""

# ruff: noqa: E501

from faults.fault import Fault, both, put, spoilt
from unit.study import test_chosen, test_elasticities, test_indices, test_rests

from microneedling.study import chosen, coordinates, elasticities, indices, rests

ELASTICITIES, INDICES = "unit/study/test_elasticities.py", "unit/study/test_indices.py"
RESTS, CHOSEN = "unit/study/test_rests.py", "unit/study/test_chosen.py"
LINEAR = f"{ELASTICITIES}::test_shares_are_those_of_a_linear_answer"
ADDITIVE = f"{INDICES}::test_an_additive_answer_is_the_sum_of_what_each_number_does"
ISHIGAMI = f"{INDICES}::test_ishigami_and_the_witness"
ALONE = f"{RESTS}::test_an_answer_that_goes_with_no_number_is_left_open"


FAULTS = [
    Fault("shares are of effects and not of their squares", LINEAR, spoilt(elasticities, "_squares", "effect**2 for name", "abs(effect) for name"), test_elasticities.test_shares_are_those_of_a_linear_answer),
    Fault("a number is moved without what is tied to it", f"{ELASTICITIES}::test_a_tied_number_takes_the_others_with_it", spoilt(elasticities, "ranked", "**tied.get(name, {})", "**{}"), test_elasticities.test_a_tied_number_takes_the_others_with_it),
    Fault("ties are taken with the wrong sign", f"{ELASTICITIES}::test_ties_are_those_of_the_drawing", spoilt(coordinates, "carried", "ends[0] / ends[1]", "ends[1] / ends[0]"), test_elasticities.test_ties_are_those_of_the_drawing),
    Fault("the ends of a number are swapped", f"{ELASTICITIES}::test_people_are_the_central_one_and_each_number_up_and_down", spoilt(elasticities, "ended", "one.low, one.high", "one.high, one.low"), test_elasticities.test_people_are_the_central_one_and_each_number_up_and_down),
    Fault("numbers fitted together count as independent", f"{ELASTICITIES}::test_numbers_fitted_together_count_as_what_they_do_together", spoilt(elasticities, "_squares", "* joint / among", ""), test_elasticities.test_numbers_fitted_together_count_as_what_they_do_together),
    Fault("first order is taken from A where B belongs", ADDITIVE, spoilt(indices, "_columns", "(b - middle) * (ab - a)", "(a - middle) * (ab - a)"), test_indices.test_an_additive_answer_is_the_sum_of_what_each_number_does),
    Fault("total indices are twice too large", ISHIGAMI, spoilt(indices, "_columns", "/ (2 * spread)", "/ spread"), test_indices.test_ishigami_and_the_witness),
    Fault("agreement within a bin counts points twice", f"{INDICES}::test_bins_find_nothing_where_there_is_nothing", both(put(indices, "SHARED", 4), spoilt(indices, "_binned", "/ (y.size - count)", "/ y.size")), test_indices.test_bins_find_nothing_where_there_is_nothing),
    Fault("every number beyond two standard errors is taken up", ALONE, spoilt(rests, "told_apart", "CHANCE / 2 / len(columns)", "CHANCE / 2"), test_rests.test_an_answer_that_goes_with_no_number_is_left_open),
    Fault("any number of samples will do", f"{CHOSEN}::test_samples_are_a_power_of_two", spoilt(chosen, "samples", "count & (count - 1) == 0", "True"), lambda: test_chosen.test_samples_are_a_power_of_two(100)),
]  # fmt: skip

"""Faults planted in the counts of harm: rates, groups, and what is said of them."""

# ruff: noqa: E501

import functools

from faults.fault import Fault, both, put, spoilt
from unit.safety import test_harms, test_rates

from microneedling.safety import harms, likeness, rates

RATES, HARMS = "unit/safety/test_rates.py", "unit/safety/test_harms.py"


def afresh(patch):
    """Plant: rates and grids are made anew, and what is made of a fault is gone with it."""
    for module, name in ((rates, "_grids"), (harms, "rate_of")):
        patch.setattr(module, name, functools.cache(getattr(module, name).__wrapped__))


# fmt: off
FAULTS = [
    Fault("studies taken to be alike", f"{RATES}::test_nine_of_ten_new_studies_fall_inside",
          both(afresh, put(rates, "TAIL", 1e-3)), test_rates.nine_of_ten_new_studies_fall_inside),
    Fault("studies without a case left out", f"{RATES}::test_a_study_without_a_case_lowers_the_rate",
          spoilt(rates, "pooled", "for cases, people in counts])", "for cases, people in counts if cases or len(counts) == 1])"),
          test_rates.a_study_without_a_case_lowers_the_rate),
    Fault("darker skin counted with all", f"{HARMS}::test_darker_skin_has_a_rate_of_its_own",
          both(afresh, put(harms, "DARKER", 7)), test_harms.darker_skin_has_a_rate_of_its_own),
    Fault("counts kept apart set the rate", f"{HARMS}::test_only_calibration_and_needling_set_a_rate",
          spoilt(harms, "rate_of", 'one.use == "calibration" and ', ""),
          test_harms.only_calibration_and_needling_set_a_rate),
    Fault("disagreement told by neither side", f"{HARMS}::test_disagreement_is_said_where_the_model_leaves_the_counts",
          spoilt(harms, "_disagreement", "low, _, high = rate.new", "low, _, high = 0.0, 0.5, 1.0"),
          test_harms.disagreement_is_said_where_the_model_leaves_the_counts),
    Fault("a study that does not tell taken to tell", f"{HARMS}::test_one_study_that_does_not_tell_leaves_it_open",
          spoilt(likeness, "compared", "None in types", "False"), test_harms.test_one_study_that_does_not_tell_leaves_it_open),
    Fault("counts in other treatments told as needling's", f"{HARMS}::test_other_treatments_stand_beside",
          spoilt(harms, "_harm", "if one.treatment == NEEDLING]", "]"), test_harms.test_other_treatments_stand_beside),
]

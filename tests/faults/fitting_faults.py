"""Faults planted in the calibration of healing."""

from faults.fault import Fault, spoilt
from unit.fitting import test_likelihood, test_linear_reference, test_sampler

from microneedling.fitting import likelihood, linear, sampler

HERE = "unit/fitting"


FAULTS = [
    Fault(
        "moves forget what they are made about",
        f"{HERE}/test_sampler.py::test_a_normal_posterior_is_found",
        spoilt(sampler, "moved", "- about.log_density(z)", ""),
        lambda: test_sampler.test_a_normal_posterior_is_found(2),
    ),
    Fault(
        "some coordinates move without the others",
        f"{HERE}/test_sampler.py::test_the_move_leaves_its_reference_as_it_is",
        spoilt(sampler, "proposed_partly", "middle = -away", "middle = 0 * away"),
        lambda: test_sampler.test_the_move_leaves_its_reference_as_it_is(test_sampler.some),
    ),
    Fault(
        "the stand-in's error is not undone",
        f"{HERE}/test_sampler.py::test_leaps_find_the_posterior_whatever_the_stand_in",
        spoilt(sampler, "decided", "- (walked[1] - walked[0])", ""),
        test_sampler.test_leaps_find_the_posterior_whatever_the_stand_in,
    ),
    Fault(
        "a study has no effect of its own",
        f"{HERE}/test_likelihood.py::test_a_studys_effect_multiplies_what_the_model_says",
        spoilt(likelihood, "log_likelihood", "shift = spread *", "shift = 0 * spread *"),
        test_likelihood.test_a_studys_effect_multiplies_what_the_model_says,
    ),
    Fault(
        "two arms that stand for one measurement count twice",
        f"{HERE}/test_likelihood.py::test_arms_with_the_same_measurements_are_alternatives",
        spoilt(likelihood, "together", "special.logsumexp(sums, axis=0) - math.log(len(group))", "sums.sum(axis=0)"),
        test_likelihood.test_arms_with_the_same_measurements_are_alternatives,
    ),
    Fault(
        "the linear fit forgets where the rows lie",
        f"{HERE}/test_linear_reference.py::test_it_is_the_posterior_of_a_linear_model",
        spoilt(linear, "linear_reference", "(math.log(abs(one.row.value)) - middle)", "(0.0 - middle)"),
        test_linear_reference.test_it_is_the_posterior_of_a_linear_model,
    ),
]

"""Faults planted in what a clinic would score."""

from faults.fault import Fault, spoilt
from unit.scales import test_clinical, test_grading

from microneedling.scales import clinical_series, grading

CLINICAL, GRADING = "unit/scales/test_clinical.py", "unit/scales/test_grading.py"

FAULTS = [
    Fault(
        "filling left in the change of a scar",
        f"{CLINICAL}::test_the_assumed_filling_of_a_scar_cancels",
        spoilt(clinical_series, "moved", "/ np.asarray(filling)[..., None]", ""),
        test_clinical.test_the_assumed_filling_of_a_scar_cancels,
    ),
    Fault(
        "the slope left out of points",
        f"{CLINICAL}::test_points_are_deviations_times_their_size",
        spoilt(clinical_series, "points", "start - people * changes", "start - changes"),
        test_clinical.test_points_are_deviations_times_their_size,
    ),
    Fault(
        "the lesion's contrast read as a logarithm",
        f"{CLINICAL}::test_the_lesion_counts_in_proportion_to_its_contrast",
        spoilt(clinical_series, "moved", "return 1.0 - ratio", "return -np.log(ratio)"),
        test_clinical.test_the_lesion_counts_in_proportion_to_its_contrast,
    ),
    Fault(
        "thresholds at whole grades",
        f"{GRADING}::test_shares_are_what_rounding_draws_gives",
        spoilt(grading, "grade_shares", "+ HALF", ""),
        test_grading.test_shares_are_what_rounding_draws_gives,
    ),
]

"""Faults planted in what a clinic would score."""

from faults.fault import Fault, spoilt
from published import test_clinical_map
from unit.scales import test_clinical, test_firmness, test_grading, test_radiance
from unit.simulate import test_shown

from microneedling.evaluation import clinical_refit
from microneedling.scales import clinical_series, firmness, grading, radiance
from microneedling.simulate import result

MAP = "published/test_clinical_map.py"
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
        spoilt(clinical_series, "points", "sign * people * changes", "sign * changes"),
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
    Fault(
        "two grades better counted from one",
        f"{GRADING}::test_two_grades_better_leaves_out_one_grade",
        spoilt(grading, "better_by", "grades - HALF", "1 - HALF"),
        test_grading.test_two_grades_better_leaves_out_one_grade,
    ),
    Fault(
        "only what gets better shows",
        f"{GRADING}::test_a_change_shows_either_way_and_chance_alone_sometimes",
        spoilt(grading, "shown", "+ special.ndtr((-change - least) / people)", ""),
        test_grading.test_a_change_shows_either_way_and_chance_alone_sometimes,
    ),
    Fault(
        "an open series adds to what is counted",
        f"{CLINICAL}::test_what_is_counted_is_counted_alike_in_every_study",
        spoilt(clinical_series, "standardised", "if is_open and card.kind != GAIN", "if is_open"),
        test_clinical.test_what_is_counted_is_counted_alike_in_every_study,
    ),
    Fault(
        "several types scatter as one",
        f"{CLINICAL}::test_of_several_types_people_scatter_by_the_root_of_squares",
        spoilt(clinical_series, "_scatter", "weight**2 for weight in weights", "weight**2 for weight in weights[:1]"),
        test_clinical.test_of_several_types_people_scatter_by_the_root_of_squares,
    ),
    Fault(
        "the central person counted among people",
        "unit/simulate/test_shown.py::test_an_instrument_counts_people_either_way_without_the_central_and_the_failed",
        spoilt(result, "shown_in", "slice(1, None) if", "slice(None) if"),
        test_shown.test_an_instrument_counts_people_either_way_without_the_central_and_the_failed,
    ),
    Fault(
        "wet corneum firmer",
        "unit/scales/test_firmness.py::test_wet_corneum_gives_way_more",
        spoilt(firmness.Firmness, "read", "** -self.softening", "** self.softening"),
        test_firmness.test_wet_corneum_gives_way_more,
    ),
    Fault(
        "the mirror left out of radiance",
        "unit/scales/test_radiance.py::test_the_mirror_adds_what_glass_throws_back_at_right_angles",
        spoilt(radiance.Radiance, "read", "within + mirrored", "within"),
        test_radiance.test_the_mirror_adds_what_glass_throws_back_at_right_angles,
    ),
    Fault(
        "the open shift counted in controlled trials",
        f"{MAP}::test_a_controlled_row_alone_gives_its_slope_back",
        spoilt(clinical_refit, "clinical_map", "shift * row.is_open", "shift"),
        test_clinical_map.test_a_controlled_row_alone_gives_its_slope_back,
    ),
    Fault(
        "pooled trials scatter as one",
        f"{MAP}::test_a_slope_is_a_normal_cut_at_zero_where_nothing_else_is_vague",
        spoilt(clinical_refit, "clinical_map", "/ math.sqrt(k)", ""),
        test_clinical_map.test_a_slope_is_a_normal_cut_at_zero_where_nothing_else_is_vague,
    ),
    Fault(
        "the lower tail drawn of a slope",
        f"{MAP}::test_a_slope_is_a_normal_cut_at_zero_where_nothing_else_is_vague",
        spoilt(clinical_refit, "_slope", "middle - above", "middle + above"),
        test_clinical_map.test_a_slope_is_a_normal_cut_at_zero_where_nothing_else_is_vague,
    ),
]

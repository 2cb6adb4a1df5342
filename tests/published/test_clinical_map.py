"""The map from tissue to clinical scales is what its calibration rows give, and its numbers are the stored ones."""

import dataclasses

import numpy as np
import pytest
from scipy import special

from microneedling.evaluation.clinical_refit import clinical_map, heterogeneity
from microneedling.evaluation.clinical_rows import ROWS, ClinicalRow, read_rows
from microneedling.scales.clinical import SCALES, ClinicalMap

PEOPLE = {card.name: card.numbers.people for card in SCALES}
ROW = ClinicalRow(
    case="one", arm="needling", scale="grade", tissue="acne_scar_volume", slope="scar", time=1.0, moved=1.5, error=0.1,
    people=0.5, is_open=False, source="first",
)  # fmt: skip


def test_the_rows_are_of_calibration_sources():
    assert {row.source for row in read_rows()} == {"alam2014", "dogra2014", "dalwig2020", "ablon2018", "feng2024"}


def test_the_deviations_between_people_are_those_of_their_intervals():
    # 99 % CI half-width over t(47) times √48
    quantile = special.stdtrit(47, 0.995)
    assert PEOPLE["laxity"] == pytest.approx((1.26 - 0.93) / 2 / quantile * np.sqrt(48), rel=0.05)
    assert PEOPLE["texture"] == pytest.approx((1.75 - 1.33) / 2 / quantile * np.sqrt(48), rel=0.05)


def test_what_a_person_asks_for_gives_the_share_that_was_content():
    row = next(row for row in read_rows() if row.source == "dogra2014")
    assert special.ndtr(row.moved - ClinicalMap().asked) == pytest.approx(26 / 30, abs=0.01)


def test_a_controlled_row_alone_gives_its_slope_back():
    found = clinical_map([ROW], [0.1])
    assert found["scar"].low < 15.0 < found["scar"].high  # 1.5 over 0.1
    assert found["scar"].value == pytest.approx(15.0, rel=0.15)  # a prior even in the logarithm leaves the middle there


def test_an_open_row_beside_a_controlled_one_gives_the_shift():
    opened = dataclasses.replace(ROW, moved=2.5, is_open=True, source="second")
    found = clinical_map([ROW, opened], [0.1, 0.1])
    assert found["open_shift"].low < 1.0 < found["open_shift"].high
    alike = clinical_map([ROW, dataclasses.replace(opened, moved=1.5)], [0.1, 0.1])
    assert alike["open_shift"].value < found["open_shift"].value


def test_tissue_that_got_no_better_gives_no_slope():
    with pytest.raises(ValueError, match="one has not got better"):
        clinical_map([ROW], [0.0])


def test_studies_scatter_as_the_pooled_trials_do():
    spread = np.exp(1.6448536269514722 * heterogeneity())
    assert spread == pytest.approx(3.0, rel=0.05)  # the upper end stored with ClinicalMap.study


@pytest.mark.parametrize("missing", ["people", "interval"])
def test_a_row_without_what_is_needed_is_refused(missing, tmp_path):
    lines = ROWS.read_text(encoding="utf-8").splitlines()
    cells = dict(zip(lines[0].split(","), ["case", "arm", "scale", "tissue", "scar", "1 d", "1.0"] + [""] * 12))
    cells |= {"vague": "0", "people": "" if missing == "people" else "0.5"}
    path = tmp_path / "rows.csv"
    path.write_text("\n".join([lines[0], ",".join(cells.values())]) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="neither"):
        read_rows(path)

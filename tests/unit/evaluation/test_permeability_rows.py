"""Reading whole sets of permeabilities: what is kept, what is refused and how."""

import math
from pathlib import Path

import pytest
from permeability_cases import SETTINGS, write_set

from microneedling.evaluation.permeability_rows import COLUMNS, RowsError, read_set

FOLDER = Path(__file__).parents[3] / "validation" / "intact_permeability"


def test_numbers_come_in_si(tmp_path):
    found = read_set(write_set(tmp_path / "set", {}, {"layer": "split skin", "thickness": "330", "ph": "7.4"}))
    plain, split = found.rows
    assert plain.molar_mass == pytest.approx(0.19419) and plain.molar_volume == pytest.approx(185e-6)
    assert math.isnan(plain.ph) and split.ph == 7.4
    assert found.mounted(plain) == pytest.approx(1e-4) and found.mounted(split) == pytest.approx(3.3e-4)
    assert found.used == found.rows and found.title == "Made-up permeabilities"


def test_a_row_left_out_keeps_its_reason_and_may_be_incomplete(tmp_path):
    left = {"left_out": "neat donor", "log_kow": "", "layer": "dermis"}
    found = read_set(write_set(tmp_path / "set", {}, left))
    assert [row.id for row in found.used] == ["X0"] and found.rows[1].left_out == "neat donor"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"use": "test"}, ["line 3", "use", '"test"', "calibration"]),
        ({"layer": "dermis"}, ["line 3", "layer", '"dermis"', "epidermis"]),
        ({"log_kow": "high"}, ["line 3", "log_kow", '"high"', "a number"]),
        ({"log_kow": ""}, ["line 3", "log_kow", "left_out"]),
        ({"molar_mass": "-3"}, ["line 3", "molar_mass", "above 0"]),
        ({"study": ""}, ["line 3", "study", "a text is needed"]),
        ({"id": "X0"}, ["line 3", "id", "second time"]),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_bad_row_is_named(tmp_path, change, words):
    with pytest.raises(RowsError) as caught:
        read_set(write_set(tmp_path / "set", {}, change))
    assert "set/rows.csv" in str(caught.value) and all(word in str(caught.value) for word in words)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (SETTINGS.replace("intact permeability", "something"), ["kind", "something", "intact permeability"]),
        (SETTINGS.replace("members = 64", "members = 3"), ["members", "3", "32"]),
        (SETTINGS.replace("members", "member"), ["member", "unknown key", "members"]),
        (SETTINGS.replace('"100 um"', '"100 g"'), ["thickness", "g"]),
        ("title = ", ["not a TOML file"]),
    ],
)
def test_bad_settings_are_named(tmp_path, settings, words):
    with pytest.raises(RowsError) as caught:
        read_set(write_set(tmp_path / "set", {}, settings=settings))
    assert "set/set.toml" in str(caught.value) and all(word in str(caught.value) for word in words)


def test_other_columns_and_no_rows_are_refused(tmp_path):
    with pytest.raises(RowsError, match="line 1: found columns"):
        read_set(write_set(tmp_path / "one", {}, columns=COLUMNS[1:]))
    with pytest.raises(RowsError, match="no rows"):
        read_set(write_set(tmp_path / "two"))
    (tmp_path / "two" / "rows.csv").unlink()
    with pytest.raises(RowsError, match="does not exist"):
        read_set(tmp_path / "two")


def uses_are_apart(rows):
    """A laboratory's paper has one use, and no measurement stands twice among the rows in use."""
    uses, seen = {}, {}
    for row in rows:
        uses.setdefault(row.study, set()).add(row.use)
        if not row.left_out:
            key = (round(row.molar_mass, 5), row.molar_volume, row.log_permeability, row.study)
            seen.setdefault(key[:2], []).append(row)
    assert not {study for study, found in uses.items() if len(found) > 1}
    for same in seen.values():
        for one in same:
            for other in same:
                if one.use != other.use and one.compound[:4].lower() == other.compound[:4].lower():
                    assert abs(one.log_permeability - other.log_permeability) > 1.5e-3, (one.id, other.id)


def test_calibration_and_validation_are_apart():
    uses_are_apart(read_set(FOLDER).rows)


def test_the_shipped_set_keeps_what_it_leaves_out():
    found = read_set(FOLDER)
    for use in ("calibration", "validation"):
        assert sum(row.use == use for row in found.used) > 120
    assert len(found.rows) - len(found.used) > 300
    assert {row.collection for row in found.rows} == {"huskinDB", "Cheruvu 2022"}
    assert all(row.licence for row in found.rows)

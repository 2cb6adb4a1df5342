"""The credibility report says what the records hold, hides no miss, and says what is not there."""

import json
from pathlib import Path

import pytest

from microneedling.core.document import Points, Table, Text
from microneedling.core.param import GRADES
from microneedling.evaluation import credibility_rows as rows_of
from microneedling.evaluation.credibility import Places, credibility
from microneedling.evaluation.credibility_calculation import fit_parts
from microneedling.evaluation.credibility_records import (
    RecordError,
    grades,
    settings,
    validated,
)
from microneedling.evaluation.credibility_records import (
    test_counts as counts_of,
)

ROOT = Path(__file__).parents[3]
NOWHERE = Places(validation=None, tests=None, benchmarks=None, fit=None)
OWN = Places(validation=ROOT / "validation", tests=ROOT / "tests", benchmarks=ROOT / "benchmarks", fit=None)
ROW = {
    "case": "one",
    "use": "validation",
    "arm": "needling",
    "against": "",
    "scale": "tewl",
    "time": "1 d",
    "kind": "absolute",
    "measure": "absolute",
    "observed": 2.5e-6,
    "bound": "",
    "low": 2.7777e-6,
    "median": 3e-6,
    "high": 4e-6,
    "miss": -2.7777e-7,
    "verdict": "below",
    "source": "A study",
    "unit": "kg m-2 s-1",
}


def text_of(document):
    """All words of a document."""
    told = []
    for section in document.sections:
        for part in section.parts:
            if isinstance(part, Text):
                told.append(part.text)
            elif isinstance(part, Points):
                told += [said for _, said in part.items]
            elif isinstance(part, Table):
                told += [part.title, *(cell for row in part.rows for cell in row)]
    return "\n".join(told)


def test_every_miss_of_the_repository_is_there_with_its_size():
    found = validated(ROOT / "validation" / "results" / "validation.json")
    wrong = [row for row in found.rows if row["verdict"] in ("above", "below", "wrong")]
    tables = [rows_of.misses(found.rows, use) for use in rows_of.USES]
    assert wrong and sum(len(table.rows) for table in tables) == len(wrong)
    assert all(all(row) for table in tables for row in table.rows), "a miss without a word on size or source"
    shown = text_of(credibility(OWN, version="x"))
    assert all(row["source"] in shown for row in wrong)


def test_a_miss_is_told_in_readable_units():
    (line,) = rows_of.misses([ROW], "validation").rows
    assert line[0] == "one: needling"
    assert line[2] == "9 g/m2/h" and line[4] == "-1 g/m2/h" and "10 to 14.4" in line[3]


def test_a_moment_that_never_came_and_a_bound_are_told():
    row = ROW | {"unit": "s", "observed": 86400.0, "bound": "<=", "high": "inf", "median": 172800.0, "low": 90000.0}
    (line,) = rows_of.misses([row], "validation").rows
    assert line[2] == "at most 24 h" and "later than the run" in line[3] and "median 48" in line[3]


def test_parts_add_up_and_no_read_out_gets_lost():
    parts = [{"name": "Barrier", "scales": ["tewl"]}, {"name": "Through", "scales": ["flux."]}]
    rows = [ROW, ROW | {"verdict": "inside"}, ROW | {"scale": "flux.caffeine"}, ROW | {"scale": "wonder"}]
    lines = {line[0]: line[1:] for line in rows_of.by_part(rows, parts, {}).rows}
    assert lines["Barrier"] == ("1 of 2", "–", "–", "1 of 2 met")
    assert lines["Through"][3] == "0 of 1 met" and lines["Not assigned: wonder"][3] == "0 of 1 met"
    learnt = [ROW | {"use": "calibration", "verdict": "inside"}]
    assert rows_of.by_part(learnt, parts, {}).rows[0][4] == "calibration only"
    assert rows_of.untested(learnt, parts, {}) == ["Barrier", "Through"]


def test_every_read_out_of_the_repository_belongs_to_a_part():
    table = credibility(OWN, version="x")
    words = [
        part.rows
        for section in table.sections
        for part in section.parts
        if getattr(part, "title", "") == "By part of the model"
    ]
    assert words and not [row[0] for row in words[0] if row[0].startswith("Not assigned")]


def test_no_evidence_is_said_where_there_is_none():
    cases = settings(ROOT / "validation")
    found = validated(ROOT / "validation" / "results" / "validation.json")
    tables = {table.title: {row[0]: row for row in table.rows} for table in rows_of.applicability(found, cases)}
    assert tables["By site"]["neck"][1:3] == ("0", "no evidence")
    assert int(tables["By site"]["cheek"][1]) > 10
    assert sum(int(row[1]) for row in tables["By skin"].values()) == len({r["case"] for r in found.rows} & set(cases))
    device = rows_of.untouched_devices(cases)
    assert "rejuvapen" in device and "roller_192" not in device


def test_tests_and_planted_faults_are_counted(tmp_path):
    for folder, text in (
        ("unit", "def test_a(): pass\ndef helper(): pass\n"),
        ("faults", "A = [Fault(1), Fault(2)]\n"),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "test_it.py").write_text(text)
    assert counts_of(tmp_path, ["unit", "faults", "none"]) == {"unit": 1, "faults": 2, "none": 0}
    (tmp_path / "unit" / "test_it.py").write_text("def (")
    with pytest.raises(RecordError, match=r"test_it\.py"):
        counts_of(tmp_path, ["unit"])


def test_every_number_has_one_of_the_grades():
    counted = grades()
    assert set(counted) > {"laws, treatments and scales", "cards: devices", "cards: sites"}
    assert all(set(counts) <= set(GRADES) for counts in counted.values())
    assert sum(counted["laws, treatments and scales"].values()) > 300


def test_without_records_the_report_says_so_and_claims_nothing():
    shown = text_of(credibility(NOWHERE, version="x"))
    assert "No validation results were found" in shown and "tests were not found" in shown
    assert "none has happened" in shown and "No review and no reproduction" in shown


def test_results_of_another_version_are_named_as_such():
    old = validated(ROOT / "validation" / "results" / "validation.json").version
    assert "of another version" in text_of(credibility(OWN, version="y"))
    assert "of another version" not in text_of(credibility(OWN, version=old))


def test_a_source_that_serves_both_is_told(tmp_path):
    rows = [ROW, ROW | {"use": "calibration"}]
    text = json.dumps({"version": "1", "rows": rows, "sets": {}, "problems": {"two": "it broke"}})
    (tmp_path / "validation.json").write_text(text)
    where = Places(validation=tmp_path, tests=None, benchmarks=None, fit=None)
    shown = text_of(credibility(where, version="1"))
    assert "Found in both, which is an error of the records: A study" in shown and "it broke" in shown


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "no JSON"),
        ("[]", "version: found list"),
        ('{"version": "1", "rows": {}, "sets": {}, "problems": {}}', "rows: found dict"),
        ('{"version": "1", "rows": [{"case": "a"}], "sets": {}, "problems": {}}', "rows[0].use"),
    ],
)
def test_a_broken_record_is_refused_by_file_and_key(tmp_path, content, told):
    path = tmp_path / "validation.json"
    path.write_text(content)
    with pytest.raises(RecordError) as refusal:
        validated(path)
    assert "validation.json" in str(refusal.value) and told in str(refusal.value)


def test_a_fit_is_told_with_its_convergence(tmp_path):
    number = {"name": "Law.rate", "unit": "s-1", "value": 1.0, "prior": [1.0, 2.0, 3.0], "after": [1.5, 2.0, 2.5]}
    record = {
        "settings": {"draws": 100},
        "convergence": {"stages": [], "largest scale reduction": 1.05},
        "numbers": [number | {"narrowed": 0.5, "grade": "fitted"}, number | {"narrowed": 1.0, "grade": "assumed"}],
        "rows": [{"source": "A study"}, {"source": "A study"}],
        "omitted": [{"case": "a_case", "scale": "tewl", "source": "B", "reason": "too few"}],
    }
    path = tmp_path / "fit.json"
    path.write_text(json.dumps(record))
    said, agreed, numbers, left = fit_parts(path)
    assert "2 numbers to 2 calibration rows of 1 sources, 100 draws. The data taught 1" in said.text
    assert agreed.items == (("", "Largest scale reduction: 1.05"),)
    assert numbers.rows[0] == ("Law.rate", "1, 2, 3", "1.5, 2, 2.5", "s-1", "0.5", "fitted")
    assert left.rows == (("a case", "tewl", "too few"),)
    record["convergence"] |= {"coordinates beyond 1.1": 3, "coordinates": 7}
    path.write_text(json.dumps(record))
    assert "disagree in 3 of 7 coordinates" in fit_parts(path)[1].text
    path.write_text(json.dumps({"settings": {}}))
    with pytest.raises(RecordError, match="convergence"):
        fit_parts(path)

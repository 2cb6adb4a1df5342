"""What became of every published clinical row: each stands once, and what it points to is there."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from microneedling.core.param import provenance
from microneedling.evaluation.clinical_rows import read_rows
from microneedling.evaluation.observed import read_observed
from microneedling.scales.clinical import ClinicalMap

ROOT = Path(__file__).parents[2]
with (ROOT / "validation" / "clinical_ledger.csv").open(encoding="utf-8", newline="") as file:
    LEDGER = list(csv.DictReader(file))
BECAME = ("calibration", "validation", "tissue", "shown", "claim", "left out")
USES = {"validation": {"validation"}, "tissue": {"validation", "calibration"}, "shown": {"calibration"}}


def of(*words):
    return [row for row in LEDGER if row["became"] in words]


def test_every_row_stands_once_with_a_word_and_a_target_or_a_reason():
    twice = [name for name, times in Counter(row["id"] for row in LEDGER).items() if times > 1]
    assert not twice and len(LEDGER) == 108
    for row in LEDGER:
        assert row["became"] in BECAME and row["what"], row["id"]
        assert bool(row["target"]) != (row["became"] == "left out"), row["id"]
        assert row["target"] or row["reason"], row["id"]


def test_rows_that_set_a_number_of_the_map_are_all_rows_of_the_map():
    mapped = {f"{row.source} {row.scale} {row.time / 86400:g} d" for row in read_rows()}
    numbers = {f"ClinicalMap.{name}" for name in provenance(ClinicalMap)}
    told = {row["target"] for row in of("calibration")}
    assert mapped <= told
    assert all(set(one.split()) <= numbers for one in told - mapped)


@pytest.mark.parametrize("row", of("validation", "tissue", "shown"), ids=lambda row: row["id"])
def test_a_case_it_is_held_against_has_rows_of_that_use(row):
    uses = {one.use for one in read_observed(ROOT / "validation" / row["target"] / "observed.csv")}
    assert uses & USES[row["became"]]


def test_claims_are_there():
    for row in of("claim"):
        assert (ROOT / "src" / "microneedling" / "claims" / f"{row['target']}.toml").is_file(), row["id"]

"""The validation folder: every case reads, names arms it has, and keeps calibration and validation apart."""

from pathlib import Path

import pytest

from microneedling.core.card import read_card
from microneedling.evaluation.observed import read_observed
from microneedling.evaluation.permeability_rows import read_set
from microneedling.evaluation.validate import cases, sets
from microneedling.study.schema import Study
from microneedling.treatments.device import Device

FOLDER = Path(__file__).parents[3] / "validation"
CASES = cases(FOLDER)


def test_there_are_cases_of_both_uses():
    uses = [row.use for case in CASES for row in read_observed(case / "observed.csv")]
    assert len(CASES) >= 12
    assert set(uses) == {"calibration", "validation"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_is_whole(case):
    rows = read_observed(case / "observed.csv")
    plain = Study.load(case / "study.toml").plain()
    arms = {arm.name for arm in plain.arms}
    assert {row.arm for row in rows} | {row.against for row in rows if row.against} <= arms
    assert {row.scale for row in rows} == set(plain.outcomes)
    assert all(row.event or row.time <= plain.horizon for row in rows)
    assert len({row.use for row in rows}) == 1
    for card in case.glob("*.toml"):
        if card.name != "study.toml":
            read_card(card, Device)


def only_known_sources(folder, known):
    """Every source of a row stands on the list: what is kept apart for a blind test cannot slip in unseen."""
    found = {row.source for case in cases(folder) for row in read_observed(case / "observed.csv")}
    found |= {row.study for one in sets(folder) for row in read_set(one).rows}
    assert found <= known, found - known


def test_every_source_stands_on_the_list():
    lines = (FOLDER / "sources.txt").read_text(encoding="utf-8").splitlines()
    known = {line for line in lines if line and not line.startswith("#")}
    only_known_sources(FOLDER, known)
    assert len(known) == len([line for line in lines if line and not line.startswith("#")])
    with pytest.raises(AssertionError):
        only_known_sources(FOLDER, known - {"Anderson, 1988"})


def test_a_source_has_one_use():
    uses: dict[str, set[str]] = {}
    for case in CASES:
        for row in read_observed(case / "observed.csv"):
            uses.setdefault(row.source, set()).add(row.use)
    assert {source: use for source, use in uses.items() if len(use) > 1} == {}

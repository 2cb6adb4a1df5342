"""Every row of the evidence on harm is an event or left out with its reason, and every scale named is there."""

from pathlib import Path

import pytest

from microneedling.safety.event import adverse_events
from microneedling.safety.harm_kind import harm_kinds
from microneedling.safety.rule import read_left_out
from microneedling.safety.vocabulary import FILE
from microneedling.scales import downtime
from microneedling.scales.standard import known

ROWS = Path(__file__).parent.joinpath("harm_rows.txt").read_text(encoding="utf-8").split()
OUT = read_left_out(FILE.with_name("events_left_out.toml"))


def test_no_row_stands_twice_in_the_list():
    assert len(ROWS) == len(set(ROWS)) > 45


@pytest.mark.parametrize("row", ROWS)
def test_every_row_of_the_evidence_is_an_event_or_left_out(row):
    told = [one.id for one in adverse_events() if row in one.rows]
    assert bool(told) != any(one.row == row for one in OUT), f"{row}: events {told}"


def test_no_row_is_told_that_is_not_in_the_evidence():
    told = {row for one in adverse_events() for row in one.rows} | {one.row for one in OUT}
    assert told <= set(ROWS)


def test_what_is_left_out_says_why():
    assert all(len(one.reason) > 20 for one in OUT)


def test_what_no_row_told_says_where_it_comes_from():
    assert all("search" in one.note for one in adverse_events() if not one.rows)


def test_every_scale_of_a_kind_is_one_the_model_reads():
    assert {one.scale for one in harm_kinds() if one.scale} <= {*known(), downtime.CARD.name}


def test_every_kind_has_an_event():
    assert {kind for one in adverse_events() for kind in one.kinds} == {one.id for one in harm_kinds()}

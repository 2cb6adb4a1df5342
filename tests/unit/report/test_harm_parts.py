"""Harm counted in people on the first screen and in its table."""

import dataclasses

import pytest

from microneedling.core.document import Points, Table, Text
from microneedling.report import harm_parts
from microneedling.report.harms import harm_table
from microneedling.safety.example import planted
from microneedling.safety.harms import harms_for


@pytest.fixture(scope="module")
def records():
    return [dataclasses.asdict(one) for one in harms_for(planted({}))]


def test_the_highest_rates_come_first_and_no_rate_is_made_of_a_report(records):
    _, rates, apart, bare = harm_parts.briefs(records)
    assert isinstance(rates, Points) and len(rates.items) <= harm_parts.FEW
    by_title = {one["title"]: one for one in records}
    sizes = [by_title[title]["rate"]["typical"][1] for title, _ in rates.items]
    assert sizes == sorted(sizes, reverse=True)
    assert isinstance(bare, Text) and "bruising" in bare.text and "%" not in bare.text
    assert "infection in 0 of 25 and 0 of 414" in apart.text and "infection" not in bare.text
    assert all(title not in bare.text for title, _ in rates.items)


def test_a_rate_says_among_whom_and_whether_anybody_was_like_this(records):
    one = next(one for one in records if one["rate"]) | {"outside": ("nobody of this phototype",)}
    (_, points) = harm_parts.briefs([one])
    assert f"({one['rate']['cases']} of {one['rate']['people']})" in points.items[0][1]
    assert points.items[0][1].endswith("none of them like this.")


def test_the_table_has_a_row_a_kind_and_numbered_sources(records):
    made = harm_parts.parts(harm_table(records))
    table = next(one for one in made if isinstance(one, Table))
    assert [row[0] for row in table.rows] == [one["title"] for one in records]
    cited = harm_parts.sources(harm_table(records))[1]
    assert cited.numbered and len(cited.items) == len(harm_table(records).sources)


def test_no_harm_is_no_part():
    assert harm_parts.parts(None) == harm_parts.sources(None) == () and harm_parts.briefs(()) == ()

"""What a clinic would score: both kinds of study apart, and no column without a word."""

import pytest
from faces import synthetic

from microneedling.core.document import Table
from microneedling.report import clinic_parts
from microneedling.report.answer import answer_of
from microneedling.report.clinic import clinic


@pytest.fixture(scope="module")
def found():
    return clinic(answer_of(synthetic.tree()))


def test_a_new_controlled_study_stands_apart_from_an_open_series(found):
    tables = [one for one in clinic_parts.parts(found) if isinstance(one, Table)]
    assert [one.title for one in tables] == ["New controlled study", "Open series"]
    for n, table in enumerate(tables):
        rows = [row for block in found.blocks for row in block.rows[n : n + 1]]
        assert [row[table.head.index("Change")] for row in table.rows] == [row.change for row in rows]


def test_the_answer_speaks_of_both(found):
    title, said = clinic_parts.sentences(found)[0]
    assert title == found.blocks[0].title
    assert found.blocks[0].rows[0].change in said and found.blocks[0].rows[1].change in said
    assert said.index("controlled study") < said.index("open series")


def test_a_brief_says_whether_it_shows(found):
    words = clinic_parts.BRIEF.values()
    assert all(any(word in said for word in words) for _, said in clinic_parts.briefs(found))


def test_nothing_is_said_where_no_scale_concerns_the_person():
    assert clinic_parts.parts(None) == () and clinic_parts.sentences(None) == () and clinic_parts.briefs(None) == ()

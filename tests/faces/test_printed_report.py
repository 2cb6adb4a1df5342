"""The report on paper: the same words as the page, plain words first, the same bytes twice."""

import dataclasses
import json

import pytest
import synthetic

from microneedling.core.document import Figures, Points, Sides, Table, Text
from microneedling.report import tables
from microneedling.report.document_page import pdf
from microneedling.report.printed import printed
from microneedling.report.render import content_of, page, write_report
from microneedling.safety.example import planted
from microneedling.safety.rule import rules
from microneedling.safety.screen import screen

NOTICE = "the aesthetic device class does not cover devices meant to deliver"


def words(part):
    """The words of one part of a document."""
    if isinstance(part, Text):
        return part.text
    if isinstance(part, Points):
        return " ".join(f"{word} {said}" for word, said in part.items)
    if isinstance(part, Table):
        return " ".join((part.title, *part.head, *(cell for row in part.rows for cell in row)))
    if isinstance(part, Sides):
        return " ".join(f"{title} {' '.join(map(words, told))}" for title, told in part.sides)
    return " ".join(f"{one.title} {one.caption}" for one in part.figures)


def text_of(section):
    return " ".join(map(words, section.parts))


@pytest.fixture(scope="module")
def content():
    return content_of(synthetic.tree())


def test_plain_words_come_first_and_every_line_of_them_is_there(content):
    sections = printed(content).sections
    assert [one.id for one in sections][:2] == ["words", "skin"] and sections[-2].id == "sources"
    told = text_of(sections[0])
    lines = [*content["acute_lines"], *content["lasting_lines"], *content["delivered_lines"]]
    assert len(lines) > 5
    read = text_of(next(one for one in sections if one.id == "laboratory"))
    assert all(sentence in read for line in content["laboratory_lines"] for sentence in line.sentences)
    for line in lines:
        assert line.title in told and all(sentence in told for sentence in line.sentences)
    for sentence in (*content["sureness"], *content["extrapolated"], *content["downtime"]):
        assert sentence in told
    assert all(one.reason in told for one in content["findings"] if one.level != "info")


def test_every_drawing_findings_and_source_of_the_page_is_on_paper(content):
    sections = printed(content).sections
    figures = [
        one for section in sections for part in section.parts if isinstance(part, Figures) for one in part.figures
    ]
    titles = [one.title for one in figures]
    for name in ("skin", "acute_panels", "collagen_panels", "long_panels", "surface_panels", "biology_panels"):
        assert all(panel.title in titles for panel in content[name]), name
    assert all('xmlns="http://www.w3.org/2000/svg"' in one.svg and "<style>" in one.svg for one in figures)
    told = {section.id: text_of(section) for section in sections}
    assert all(one.text in told["sources"] for one in content["references"])
    assert all(one.reason in told["findings"] and one.source in told["findings"] for one in content["findings"])


def test_the_paper_is_the_same_twice(content):
    first = pdf(printed(content))
    assert first.startswith(b"%PDF") and len(first) > 20_000
    assert first == pdf(printed(content))


@pytest.mark.parametrize(
    "changed", [{"in_vitro": True}, {"members": 0}, {"broken": (2, 5)}, {"text": "<b>#set *x*</b>"}]
)
def test_other_results_can_be_printed(changed):
    assert pdf(printed(content_of(synthetic.tree(**changed)))).startswith(b"%PDF")


def test_an_override_stands_at_the_head():
    made = printed(content_of(synthetic.tree(override="a study of the rule")))
    assert any("a study of the rule" in said for _, said in made.notices)


def test_needling_with_a_topical_has_the_regulatory_notice_at_the_head_of_page_and_paper():
    rule = next(one for one in rules() if one.id == tables.REGULATORY[0])
    found = [one for one in screen(planted(rule.example)) if one.id == rule.id]
    assert found and NOTICE in found[0].reason
    tree = synthetic.tree()
    assert not printed(content_of(tree)).notices and "Regulatory notice" not in page(content_of(tree))
    own = [*json.loads(tree["safety"].attrs["findings"]), dataclasses.asdict(found[0])]
    tree["safety"].attrs["findings"] = json.dumps(own)
    content = content_of(tree)
    assert [word for word, said in printed(content).notices if NOTICE in said] == ["Regulatory notice."]
    header = page(content).split("</header>")[0]
    assert "Regulatory notice." in header and NOTICE in header


def test_both_are_written_beside_each_other(tmp_path):
    write_report(synthetic.tree(), tmp_path / "report.html")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["report.html", "report.pdf"]

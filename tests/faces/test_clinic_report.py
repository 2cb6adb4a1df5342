"""The table of what a clinic would score: both kinds of study, chances, harm beside."""

import re

import numpy as np
import synthetic

from microneedling.report import report
from microneedling.report.answer import answer_of
from microneedling.report.clinic import clinic
from microneedling.scales.clinical import GRADES, SCALES
from microneedling.scales.clinical_series import designs


def test_every_scale_stands_there_in_both_kinds_of_study():
    found = clinic(answer_of(synthetic.tree()))
    assert [block.title for block in found.blocks] == [card.title for card in SCALES]
    both = ["New controlled study", "Open series"]
    for card, block in zip(SCALES, found.blocks):
        assert [row.design for row in block.rows] == both[: len(designs(card))]


def test_grades_afterwards_add_up_to_everybody():
    found = clinic(answer_of(synthetic.tree()))
    for card, block in zip(SCALES, found.blocks):
        shares = [float(x) for x in re.findall(r": (\d+) %", block.rows[0].grades)]
        assert bool(shares) is (card.kind == GRADES)
        assert not shares or abs(sum(shares) - 100) <= len(shares)  # each is rounded to a whole per cent


def test_the_harm_stands_beside():
    harms = " ".join(clinic(answer_of(synthetic.tree())).harms)
    assert "redness" in harms and "dark marks" in harms and "Pain" in harms


def test_the_change_is_the_median_of_the_courses():
    answer = answer_of(synthetic.tree())
    outcome = answer.outcomes["goodman_baron"]
    middle = np.median(outcome.change(answer.end)[0])
    row = clinic(answer).blocks[0].rows[0]
    assert float(row.change.split(" ")[0].replace("−", "-")) == np.round(middle, 2)


def test_the_page_holds_the_table_and_not_twice():
    page = report(synthetic.tree())
    assert page.count("What a clinic would score</h3>") == 1
    tables = re.findall(r"<caption>(New controlled study|Open series)</caption>(.*?)</table>", page, re.DOTALL)
    assert [name for name, _ in tables] == ["New controlled study", "Open series"]
    assert all(body.count("Acne scars, Goodman-Baron grade</th>") == 1 for _, body in tables)
    assert "Acne scars, Goodman-Baron grade, a new controlled study" not in page


def test_excised_skin_is_scored_by_nobody():
    assert "What a clinic would score" not in report(synthetic.tree(in_vitro=True))

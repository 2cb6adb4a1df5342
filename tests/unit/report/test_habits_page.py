"""The page of habits: rows, table, drawings, and what does nothing."""

import numpy as np
import pytest
from unit.study.habit_cases import HOUR, example, made

from microneedling.core.sheet import csv_text
from microneedling.report import habits_figures, habits_page
from microneedling.study.habits import library


def test_every_card_has_a_row_and_a_reason():
    rows = habits_page.rows(example())
    assert {row["card"] for row in rows} == set(library()) and all(row["reason"] for row in rows)
    assert len([row for row in rows if row["card"] == "stress"]) == 4  # two outcomes, two moments
    assert len([row for row in rows if row["card"] == "exercise"]) == 1


def test_numbers_are_in_the_unit_people_write_and_leave_the_central_person_out():
    (row,) = [
        row
        for row in habits_page.rows(example())
        if row["card"] == "stress" and row["moment"] == "1 day after" and row["outcome"] == "Water loss"
    ]
    assert row["change median"] == pytest.approx(3.75)  # people: 2, 3.5, 4, 5
    assert row["change 5 %"] == pytest.approx(np.quantile([2, 3.5, 4, 5], 0.05))
    assert row["unit"] == "g m⁻² h⁻¹" or "g" in row["unit"]


def test_the_table_shows_the_moment_that_tells_and_zero_where_nothing_is_reached():
    head, lines = habits_page.shown(example())
    assert "1 day after" in head[5] and "at the end" in head[6]
    by = {line[0]: line for line in lines}
    assert by["Smoking"][5] == "0" and by["Psychological stress"][5].startswith("+3.8 (+2.2 to +4.9")
    assert by["Smoking"][3] == "measured in people" and "knuutinen2002" in by["Smoking"][4]


def test_what_does_nothing_is_named_with_its_reason():
    idle = {title: reason for title, reason, _ in habits_page.idle(example())}
    assert "nothing found" in idle["Regular exercise"] and "Psychological stress" not in idle


def test_the_answer_counts_what_is_noticed():
    assert "noticeable in the median person: Psychological stress" in habits_page.answer(example())
    calm = made({"smoking": np.zeros((2, 2, 5))})
    assert "1 of " in habits_page.answer(calm) and "none changes" in habits_page.answer(calm)


def test_the_page_stands_alone_and_says_what_it_is():
    text = habits_page.page(example())
    assert "No medical advice" in text and "<script" not in text and "Regular exercise" in text
    assert text.count("<svg") == 2 and 'class="zero"' in text


def test_the_table_is_written_as_csv_with_a_column_for_every_key():
    text = csv_text(habits_page.rows(example()))
    head, *lines = text.splitlines()
    assert head.startswith("card,habit,acts on,factor") and len(lines) == len(habits_page.rows(example()))


def test_a_dot_lies_right_of_zero_for_a_rise_and_left_for_a_fall():
    rows = [("up", np.array([0.5, 1.0, 2.0])), ("down", np.array([-2.0, -1.0, -0.5]))]
    svg = str(habits_figures.dots("T", "u", rows, noticeable=0.1, said="s").svg)
    zero = float(svg.split('class="zero" d="M')[1].split(" ")[0])
    up, down = (float(part.split('"')[0]) for part in svg.split('cx="')[1:])
    assert down < zero < up and HOUR > 0


def test_nothing_to_draw_is_still_a_drawing():
    rows = [("none", np.zeros(3))]
    assert "<circle" in str(habits_figures.dots("T", "u", rows, noticeable=0.0, said="s").svg)

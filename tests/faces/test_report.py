"""The report: every section, numbers that equal the data, nothing from outside, readable by everybody."""

import html.parser
import itertools
import os
import re
from pathlib import Path

import numpy as np
import pytest
import synthetic

from microneedling.core import units
from microneedling.core.cite import bibliography
from microneedling.report import render, report, write_report
from microneedling.report.answer import answer_of
from microneedling.report.moments import after, every
from microneedling.scales import clinical_series

SECTIONS = ("words", "skin", "acute", "long", "laboratory", "arms", "rests", "findings", "sources", "computed")
VOID = {"meta", "br", "img", "link", "input", "hr", "col"}
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")
NUMBER = re.compile(r"([+−]?[\d,]*\.?\d+)(?: × 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?")


class Page(html.parser.HTMLParser):
    """Tags with attributes, visible text, ids, and whether every tag is closed in turn."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.words, self.broken = [], [], [], []
        self.feed(text)
        self.text = " ".join(self.words)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.broken.append(tag)

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)


@pytest.fixture(scope="module")
def tree():
    return synthetic.tree()


@pytest.fixture(scope="module")
def text(tree):
    return report(tree)


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


def test_every_section_is_there_and_linked(page):
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    links = [attrs["href"][1:] for tag, attrs in page.tags if tag == "a"]
    assert set(SECTIONS) <= set(ids)
    assert len(ids) == len(set(ids))
    assert set(links) <= set(ids)


def test_tags_are_closed_in_turn(page):
    assert not page.broken
    assert not page.open


def test_first_screen_says_what_it_is_and_is_not(text):
    head = text[: text.index("<h2")]
    assert "Research software. No medical advice." in head
    assert "no medical device" in head
    assert "for learning, for planning studies" in head


def rows_of(text):
    """(outcome's title, moment's words, cells) of the table of arms."""
    part = text[text.index('id="arms"') : text.index('id="rests"')]
    for block in re.split(r"<tbody>", part)[1:]:
        title = re.search(r'class="head"[^>]*>(.*?)(?: <span|</th>)', block)[1]
        for words, cells in re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', block):
            found = re.findall(r"<span>(.*?)(?: <span class=\"(?:median|alone)\">(.*?)</span>)?</span></td>", cells)
            yield title, words, [(a, b.split("<")[0]) for a, b in found]


def numbers_in(span, median):
    """5 %, median and 95 % as printed; one number stands for all three."""
    read = [float(a.replace(",", "").translate(RAISED)) * 10.0 ** int(b.translate(RAISED) or 0)
            for a, b in NUMBER.findall(f"{span} ; {median}")]  # fmt: skip
    return (read[0], read[-1], read[1]) if len(read) == 3 else (read[0], read[-1], read[0 if len(read) == 1 else 1])


def test_every_number_of_the_table_equals_the_data(tree, text):
    scores, answer = tree["scores"].to_dataset(), answer_of(tree)
    when = {m.words: m.time for m in every(answer)} | {after(answer, answer.start): answer.start + 1.0}
    by_title = {array.attrs["long_name"]: array for array in scores.data_vars.values()}
    seen = set()
    for title, words, cells in rows_of(text):
        array = by_title[html.unescape(title)]
        factor = units.factor(array.attrs["shown"], array.attrs["units"])
        moment = when.get(words, answer.end)
        flat = array.values[:, 1:] / factor
        now = np.array([[np.interp(moment, scores["time"].values, person) for person in arm] for arm in flat])
        least = array.attrs["noticeable"] / factor
        assert len(cells) == 3
        for values, (span, median) in zip((now[0], now[1], now[0] - now[1]), cells):
            expected = np.quantile(values, [0.05, 0.5, 0.95])
            np.testing.assert_allclose(numbers_in(span, median), expected, rtol=0.006, atol=0.06 * least + 1e-6)
        seen.add(html.unescape(title))
    assert len(seen) > 30
    graded = {card.title for card in clinical_series.cards()}  # they stand in a table of their own
    assert all("balance" in t or "receptor" in t for t in set(by_title) - seen - graded)


def test_words_say_what_the_data_say(tree, text):
    scores = tree["scores"]["tewl"]
    change = (scores.values[0, 1:] - scores.values[0, 1:, :1]) / units.factor("g m-2 h-1", "kg m-2 s-1")
    when = scores["time"].values
    week = (when > 0) & (when <= 7 * synthetic.DAY)
    at = np.argmax(np.where(week, np.median(change, axis=0), -np.inf))
    cells = r"Water loss[^<]*</th><td[^>]*>[^<]*</td>"
    said = re.search(rf'{cells}<td data-label="What the courses say">(.*?)</td>', text)[1]
    span, median = re.fullmatch(r"(.*?)\xa0g m⁻² h⁻¹ \(median (.*?)\) at its height, right after .*", said).groups()
    exact = np.quantile(change[:, at], [0.05, 0.5, 0.95])
    assert list(numbers_in(span, median)) == [float(f"{value:.1e}") for value in exact]  # two digits that count


def test_a_line_read_off_its_axes_equals_the_data(tree, text):
    panel = next(one for one in re.findall(r"<figure>.*?</figure>", text, re.DOTALL) if "<h4>Volume of acne" in one)
    axes = {"x": [], "y": []}
    for name, x, y, label in re.findall(r'<text class="tick (.)" x="(.*?)" y="(.*?)".*?>(.*?)</text>', panel):
        axes[name].append((float(x if name == "x" else y), float(label.translate(RAISED))))
    px, py = (np.polyfit(*zip(*axes[name]), 1) for name in "xy")
    line = re.findall(r'<path class="line a0" d="M([^"]*)"/></svg>', panel)[0].replace("L", " ").split()
    months = np.polyval(px, np.array(line[::2], dtype=float))
    scores = tree["scores"]["acne_scar_volume"]
    median = np.quantile(scores.values[0, 1:], 0.5, axis=0) * 100
    expected = np.interp(months * 30.4375 * synthetic.DAY, scores["time"].values, median)
    np.testing.assert_allclose(np.polyval(py, np.array(line[1::2], dtype=float)), expected, atol=0.5)


def test_nothing_is_loaded_from_elsewhere(text, page):
    assert not {tag for tag, _ in page.tags} & {"script", "link", "iframe", "object", "embed", "video", "base"}
    for tag, attrs in page.tags:
        for name, value in attrs.items():
            if (tag, name) == ("img", "src"):
                assert value.startswith("data:image/png;base64,"), "a picture that is not in the page itself"
                continue
            assert name not in ("src", "srcset", "data", "action", "background")
            assert not name.startswith("on")
            assert "url(" not in (value or "")
            assert name != "href" or value.startswith("#")
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    assert "@import" not in style
    assert "url(" not in style


def test_phone_dark_mode_paper_and_language(text):
    assert '<html lang="en' in text
    assert '<meta charset="utf-8">' in text
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in text
    assert "@media (prefers-color-scheme: dark)" in text
    assert "@media print" in text
    assert "@media screen and (max-width:" in text


def test_figures_and_tables_can_be_read_aloud(text, page):
    outer = re.findall(r"<svg viewBox[^>]*>", text)
    assert outer
    assert all('aria-label="' in one or "aria-hidden" in one for one in outer)
    assert text.count("<table") == text.count("<thead")
    assert all(attrs.get("scope") for tag, attrs in page.tags if tag == "th")
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


def test_axes_have_units_and_ticks(text):
    panel = next(one for one in re.findall(r"<figure>.*?</figure>", text, re.DOTALL) if "Water loss" in one)
    assert "g m⁻² h⁻¹</text>" in panel
    assert panel.count('class="tick') > 6
    assert "time after the first session</text>" in panel
    assert 'class="session"' in panel
    assert all(arm in panel for arm in synthetic.ARMS)


def test_what_nobody_notices_is_said(text):
    swelling = text[text.index("<strong>Swelling:</strong>") :]
    assert "Not noticeable at its height" in swelling[:600]
    least = synthetic.least()["oedema"] / units.factor("um", "m")
    assert f"smallest noticeable change ({least:g}\N{NO-BREAK SPACE}µm)" in swelling[:600]


def test_predictions_nobody_measured_are_labelled(text):
    assert "nobody has counted which punctures bleed" in text
    assert "nobody has measured how many horn cells needles take off" in text


def test_bibliography_holds_the_numbers_used_and_no_more(tree, text):
    wanted = {key for one in answer_of(tree).parameters for key in one.sources}
    assert set(re.findall(r'<li id="source-([^"]+)">', text)) == wanted
    assert len(bibliography(wanted)) == len(wanted)


def test_findings_stand_once_with_reason_and_what_clears_them(page):
    assert page.text.count("Deep: Two arms, made up.") == 2  # risks and screening
    for words in ("What clears it:", "A shorter needle.", "The other side:", "A trial saw none", "A label, section 3"):
        assert words in page.text
    assert "needling and sham; day 0" in page.text


def test_text_of_others_is_escaped():
    bad = '<script>alert("1")</script> & <b>Co</b>'
    made = report(synthetic.tree(text=bad, override=bad))
    assert "<script" not in made
    assert "<b>Co" not in made
    assert "&lt;script&gt;" in made
    assert "Refused by screening" in made


def test_members_that_failed_are_left_out_and_counted():
    made = Page(report(synthetic.tree(broken=(2, 5)))).text
    assert "2 simulated courses" in made
    assert not re.search(r"\bnan\b", made, re.IGNORECASE)


def test_an_outcome_nobody_finished_is_said():
    made = report(synthetic.tree(missing=("erythema", "collagen_stain", "open_area")))
    assert "could be computed" in made
    assert not re.search(r"\bnan\b", made)


def test_a_single_course_has_no_interval():
    made = Page(report(synthetic.tree(members=0))).text
    assert "One course of a central person: no interval" in made


def test_excised_skin_gets_no_healing():
    made = report(synthetic.tree(in_vitro=True))
    page = Page(made).text
    assert "Excised skin neither heals nor bleeds" in page
    assert "in the receptor" in page
    assert "caffeine flux" in page
    charts = re.findall(r"<h4>(.*?)</h4>", made)
    assert not {"Redness", "Pain", "Elasticity of the skin"} & set(charts)
    assert 'class="layer papillary"' in made
    assert 'class="layer reticular"' not in made


def test_the_rest_of_the_program_is_not_needed_to_draw():
    for file in Path(render.__file__).parent.glob("*.py"):
        assert "matplotlib" not in file.read_text(encoding="utf-8")


def test_written_whole_or_not_at_all(tree, tmp_path, monkeypatch):
    target = tmp_path / "report.html"
    write_report(tree, target)
    assert target.read_bytes().decode("utf-8").startswith("<!doctype html>")
    target.write_text("old", encoding="utf-8")

    def fails(*_):
        raise OSError("no room")

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(OSError, match="no room"):
        write_report(tree, target)
    assert target.read_text(encoding="utf-8") == "old"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["report.html", "report.pdf"]


def test_no_result_is_refused():
    tree = synthetic.tree()
    del tree["run"]
    with pytest.raises(ValueError, match="run is missing"):
        report(tree)

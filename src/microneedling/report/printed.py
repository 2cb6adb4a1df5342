"""A result on paper: plain words on the first page, then the figures, the findings and the sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from microneedling.core.document import Document, Figure, Figures, Part, Points, Section, Table, Text, points
from microneedling.report.answer import Answer
from microneedling.report.document_page import drawing
from microneedling.report.figures import STYLES, Panel
from microneedling.report.words import Line

BANNER = (
    "Research software. No medical advice.",
    "It computes what published physics and biology say about a plan, with how unsure they are. It is no medical "
    "device, has not been tested in patients, and decides nobody’s treatment.",
)
BADGES = {"noticeable": "noticeable", "uncertain": "may or may not be noticeable", "not noticeable": "not noticeable"}
READ = (
    "“12 to 130 (median 44)”: nine of ten simulated courses lie between the first two numbers, half of them below the "
    "third. ● noticeable: the whole interval passes the smallest change people or instruments notice; ◐ may or may "
    "not be: part of it does; ○ not noticeable: all of it lies within."
)
LINES = "Lines: median. Shaded: 5 to 95 %. Grey band: too small a change to notice. Dotted lines: sessions."
SCREENED = "Screening found no contraindication and no caution in what was written down. That is no proof of safety."


def printed(content: Mapping[str, Any]) -> Document:
    """The report of a result as a document for print; the same words as on the page, without the long tables.

    Args:
        content: what the page is filled with (`render.content_of`)

    Checked by: tests/faces/test_printed_report.py
    """
    answer: Answer = content["answer"]
    arms = tuple((arm, n % STYLES) for n, arm in enumerate(answer.arms))
    looks = (*_drawn("The first session in the central person", content["skin"], ()), *_over_time(content["over_time"]))
    sections = (
        Section("words", "In plain words", tuple(_words(content))),
        Section("skin", "Skin and punctures to scale", looks),
        Section("acute", "Hours and days", _acute(content, arms)),
        Section("long", "Weeks and months", _long(content, arms)),
        Section("rests", "What the answer rests on", tuple(_rests(content))),
        Section("findings", "Screening", tuple(_findings(content))),
        Section("sources", "Sources", _sources(content)),
        Section("computed", "How it was computed", (Table("", ("What", "Value"), tuple(content["computed"]), (2, 5)),)),
    )
    run = answer.run
    facts = (
        f"Arms: {', '.join(answer.arms)}. {answer.members} simulated courses per arm. "
        f"Version {run.get('version', 'unknown')}, seed {run.get('seed', 'unknown')}, "
        f"computed {run.get('created', 'at a time not recorded')}. "
        "Tables of all arms and every number used stand in report.html."
    )
    notices = [("Regulatory notice.", one.reason) for one in content["regulatory"]]
    if answer.override:
        notices.append(("Refused by screening and run all the same.", f"Reason given: {answer.override}"))
    return Document(answer.title, answer.question, BANNER, facts, tuple(s for s in sections if s.parts), tuple(notices))


def _words(content: Mapping[str, Any]) -> Iterable[Part]:
    answer, signs = content["answer"], content["signs"]
    if content["glance"]:
        yield Text(f"At a glance: what {answer.arms[0]} changes", mark=True)
        yield Points(tuple((f"{signs[word]} {BADGES[word]}", f"{titles}.") for word, titles in content["glance"]))
    for heading, sentences in content["done"]:
        yield Text(heading, mark=True)
        yield points(sentences)
    yield Text(READ, soft=True)
    last = "What to expect after weeks and months" if answer.end > 21 * 86400 else "What to expect by the end"
    through = "What gets through the skin" if answer.in_vitro else "Where the actives go"
    yield from _cards("What to expect in the first hours and days", content["acute_lines"], signs)
    if content["downtime"]:
        yield points([f"Downtime: {sentence}" for sentence in content["downtime"]])
    yield from _cards(last, content["lasting_lines"], signs)
    yield from _cards(through, content["delivered_lines"], signs)
    if answer.in_vitro:
        yield Text("Excised skin neither heals nor bleeds, so nothing is said about redness, healing or collagen.")
    yield from _risks(content)
    yield Text("How sure this is", mark=True)
    yield points([*content["sureness"], *(f"Beyond what was measured: {one}" for one in content["extrapolated"])])


def _cards(title: str, lines: Sequence[Line], signs: Mapping[str, str]) -> Iterable[Part]:
    if lines:
        badges = {badge: f"{sign} {BADGES[badge]}" for badge, sign in signs.items()} | {"": ""}
        rows = tuple((one.title, badges[one.badge], _sentences(one)) for one in lines)
        yield Table(title, ("Outcome", "Noticeable?", "What the courses say"), rows, (3, 2, 8))


def _sentences(one: Line) -> str:
    return " ".join((*one.sentences, *((one.note,) if one.note else ())))


def _risks(content: Mapping[str, Any]) -> Iterable[Part]:
    answer = content["answer"]
    grave = [one for one in content["findings"] if one.level != "info"]
    yield Text("Risks", mark=True)
    yield Points(tuple((one.says, one.reason) for one in grave)) if grave else Text(SCREENED)
    known = [one["text"] for one in answer.notices if one.get("id") == "known_risks" and not answer.in_vitro]
    yield from map(Text, known)


def _drawn(
    title: str, panels: Sequence[Panel], key: tuple[tuple[str, int], ...], *, columns: int = 2
) -> tuple[Part, ...]:
    if not panels:
        return ()
    made = tuple(Figure(one.title, drawing(str(one.svg)), _caption(one)) for one in panels)
    return (Text(title, mark=True), Figures(made, key, columns))


def _over_time(drawn: Mapping[str, Any]) -> tuple[Part, ...]:
    """The drawn section at a few times, with what is drawn and what is not, and its legend."""
    if not drawn["panels"]:
        return ()
    heading, panels = _drawn("The same skin over time", drawn["panels"], (), columns=3)
    legend = tuple(Figure("", drawing(str(mark)), text) for mark, text in drawn["legend"])
    said = f"The central person of the arm “{drawn['arm']}”. Times count from the first session."
    return (heading, Text(drawn["honest"]), Figures(legend, columns=8), panels, Text(said, soft=True))


def _caption(one: Panel) -> str:
    named = ", ".join(text for _, text in one.key)
    return " ".join(text for text in (f"{named}." if named else "", one.subtitle, one.note) if text)


def _acute(content: Mapping[str, Any], key: tuple[tuple[str, int], ...]) -> tuple[Part, ...]:
    first = "The skin in the cell" if content["answer"].in_vitro else "What is felt and seen"
    amounts = _drawn("Actives: where they are", content["amount_panels"], key)
    parts = (*_drawn(first, content["acute_panels"], key), *amounts)
    unseen = f"Not drawn, far below what an assay sees in every arm: {'; '.join(content['faint'])}."
    told = (Text(unseen, soft=True),) if content["faint"] else ()
    return (Text(LINES, soft=True), *parts, *told) if parts or told else ()


def _long(content: Mapping[str, Any], key: tuple[tuple[str, int], ...]) -> tuple[Part, ...]:
    groups = (
        ("Collagen, one read-out at a time", "collagen_panels"),
        ("Elastin, scars, epidermis and downtime", "long_panels"),
        ("Horny layer and renewal", "surface_panels"),
        ("Cells, vessels, signals and all else", "biology_panels"),
    )
    parts = tuple(part for title, name in groups for part in _drawn(title, content[name], key))
    return (Text(LINES, soft=True), *parts) if parts else ()


def _rests(content: Mapping[str, Any]) -> Iterable[Part]:
    rows = tuple((grade, str(count)) for grade, count in content["counted"])
    yield Table("Numbers used, by grade of evidence", ("Grade", "Numbers"), rows, (3, 1), (1,))
    if content["habits"]:
        rows = tuple((one.word, one.acts_on, one.factor, one.grade, one.reason) for one in content["habits"])
        head = ("Said", "Acts on", "Factor (5 to 95 %)", "Grade", "Why")
        yield Table("What habits, conditions, medicines and aftercare act on", head, rows, (2, 2, 2, 2, 5))


def _findings(content: Mapping[str, Any]) -> Iterable[Part]:
    rows = tuple(
        (one.says, one.reason, " ".join(text for text in (one.clears, one.other_side) if text), one.source)
        for one in content["findings"]
    )
    head = ("What", "Why", "What clears it; the other side", "Source")
    yield Table("Findings about this plan", head, rows, (2, 6, 4, 4)) if rows else Text("No finding about this plan.")
    yield Text("To know whatever the plan", mark=True)
    yield points([f"{one['text']} ({one['source']})" for one in content["answer"].notices])


def _sources(content: Mapping[str, Any]) -> tuple[Part, ...]:
    places = ((f"https://doi.org/{one.doi}" if one.doi else one.url) for one in content["references"])
    own = tuple((one.key, f"{one.text} {place}".strip()) for one, place in zip(content["references"], places))
    safety = tuple(("", text) for text in content["safety_sources"])
    shown = (Text("Of the screening", mark=True), Points(safety, numbered=True)) if safety else ()
    return (Text("Of the numbers used", mark=True), Points(own, numbered=True), *shown)

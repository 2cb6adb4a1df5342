"""The first section of a report, in plain words: the answer, benefit beside harm, what a clinic would score, and when.

One list of parts; the page and the paper both show it, so that no sentence stands in two places.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from microneedling.core.document import Part, Points, Sides, Table, Text, Told, points
from microneedling.report import beside, clinic_parts, harm_parts, harmed, instrument_parts, leading, names, titles
from microneedling.report.answer import Answer
from microneedling.report.words import SIGNS, Line

FOR, TO = "What it may do for you", "What it may do to you"
BADGES = {"noticeable": "noticeable", "uncertain": "may or may not be", "not noticeable": "not noticeable"}
READ = (
    "“12 to 130 (median 44)”: nine of ten simulated courses lie between the first two numbers, half of them below the "
    "third. ● noticeable: the whole interval passes the smallest change people or instruments notice; ◐ may or may "
    "not be: part of it does; ○ not noticeable: all of it lies within."
)
DEAD = "Excised skin neither heals nor bleeds, so nothing is said about redness, healing or collagen."
BEYOND = "The first arm less each other arm, the same person in both; grades as a new controlled study would find them."
LISTED = 4  # remarks about what was never measured that stand open


def parts(content: Mapping[str, Any]) -> tuple[Part, ...]:
    """The section, from the answer down.

    Args:
        content: what the page is filled with (`render.content_of`)

    Checked by: tests/unit/report/test_plain_page.py
    """
    answer: Answer = content["answer"]
    found = leading.answers(answer)
    told: list[Part] = [Text("The answer", mark=True)] if found else []
    told += [Points(found)] if found else []
    told += [Text(leading.simulated(answer), soft=True), Text(READ, soft=True)]
    told += [] if answer.in_vitro else [_sides(content)]
    told += clinic_parts.parts(content["clinic"])
    told += instrument_parts.parts(answer)
    told += harm_parts.parts(content["harm"])
    told += _expected(content)
    told += _beyond(answer)
    told += _cards("Where the actives go", content["delivered_lines"])
    told += [Text(DEAD)] if answer.in_vitro else []
    for heading, sentences in content["done"]:
        told += [Text(heading, mark=True), points(sentences)]
    return (*told, *_sure(content))


def laboratory(content: Mapping[str, Any]) -> tuple[Part, ...]:
    """What stains, antibodies, echoes and messages would show: at a glance, then each with its numbers.

    Checked by: tests/unit/report/test_plain_page.py
    """
    head = Text(titles.LABORATORY, mark=True)
    if not content["laboratory_lines"]:
        return (head,) if content["collagen_panels"] or content["biology_panels"] else ()
    glance = tuple((f"{SIGNS[word]} {BADGES[word]}", f"{which}.") for word, which in content["glance"] if word)
    return (head, Text(content["apart"], soft=True), Points(glance), lines_table(content["laboratory_lines"]))


def _sides(content: Mapping[str, Any]) -> Sides:
    """Benefit beside harm."""
    answer = content["answer"]
    tissue = [
        (
            names.plain(n, answer.outcomes[n].title),
            leading.benefit(answer.outcomes[n], answer),
            names.UNMEASURED.get(n, ""),
        )
        for n in leading.cared(answer)
    ]
    good = [(title, f"{said} {note}".strip()) for title, said, note in tissue]
    good += clinic_parts.briefs(content["clinic"])
    good = good or list(leading.answers(answer))
    benefit: tuple[Told, ...] = (Points(tuple(good)),) if good else (Text("No benefit was asked for."),)
    computed = harmed.computed(answer)
    first = (Points(computed),) if computed else ()
    harm = (*first, *harm_parts.briefs(answer.harms), *harmed.screened(content["findings"]))
    harm = harm if answer.harms else (*harm, *harmed.known(answer))
    return Sides(((FOR, benefit), (TO, harm)))


def _expected(content: Mapping[str, Any]) -> Iterable[Part]:
    """Hours and days, then weeks."""
    answer = content["answer"]
    rest = (Line("Downtime", "", tuple(content["downtime"])),) if content["downtime"] else ()
    yield from _cards("What to expect in the first hours and days", (*content["acute_lines"], *rest))
    last = "What to expect after weeks and months" if answer.end > 21 * 86400 else "What to expect by the end"
    yield from _cards(last, content["lasting_lines"])


def _beyond(answer: Answer) -> Iterable[Part]:
    wanted = [*leading.leading(answer), *names.SCALED, *names.HARM]
    table = None if answer.in_vitro else beside.table(answer, dict.fromkeys(wanted))
    if table:
        yield Text(titles.BESIDE, mark=True)
        yield Text(BEYOND, soft=True)
        yield table


def _cards(title: str, lines: Sequence[Line]) -> Iterable[Part]:
    if lines:
        yield Text(title, mark=True)
        yield lines_table(lines)


def lines_table(lines: Sequence[Line], fold: str = "") -> Table:
    """Outcomes, whether each shows, and what the courses say; no middle column where nothing is judged."""
    judged = any(one.badge for one in lines)
    said = [" ".join((*one.sentences, one.note)).strip() for one in lines]
    badges = [f"{SIGNS[one.badge]} {BADGES[one.badge]}" if one.badge else "" for one in lines]
    if not judged:
        rows = tuple((one.title, text) for one, text in zip(lines, said))
        return Table("", ("Outcome", "What the courses say"), rows, (3, 8), fold=fold)
    triples = tuple((one.title, badge, text) for one, badge, text in zip(lines, badges, said))
    return Table("", ("Outcome", "Noticeable?", "What the courses say"), triples, (3, 2, 8), fold=fold)


def _sure(content: Mapping[str, Any]) -> Iterable[Part]:
    yield Text("How sure this is", mark=True)
    yield points(content["sureness"])
    beyond = content["extrapolated"]
    if beyond:
        fold = f"Beyond what was measured: {len(beyond)} remarks" if len(beyond) > LISTED else ""
        yield Points(tuple(("" if fold else "Beyond what was measured", one) for one in beyond), fold=fold)

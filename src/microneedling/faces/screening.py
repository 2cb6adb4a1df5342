"""What speaks against a study: the command `screen`, and the first thing that `run` prints."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from microneedling.core.files import write_bytes, write_text
from microneedling.faces.ending import FINE, REFUSED
from microneedling.faces.folder import check_free, whole
from microneedling.faces.terminal import fitted
from microneedling.safety.finding import LEVELS, Finding
from microneedling.safety.rule import notices
from microneedling.safety.screen import refused
from microneedling.scales.amounts import PLACES
from microneedling.scales.standard import known
from microneedling.simulate.readouts import READOUTS
from microneedling.study.checks import outcome_problems
from microneedling.study.plain import PlainStudy
from microneedling.study.read import StudyError
from microneedling.study.schema import Study
from microneedling.study.screening import findings

DAY = 86400.0
FILES = ("screening.html", "screening.pdf")


def screen_study(path: Path, *, out: Path | None = None, force: bool = False) -> int:
    """Print what speaks against a study, and what is to be known about any; the exit code says if it is refused.

    Args:
        path: the study file
        out: folder to make for the same as page and paper; none is made when left out
        force: replace the page that is there

    Errors: StudyError, CardError, BadInput; OSError, with nothing written.
    Checked by: tests/faces/test_cli_screening.py
    """
    plain = loaded(path).plain()
    found = findings(plain)
    if out is not None:
        _write(plain, found, out, force=force)
    lines = [*findings_text(found).splitlines(), "", "To be known about any plan:"]
    for one in notices():
        lines += [f"- {one.text}", f"  Source: {one.source}"]
    for line in lines:
        print(fitted(line))
    return REFUSED if refused(found) else FINE


def _write(plain: PlainStudy, found: tuple[Finding, ...], out: Path, *, force: bool) -> None:
    """The page and the paper of a screening, both or none."""
    from microneedling.report.document_page import page, pdf
    from microneedling.report.screening_page import screening_document
    from microneedling.study.harms import harms
    from microneedling.study.numbers import cards_of

    check_free(out, force=force, files=FILES)
    told = [dataclasses.asdict(one) for one in harms(plain, cards_of(plain))]
    document = screening_document(plain, found, told)
    with whole(out, force=force, files=FILES) as part:
        write_text(part / FILES[0], page(document))
        write_bytes(part / FILES[1], pdf(document))


def loaded(path: Path) -> Study:
    """The study of a file, its outcomes checked against the scales there are."""
    study = Study.load(path)
    topicals = [use for arm in study.plain().arms for use in arm.topicals]
    actives = dict.fromkeys(name for use in topicals for name, _ in use.actives)
    places = (*PLACES, "flux")
    amounts = (f"{place}.{name}" for place in places for name in actives)
    scales = (*known(), *(one.CARD.name for one in READOUTS), "flux", *amounts)
    problems = list(outcome_problems(study.outcomes, scales))
    if problems:
        raise StudyError(path.name, problems)
    return study


def findings_text(found: Sequence[Finding]) -> str:
    """Findings as text, gravest first; a remark that holds for several arms or visits stands once."""
    if not found:
        return "Screening: nothing speaks against this plan among the rules there are."
    grouped: dict[tuple[str, str], list[Finding]] = {}
    for one in sorted(found, key=lambda one: LEVELS.index(one.level)):
        grouped.setdefault((one.id, one.reason), []).append(one)
    return "\n".join(["Screening:", *(_finding_text(same) for same in grouped.values())])


def _finding_text(same: Sequence[Finding]) -> str:
    one = same[0]
    arms = ", ".join(dict.fromkeys(each.arm for each in same))
    days = sorted({each.time / DAY for each in same if each.time is not None})
    when = f", day {', '.join(f'{day:g}' for day in days)}" if days else ""
    stamp = " (not refusing: nobody's skin)" if one.exempt else ""
    lines = [f"[{one.level}] {one.reason}{stamp}", f"  Arm: {arms}{when}", f"  Source: {one.source}"]
    lines += [f"  Other side: {one.other_side}"] if one.other_side else []
    lines += [f"  What clears it: {one.clears}"] if one.clears else []
    return "\n".join(lines)

"""The command `claims`: every saying, the numbers that test it, what was published, and the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from microneedling.core.digest import code_version
from microneedling.core.files import write_text
from microneedling.evaluation.claim_files import STUDIES, read_claims
from microneedling.evaluation.claim_rule import ASSUMED, RULE, VERDICTS
from microneedling.evaluation.claims import Claim, Screen, studies_of
from microneedling.evaluation.ledger import Ledger, Means, as_rows, ledger
from microneedling.evaluation.prediction import Prediction
from microneedling.evaluation.table import write_json
from microneedling.evaluation.verdicts import Judged
from microneedling.faces.claim_text import lines, shown
from microneedling.faces.terminal import Progress, bar, tell
from microneedling.report.claims_page import page
from microneedling.safety.screen import refused
from microneedling.study.anew import moves
from microneedling.study.habits import acting
from microneedling.study.numbers import cards_of, known_numbers
from microneedling.study.predict import predicted
from microneedling.study.read import table_of
from microneedling.study.schema import Study
from microneedling.study.screening import findings

OUT = Path("out/claims")


def judge_claims(ids: Sequence[str] = (), *, html: bool = False, out: Path = OUT, copies: Path | None = None) -> None:
    """Judge all claims, or some by their names; print them, or write them as a page.

    Args:
        ids: names such as CL042, in any case; all when empty
        html: write claims.html into `out` in place of printing every claim
        out: folder in which finished studies are kept, so that a stopped call goes on where it was
        copies: only write the study files of the claims into this folder, to be changed and run

    Errors: ClaimError; OSError.
    Checked by: tests/faces/test_cli_claims.py
    """
    claims = read_claims(ids=ids)
    if copies is not None:
        copy_studies(claims, copies)
        return
    with bar("claims") as progress:
        found = judged_claims(claims, out=out, progress=progress)
    write_json(out / "claims.json", record(found))
    texts = [shown(one, found) for one in found.judged]
    if html:
        write_text(out / "claims.html", page(texts, rule=RULE, verdicts=VERDICTS))
        print(out / "claims.html")
    else:
        tell(RULE)
        print("\n\n".join("\n".join(lines(one)) for one in texts))
        print()
    print(counted(found.judged))


def judged_claims(claims: Sequence[Claim], *, out: Path = OUT, progress: Progress | None = None) -> Ledger:
    """Claims judged as the command does it; studies that are kept in `out` are not run again."""
    means = Means(
        run=first_run,
        again=second_run,
        moves=lambda path: moves(path, ASSUMED),
        counted=counted_people,
        grades=grades_of,
        needled=needled_arms,
        stamps=stamps_of,
    )
    kept, every = out / "studies", read_claims()
    return ledger(claims, means, studies=STUDIES, out=kept, version=code_version(), every=every, progress=progress)


def record(found: Ledger) -> dict[str, Any]:
    """All of it as dictionaries: numbers in the SI unit that stands beside them, and the same as text."""
    rows = [row | {"text": shown(one, found)} for row, one in zip(as_rows(found.judged), found.judged)]
    counts = {word: sum(one.verdict == word for one in found.judged) for word in VERDICTS}
    told = {"stamps": found.stamps, "problems": found.problems}
    return {"version": code_version(), "rule": RULE, "counts": counts, "claims": rows, **told}


def first_run(path: Path) -> list[Prediction]:
    """What a run of a claim's study says, scale by scale, for everybody."""
    return _predictions(path, "")


def second_run(path: Path) -> list[Prediction]:
    """The same of the same people, with the assumed numbers drawn anew."""
    return _predictions(path, ASSUMED)


def _predictions(path: Path, anew: str) -> list[Prediction]:
    found = predicted(path, anew=anew, everybody=True)
    return [Prediction(**{key: getattr(one, key) for key in Prediction.__dataclass_fields__}) for one in found]


def copy_studies(claims: Sequence[Claim], folder: Path) -> None:
    """Write the study files of some claims, and print how each is run."""
    screened = {screen.study for claim in claims for screen in claim.screens}
    for name in sorted({*studies_of(claims), *screened}):
        write_text(folder / f"{name}.toml", (STUDIES / f"{name}.toml").read_text(encoding="utf-8"))
        print(run_alone(name, folder))


def run_alone(study: str, folder: Path) -> str:
    """The command that runs a claim's study by itself; one that screening refuses needs a reason."""
    is_refused = refused(findings(Study.load(STUDIES / f"{study}.toml").plain()))
    return f"microneedling run {folder / study}.toml" + (' --override "to test a claim"' if is_refused else "")


def needled_arms(path: Path) -> list[str]:
    """Names of the arms of a study in which needles pierce skin."""
    arms = Study.load(path).plain().arms
    return [arm.name for arm in arms if any(not one.sham for one in arm.sessions)]


def counted_people(path: Path, screen: Screen) -> int:
    """How many people of a screen are refused a study's protocol; or spoken to, where that is asked."""
    table = table_of(path)
    own = {one.id for one in findings(Study.load(path).plain()) if one.level != "info"}
    count = 0
    for keys in screen.people:
        study = Study.of({**table, "person": {**table["person"], **keys}}, file=path.name)
        found = findings(study.plain())
        told = any(one.level != "info" and one.id not in own for one in found)
        count += refused(found) or (screen.expectation == "spoken to" and told)
    return count


def grades_of(path: Path, names: Sequence[str]) -> dict[str, str]:
    """Grade of those numbers that a study rests on."""
    known = known_numbers(cards_of(acting(Study.load(path).plain())))
    grades = {f"{one.name}.{field}": fact.grade for one in known.values() for field, fact in one.facts.items()}
    return {name: grades[name] for name in names if name in grades}


def stamps_of(path: Path) -> list[str]:
    """What screening says of a study, each remark once, gravest first."""
    found = findings(Study.load(path).plain(), exempt=True)
    return list(dict.fromkeys(f"[{one.level}] {one.reason}" for one in found if one.level != "info"))


def counted(judgements: Sequence[Judged]) -> str:
    """How many claims have each verdict, in one line."""
    counts = [(word, sum(one.verdict == word for one in judgements)) for word in VERDICTS]
    assumed = sum(one.assumed for one in judgements)
    return (
        f"{len(judgements)} claims: "
        + ", ".join(f"{n} {word}" for word, n in counts if n)
        + (f"; {assumed} rest on an assumed size" if assumed else "")
    )

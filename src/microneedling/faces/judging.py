"""The commands that hold the model against measurements: `compare`, `validate`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from microneedling.core.digest import code_version
from microneedling.evaluation.compare import Compared, compare
from microneedling.evaluation.observed import read_observed
from microneedling.evaluation.page import line
from microneedling.evaluation.prediction import Prediction
from microneedling.evaluation.sets_page import counted
from microneedling.evaluation.summary import Summary, summarise
from microneedling.evaluation.validate import cases, sets, validate
from microneedling.faces.ending import BadInput
from microneedling.faces.terminal import Progress, bar, table
from microneedling.study.predict import predicted
from microneedling.study.schema import Study

COLUMNS = ("case", "arm", "scale", "when", "kind", "observed", "predicted", "ratio", "verdict")


def predictions(path: Path, *, progress: Progress | None = None) -> list[Prediction]:
    """What a run of this study says, scale by scale."""
    found = predicted(path, tell=progress)
    return [Prediction(**{key: getattr(one, key) for key in Prediction.__dataclass_fields__}) for one in found]


def compare_study(study: Path, observations: Path) -> None:
    """Run a study and print each observation beside its prediction."""
    read_observed(observations)  # a slip in either file is told before the long part
    Study.load(study)
    with bar("simulating") as progress:
        rows = compare(study, observations, lambda path: predictions(path, progress=progress))
    print_rows(rows)
    print_summaries(summarise(rows))


def validate_folder(folder: Path, *, out: Path) -> None:
    """Run every case of a folder, print and write what came out."""
    if not cases(folder) and not sets(folder):
        raise BadInput(f"{folder}: found no case, allowed a folder of folders with study.toml and observed.csv")
    with bar("validating") as progress:
        whole = validate(folder, predictions, out=out, version=code_version(), progress=progress)
    print_rows(whole.rows)
    print_summaries(whole.summaries)
    for one in whole.sets:
        print(f"{one.title}. {counted(one)}")
    for case, problem in whole.problems.items():
        print(f"{case}: could not be run: {problem}")
    print(out / "validation.html")


def print_rows(rows: Sequence[Compared]) -> None:
    """One observation a line, validation first."""
    order = sorted(rows, key=lambda one: (one.row.use != "validation", one.case, one.row.line))
    head = ("use", *COLUMNS)
    table(head, [[str(cells[key]) for key in head] for cells in map(line, order)])


def print_summaries(summaries: Sequence[Summary]) -> None:
    """Coverage and interval score by scale."""
    head = ("use", "scale", "measure", "rows", "inside", "ratio", "score/size", "reference/size", "right")
    table(head, [_summary_cells(one) for one in summaries])


def _summary_cells(one: Summary) -> list[str]:
    size = one.interval_score / one.relative_score if one.relative_score > 0 else float("nan")
    numbers = f"{one.inside} of {one.numbers}" if one.numbers else ""
    judged = f"{one.right} of {one.judged}" if one.judged else ""
    scores = (one.ratio, one.relative_score, one.reference_score / size)
    return [
        *(one.use, one.scale, one.measure.replace("_", " "), str(one.rows), numbers),
        *("" if value != value else f"{value:.3g}" for value in scores),
        judged,
    ]

"""The command `credibility`: the records there are, in; a report of how far to believe the model, out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from microneedling.core.digest import code_version
from microneedling.core.files import write_text
from microneedling.evaluation.credibility import Places, credibility, record_of
from microneedling.evaluation.credibility_calculation import STORED
from microneedling.evaluation.credibility_records import validated
from microneedling.evaluation.credibility_rows import USES, met
from microneedling.faces.ending import BadInput
from microneedling.faces.folder import check_free, whole
from microneedling.report.document_page import page, pdf

FILES = ("credibility.html", "credibility.pdf")
VALIDATION = Path("validation")
FITS = (Path("validation/results/fit.json"), Path("docs/fit.json"))


def show_credibility(*, validation: Path | None, fit: Path | None, runs: Sequence[Path], out: Path) -> None:
    """Write the report as HTML and PDF, and say in a few lines what it counts.

    Args:
        validation: folder with validation.json; the repository's own when left out, and none where that is not there
        fit: fit.json; the repository's own when left out
        runs: folders of results whose figures are quoted
        out: folder to make or to replace

    Errors: BadInput, RecordError; OSError. Nothing is written then.
    Checked by: tests/faces/test_credibility_command.py
    """
    if validation is not None and not record_of(validation).is_file():
        raise BadInput(f"--validation: found no validation.json in {validation}, allowed a folder `validate` wrote")
    for option, path in (("--fit", fit), *(("--run", one / "summary.json") for one in runs)):
        if path is not None and not path.is_file():
            raise BadInput(f"{option}: found no file {path}, allowed a record of this program")
    for one in runs:
        if not (one / STORED).is_dir():
            raise BadInput(f"--run: found no {STORED} in {one}, allowed a whole folder that “run” wrote")
    check_free(out, force=True, files=FILES)
    places = Places(
        validation=validation or (VALIDATION if record_of(VALIDATION).is_file() else None),
        tests=_there(Path("tests/contracts")),
        benchmarks=_there(Path("benchmarks/course.py")),
        fit=fit or next((path for path in FITS if path.is_file()), None),
        runs=tuple(runs),
    )
    document = credibility(places, version=code_version())
    with whole(out, force=True, files=FILES) as part:
        write_text(part / FILES[0], page(document))
        (part / FILES[1]).write_bytes(pdf(document))
    for line in (*_counted(places), *(str(out / name) for name in FILES)):
        print(line)


def _there(sign: Path) -> Path | None:
    """The folder of a file or folder by which the repository is known; None elsewhere."""
    return sign.parent if sign.exists() else None


def _counted(places: Places) -> list[str]:
    if places.validation is None:
        return ["no validation results found here; the report says so (--validation DIR)"]
    found = validated(record_of(places.validation))
    counts = [(use, *met(row for row in found.rows if row["use"] == use)) for use in USES]
    return [f"{use}: {right} of {of} rows met" for use, right, of in counts]

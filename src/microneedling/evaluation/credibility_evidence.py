"""Calibration, validation and misses, as the credibility report tells them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from microneedling.core.document import Part, Points, Table, Text, points
from microneedling.evaluation import credibility_rows as rows_of
from microneedling.evaluation.credibility_calculation import fit_parts
from microneedling.evaluation.credibility_records import Setting, Validated
from microneedling.evaluation.credibility_rows import USES, share

NO_VALIDATION = (
    "No validation results were found ({}). They are kept in the project's repository and do not travel with the "
    "installed package: run “microneedling validate DIR --out OUT”, then give “--validation OUT”."
)


def calibration(found: Validated | None, fit: Path | None) -> tuple[Part, ...]:
    """What numbers were set by: the joint fit, and the sources of each use.

    Errors: RecordError when the record of the fit cannot be read.
    Checked by: tests/unit/evaluation/test_credibility.py
    """
    from_fit = _fit(fit)
    if found is None:
        return (Text("No validation results here, so the sources of calibration cannot be listed."), *from_fit)
    by_use = {use: rows_of.sources(found.rows, use) for use in USES}
    both = sorted({name for name, _ in by_use["validation"]} & {name for name, _ in by_use["calibration"]})
    disjoint = (
        f"Found in both, which is an error of the records: {'; '.join(both)}."
        if both
        else "No source serves both: checked when this report was made."
    )
    tables = tuple(
        Table(
            f"Sources for {use}: {len(known)}", ("Source", "Rows"), tuple((s, str(n)) for s, n in known), (9, 1), (1,)
        )
        for use, known in by_use.items()
    )
    return (
        Text(f"A source is for calibration or for validation as a whole, never for both. {disjoint}"),
        *from_fit,
        *tables,
    )


def _fit(path: Path | None) -> tuple[Part, ...]:
    if path is None:
        return (
            Text("No record of a joint fit was found (fit.json); numbers were set one by one, each at its source."),
        )
    return fit_parts(path)


def validation(
    found: Validated | None, cases: Mapping[str, Setting], folder: Path | None, said: Mapping[str, Any], *, version: str
) -> tuple[Part, ...]:
    """Rows met in all, by part of the model and by read-out, and whole sets.

    Args:
        found: results of a validation
        cases: their settings
        folder: where they were looked for
        said: credibility.toml
        version: of the code at hand

    Checked by: tests/unit/evaluation/test_credibility.py
    """
    if found is None:
        return (Text(NO_VALIDATION.format(folder or "no folder given")),)
    same = "this very version" if found.version == version else f"version {found.version}; the code is now {version}"
    totals = points([f"{use.capitalize()}: {total(found.rows, use)}" for use in USES])
    failed = Points(tuple(found.problems.items())) if found.problems else Text("Every case could be run.")
    return (
        Text(f"The results are of {same}. A number is met inside the 5 to 95 % interval; nine of ten should be."),
        totals,
        failed,
        rows_of.by_part(found.rows, said["part"], cases),
        *_sets(found),
        rows_of.by_scale(found.rows),
    )


def total(rows: Sequence[Mapping[str, Any]], use: str) -> str:
    """Numbers inside and directions right among the rows of one use, in words."""
    own = [row for row in rows if row["use"] == use]
    judged = [row for row in own if row["verdict"] in ("right", "wrong")]
    numbers = [row for row in own if row not in judged]
    _, computed = rows_of.met(own)
    left = f", {len(own) - computed} not computed" if len(own) > computed else ""
    return f"{share(numbers)} numbers inside the interval, {share(judged)} directions and bounds right{left}."


def _sets(found: Validated) -> tuple[Part, ...]:
    head = ("Use, class", "Rows", "Inside", "rms error", "rms, Potts and Guy", "rms, mean of the rest")
    made = []
    for one in found.sets.values():
        lines = tuple(
            (
                f"{row['use']}: {row['label']}",
                str(row["rows"]),
                f"{100 * row['model']['coverage']:.0f} %",
                *(f"{row[way]['rms']:.2f}" for way in ("model", "potts_guy", "mean")),
            )
            for row in one["classes"]
        )
        out = sum(one["left_out"].values())
        made.append(Table(f"{one['title']} (log10 units; {out} rows left out, each with its reason)", head, lines,
                          (4, 1, 1, 1, 1, 1), (1, 2, 3, 4, 5)))  # fmt: skip
    return tuple(made)


def misses(found: Validated | None) -> tuple[Part, ...]:
    """Every row that was not met.

    Checked by: tests/unit/evaluation/test_credibility.py
    """
    if found is None:
        return (Text("No validation results here."),)
    return (
        Text(
            "All rows that were not met, with their size; none is left out. Calibration rows test nothing, but a "
            "model that misses what it was set by says so."
        ),
        *(rows_of.misses(found.rows, use) for use in USES),
    )

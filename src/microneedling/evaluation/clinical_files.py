"""The fitted clinical map as files: a parameter set with its joint draws, and the tissue its rows rest on."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from microneedling.core.card import read_parameter_set
from microneedling.core.files import write_text
from microneedling.core.param import provenance
from microneedling.evaluation.clinical_rows import ROWS, ClinicalRow
from microneedling.evaluation.refit import Estimate
from microneedling.scales.clinical import ClinicalMap
from microneedling.study.draws import Draws, draws_text
from microneedling.study.numbers import CLINICAL_MAP

MOVES = ROWS.with_name("clinical_moves.csv")
COLUMNS = ("case", "scale", "tissue", "day", "move")
RECORD = ClinicalMap.__name__
HEAD = """\
# Written by `python -m microneedling.evaluation.clinical_refit validation --write` from evaluation/clinical_rows.csv.
# Studies draw these numbers together, a row of clinical_map.csv each: how much a grade falls in an open series is known
# better than how much of it is tissue.
title = "The clinical map, fitted to its calibration rows"
draws = "clinical_map.csv"

[replace]
"""


def map_text(rows: Sequence[ClinicalRow], estimates: Mapping[str, Estimate]) -> str:
    """The parameter set: medians, 5 and 95 % points, and the sources of the rows each number was told from."""
    lines = []
    for name, one in estimates.items():
        own = [row for row in rows if row.slope == name] or [row for row in rows if row.is_open]
        keys = ", ".join(f'"{key}"' for key in dict.fromkeys(row.source for row in own))
        told = "; ".join(dict.fromkeys(f"{row.scale} {row.time / 86400:g} d" for row in own))
        weak = provenance(ClinicalMap)[name].note.partition("; ")[2]  # after the semicolon: what the rows leave open
        facts = f'spread = "{one.low:.4g} .. {one.high:.4g}", source = [{keys}], where = "{told}", grade = "fitted"'
        lines.append(f'"{RECORD}.{name}" = {{ value = "{one.value:.4g}", {facts}, note = "{weak}" }}')
    return HEAD + "\n".join(lines) + "\n"


def moves_text(rows: Sequence[ClinicalRow], moves: Sequence[float]) -> str:
    """How far the tissue of each row has moved, in the order of the rows."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row, move in zip(rows, moves):
        writer.writerow([row.case, row.scale, row.tissue, f"{row.time / 86400:g}", f"{move:.6g}"])
    return out.getvalue()


def read_moves(rows: Sequence[ClinicalRow], path: Path = MOVES) -> list[float]:
    """The stored x of each row [1].

    Errors: ValueError when they are of other rows.
    Checked by: tests/published/test_clinical_map.py
    """
    with path.open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    wanted = [(row.case, row.scale, row.tissue, f"{row.time / 86400:g}") for row in rows]
    found = [(one["case"], one["scale"], one["tissue"], one["day"]) for one in cells]
    if found != wanted:
        raise ValueError(f"{path.name}: found {len(found)} moves of other rows, allowed those of {ROWS.name}; refit")
    return [float(one["move"]) for one in cells]


def written(
    rows: Sequence[ClinicalRow],
    moves: Sequence[float],
    estimates: Mapping[str, Estimate],
    kept: Mapping[str, np.ndarray],
) -> tuple[Path, ...]:
    """Write parameter set, draws and moves where the package reads them; their paths."""
    draws = Draws(tuple(f"{RECORD}.{name}" for name in kept), np.stack(list(kept.values()), axis=1))
    texts = {
        CLINICAL_MAP: map_text(rows, estimates),
        CLINICAL_MAP.with_suffix(".csv"): draws_text(draws),
        MOVES: moves_text(rows, moves),
    }
    for path, text in texts.items():
        write_text(path, text)
    return tuple(texts)


def beside_shipped(estimates: Mapping[str, Estimate], shipped: Mapping[str, Estimate]) -> list[str]:
    """One line a number: found, shipped, and how far the medians are apart in widths of the shipped interval."""
    lines = []
    for name, one in estimates.items():
        line = f"{name}: {one.value:.3g} ({one.low:.3g} to {one.high:.3g})"
        if name in shipped:
            old = shipped[name]
            apart = abs(one.value - old.value) / (old.high - old.low)
            line += f"; shipped {old.value:.3g} ({old.low:.3g} to {old.high:.3g}), apart by {apart:.0%} of that width"
        lines.append(line)
    return lines


def shipped() -> dict[str, Estimate]:
    """The numbers of the shipped parameter set; none where it is not there yet."""
    if not CLINICAL_MAP.is_file():
        return {}
    full = {f"{RECORD}.{name}": fact for name, fact in provenance(ClinicalMap).items()}
    found = read_parameter_set(CLINICAL_MAP, full)
    return {
        name.removeprefix(f"{RECORD}."): Estimate(value=value, low=fact.spread.low, high=fact.spread.high)
        for name, (value, fact) in found.items()
    }

"""Writes cell_reference.json: the unit cell solved far beyond what is compared, by two tools on two unlike grids.

python benchmarks/cell_reference.py        (needs the `benchmark` extra; ten minutes)
"""

from __future__ import annotations

import dataclasses
import json
import math
import sys
from pathlib import Path
from typing import Any

import cell_ngsolve
import cell_skfem
import numpy as np
from cell_mesh import Grading
from cell_problem import CellProblem, cell_problem, misfit
from cell_steps import march, time_grid

PATH = Path(__file__).with_name("cell_reference.json")
STEP = {  # gradings of the two tools differ in every number
    "NGSolve": Grading((6, 8.0), (6, 30.0), (10, 20.0), (6, 20.0), (4, 12.0), (12, 600.0)),
    "scikit-fem": Grading((8, 3.0), (8, 10.0), (14, 8.0), (8, 9.0), (5, 4.0), (16, 150.0)),
}
COUNTS = (40, 20, 20, 12, 12)


def amounts(p: CellProblem, tool: str, *, order: int, finer: float, steps: float, scheme: int) -> np.ndarray:
    """Amounts (times, compartments) by one tool; nothing counts as closed."""
    module = {"NGSolve": cell_ngsolve, "scikit-fem": cell_skfem}[tool]
    cell = module.Cell(p, module.quadrilaterals(p, STEP[tool].times(finer)), order)
    ends = time_grid(p, tuple(round(steps * n) for n in COUNTS))
    found, factors = march(cell, p, ends, order=scheme, closed=0.0)
    print(f"{tool}, elements of order {order}, {cell.unknowns} unknowns, {factors} factors", flush=True)
    return found


def observed_order(coarse: np.ndarray, middle: np.ndarray, fine: np.ndarray) -> float:
    """Order at which answers settle when the fineness doubles twice: log2 |coarse - middle| / |middle - fine|."""
    return math.log2(misfit(coarse, middle) / misfit(middle, fine))


def orders(p: CellProblem) -> dict[str, float]:
    """Observed order in space by order of element (steps fixed), and in time by order of scheme (mesh fixed)."""
    found = {}
    for order in (1, 2):
        three = [amounts(p, "NGSolve", order=order, finer=f, steps=0.5, scheme=4) for f in (0.5, 1.0, 2.0)]
        found[f"elements of order {order}"] = observed_order(*three)
    for scheme in (2, 3, 4):
        three = [amounts(p, "NGSolve", order=2, finer=0.5, steps=s, scheme=scheme) for s in (0.25, 0.5, 1.0)]
        found[f"steps of order {scheme}"] = observed_order(*three)
    return found


def reference(p: CellProblem) -> dict[str, Any]:
    """The reference, how it was made, how far coarser answers are from it, and the other tool's answer."""
    made: dict[str, Any] = {"tool": "NGSolve", "order": 6, "finer": 2.0, "steps": 4.0, "scheme": 4}
    check: dict[str, Any] = {"tool": "scikit-fem", "order": 3, "finer": 2.0, "steps": 6.0, "scheme": 3}
    best, other = (amounts(p, **settings) for settings in (made, check))
    coarser = amounts(p, **(made | {"order": 4, "finer": 1.0}))
    slower = amounts(p, **(made | {"order": 4, "finer": 1.0, "steps": 8.0}))
    return {
        "problem": dataclasses.asdict(p),
        "made": made | {"grading": dataclasses.astuple(STEP["NGSolve"]), "steps to each output": COUNTS},
        "amounts": best.tolist(),
        "misfit of coarser elements": misfit(coarser, best),
        "misfit of steps against half the steps": misfit(coarser, slower),
        "check": check | {"grading": dataclasses.astuple(STEP["scikit-fem"]), "amounts": other.tolist()},
        "misfit of check": misfit(other, best),
        "observed orders": orders(p),
    }


if __name__ == "__main__":
    kept = reference(cell_problem())
    PATH.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    shown = {key: value for key, value in kept.items() if "misfit" in key or "orders" in key}
    sys.stdout.write(json.dumps(shown, indent=2) + "\n")

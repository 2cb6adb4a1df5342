"""The contenders of `cell.py`, their settings from coarse to fine, and one run of one of them in its own process.

python benchmarks/cell_peers.py NAME NUMBER        prints one line of JSON
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from cell_mesh import Fineness, Grading
from cell_problem import CellProblem, cell_problem
from cell_steps import march, time_grid

OURS = "ours"
REPEATS, LONG = 20, 2.0  # the best of so many runs, or of as many as fit in so many seconds [s] but three
SINGLE = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclasses.dataclass(frozen=True)
class Setting:
    """Mesh, order of the elements, steps up to each output, order of the steps."""

    mesh: Grading | Fineness
    order: int
    counts: tuple[int, ...]
    scheme: int


# the base meshes are those that reach their error with the fewest unknowns, found by trial
_PLAIN = Grading((2, 1.6), (2, 4.0), (3, 2.0), (2, 4.0), (1, 3.0), (4, 18.0))
_VOLUMES = Grading((6, 1.0), (7, 3.0), (9, 3.5), (3, 2.0), (2, 2.0), (15, 20.0))
_NETGEN = Fineness(corneum=15.0, hole=40.0, tissue=250.0, grading=0.6)
_FEW, _SOME, _MORE, _MANY = (3, 2, 1, 1, 1), (4, 3, 2, 1, 1), (5, 4, 3, 2, 1), (9, 6, 5, 3, 3)

SETTINGS: dict[str, tuple[Setting, ...]] = {
    "NGSolve, quadrilaterals": (
        Setting(_PLAIN, 2, _FEW, 2),
        Setting(_PLAIN, 2, _SOME, 2),
        Setting(_PLAIN, 2, _MORE, 2),
        Setting(_PLAIN, 3, _MORE, 3),
        Setting(_PLAIN.times(2), 3, _MANY, 3),
    ),
    "NGSolve, triangles": (
        Setting(_NETGEN, 2, _SOME, 2),
        Setting(_NETGEN, 2, _MORE, 2),
        Setting(_NETGEN, 3, _MORE, 2),
        Setting(_NETGEN.times(2), 3, _MORE, 3),
        Setting(_NETGEN.times(4), 3, _MANY, 3),
    ),
    "scikit-fem, quadrilaterals": (
        Setting(_PLAIN, 2, _FEW, 2),
        Setting(_PLAIN, 2, _SOME, 2),
        Setting(_PLAIN, 2, _MORE, 2),
        Setting(_PLAIN, 3, _MORE, 3),
        Setting(_PLAIN.times(2), 3, _MANY, 3),
    ),
    "FiPy, quadrilaterals": (
        Setting(_VOLUMES.times(0.7), 1, _FEW, 2),
        Setting(_VOLUMES.times(0.7), 1, _SOME, 2),
        Setting(_VOLUMES, 1, _SOME, 2),
        Setting(_VOLUMES, 1, _MORE, 2),
        Setting(_VOLUMES.times(1.5), 1, _MANY, 3),
    ),
}
MODULES = {"NGSolve": "cell_ngsolve", "scikit-fem": "cell_skfem", "FiPy": "cell_fipy"}


def tool(name: str) -> str:
    """The tool a contender stands for."""
    return name.split(",")[0]


def peer(p: CellProblem, name: str, setting: Setting) -> dict[str, Any]:
    """One run of one peer: amounts, seconds of the mesh and of set-up and steps, unknowns, factors."""
    module = importlib.import_module(MODULES[tool(name)])
    make = module.triangles if name.endswith("triangles") else module.quadrilaterals
    begin = time.perf_counter()
    mesh = make(p, setting.mesh)
    meshed = time.perf_counter()
    cell = module.Cell(p, mesh, setting.order)
    amounts, factors = march(cell, p, time_grid(p, setting.counts), order=setting.scheme)
    ended = time.perf_counter()
    times = {"mesh_seconds": meshed - begin, "seconds": ended - meshed}
    return {"amounts": amounts.tolist(), "unknowns": cell.unknowns, "factors": factors} | times


def own(p: CellProblem, setting: Any) -> dict[str, Any]:
    """One run of our solver, its grid included in the seconds."""
    amounts, seconds = importlib.import_module("cell_ours").ours(p, setting)
    return {"amounts": np.asarray(amounts).tolist(), "seconds": seconds}


def best(run: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The fastest of some runs after one to warm up."""
    begin, runs = time.perf_counter(), [run()]
    while len(runs) <= REPEATS and (len(runs) <= 3 or time.perf_counter() - begin < LONG):
        runs.append(run())
    return min(runs[1:], key=lambda found: found["seconds"]) | {"repeats": len(runs)}


def peak_memory() -> float:
    """Most memory this process has had [bytes]. A child's `ru_maxrss` begins at its parent's: Linux is asked first."""
    status = Path("/proc/self/status")
    if status.exists():
        return 1024.0 * next(int(x.split()[1]) for x in status.read_text().splitlines() if x.startswith("VmHWM"))
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * (1 if sys.platform == "darwin" else 1024)


def apart(name: str, number: int) -> dict[str, Any]:
    """What one setting of one contender gives in a process of its own, on one thread."""
    call = [sys.executable, __file__, name, str(number)]
    done = subprocess.run(call, env=os.environ | SINGLE, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name}, setting {number}, failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=[OURS, *SETTINGS])
    parser.add_argument("number", type=int)
    args = parser.parse_args()
    p = cell_problem()
    if args.name == OURS:
        setting = importlib.import_module("cell_ours").SETTINGS[args.number]
        found = best(lambda: own(p, setting))
    else:
        found = best(lambda: peer(p, args.name, SETTINGS[args.name][args.number]))
    print(json.dumps(found | {"memory": peak_memory()}))


if __name__ == "__main__":
    main()

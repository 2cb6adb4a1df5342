"""One channel in its share of skin, 48 h: time and memory at equal error, as ratios in one run.

python benchmarks/cell.py [--error 0.01] [--rounds 2] [--only NAME] [--out FILE]

Every contender runs every setting in a process of its own, on one thread, best of some runs. A peer's seconds are
set-up and steps, without its mesh; ours are all from the problem's data to the amounts. Errors are against
cell_reference.json. Seconds at equal error are read off each contender's settings, straight in logarithms.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from cell_peers import OURS, SETTINGS, apart, tool
from cell_problem import at_equal_error, misfit

FLOORS, TARGETS = {"NGSolve": 4, "scikit-fem": 4, "FiPy": 30}, {"NGSolve": 10, "scikit-fem": 10, "FiPy": 100}
MOST_MEMORY = 300e6  # [bytes]


def contenders(only: str | None) -> dict[str, int]:
    """Names with their number of settings. Ours takes part once `cell_ours.py` stands beside this file."""
    found = {name: len(settings) for name, settings in SETTINGS.items()}
    if importlib.util.find_spec("cell_ours") is None:
        print("ours: left out, since there is no cell_ours.py in this folder", flush=True)
    else:
        found = {OURS: len(importlib.import_module("cell_ours").SETTINGS)} | found
    return {name: count for name, count in found.items() if only is None or only in name}


def measured(names: dict[str, int], reference: np.ndarray, rounds: int) -> dict[str, list[dict[str, Any]]]:
    """All settings of all contenders with their errors: the fastest of some rounds, since machines have other work."""
    turns = [{name: [apart(name, n) for n in range(count)] for name, count in names.items()} for _ in range(rounds)]

    def fastest(name: str, number: int) -> dict[str, Any]:
        return min((turn[name][number] for turn in turns), key=lambda row: row["seconds"])

    return {name: judged(name, [fastest(name, n) for n in range(count)], reference) for name, count in names.items()}


def judged(name: str, rows: list[dict[str, Any]], reference: np.ndarray) -> list[dict[str, Any]]:
    """The settings of one contender with their errors in place of their amounts, printed line by line."""
    for row in rows:
        row["error"] = misfit(np.array(row.pop("amounts")), reference)
        inside = f"{row['seconds']:9.4f} s  mesh {row['mesh_seconds']:.4f} s" if "mesh_seconds" in row else ""
        size = f"  {row['unknowns']:6d} unknowns {row['factors']:4d} factors" if "unknowns" in row else ""
        line = inside or f"{row['seconds']:9.4f} s"
        print(f"  {name:28s} {row['error']:8.1e} {line}{size}  {row['memory'] / 1e6:4.0f} MB", flush=True)
    return rows


def summary(rows: dict[str, list[dict[str, Any]]], error: float) -> dict[str, Any]:
    """Seconds at equal error of each contender, the fastest of each tool, and how many times ours those are."""
    seconds = {
        name: at_equal_error(np.array([r["error"] for r in some]), np.array([r["seconds"] for r in some]), error)
        for name, some in rows.items()
    }
    tools = {t: min(s for name, s in seconds.items() if tool(name) == t) for t in dict.fromkeys(map(tool, seconds))}
    found: dict[str, Any] = {"error": error, "seconds": seconds, "fastest": tools}
    if OURS in tools:
        found["ratios"] = {t: s / tools[OURS] for t, s in tools.items() if t != OURS}
    return found


def told(found: dict[str, Any], rows: dict[str, list[dict[str, Any]]]) -> None:
    """Prints the seconds at equal error, and the ratios beside floor and target."""
    print(f"at an error of {found['error']:g}:")
    for name, seconds in found["seconds"].items():
        said = f"{seconds:9.4f} s" if math.isfinite(seconds) else "not reached by any setting"
        print(f"  {name:28s} {said}")
    for name, ratio in found.get("ratios", {}).items():
        print(f"  {name:12s} {ratio:7.1f} times ours (floor {FLOORS[name]}, target {TARGETS[name]})")
    if OURS in rows:
        most = max(row["memory"] for row in rows[OURS])
        print(f"  memory of ours {most / 1e6:.0f} MB (under {MOST_MEMORY / 1e6:.0f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--error", type=float, default=0.01, help="the error compared at")
    parser.add_argument("--rounds", type=int, default=2, help="how often all of it is measured; the fastest counts")
    parser.add_argument("--only", help="contenders whose name holds this")
    parser.add_argument("--out", help="JSON file to write")
    args = parser.parse_args()
    kept = json.loads(Path(__file__).with_name("cell_reference.json").read_text(encoding="utf-8"))
    reference = np.array(kept["amounts"])
    names = contenders(args.only)
    print(f"error against the reference, which two tools agree on to {kept['misfit of check']:.0e}:", flush=True)
    rows = measured(names, reference, args.rounds)
    found = summary(rows, args.error)
    told(found, rows)
    if args.out:
        versions = {name: version(name) for name in ("ngsolve", "scikit-fem", "fipy", "scipy", "numpy")}
        machine = {"python": platform.python_version(), "processor": platform.machine(), "versions": versions}
        Path(args.out).parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(found | {"settings": rows} | machine, indent=2)
        Path(args.out).write_text(text.replace("Infinity", "null") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

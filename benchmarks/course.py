"""One year, four sessions, one person and sixty-four: time at equal error, as ratios in one run.

python benchmarks/course.py [--people 64] [--out FILE]
"""

from __future__ import annotations

import argparse
import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from peers import scipy_course
from problem import misfit, ours, problem

ERROR = 1e-3
LADDER = (1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5)


def clock(call, repeats: int = 3) -> float:
    """Best of some repeats [s], after one call to warm up."""
    call()
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        call()
        times.append(time.perf_counter() - begin)
    return min(times)


def loosest(make, error_of) -> tuple[float, float]:
    """Loosest tolerance of the ladder that reaches ERROR, and the error it reaches."""
    for tolerance in LADDER:
        error = error_of(make(tolerance)())
        print(f"    tolerance {tolerance:g}: error {error:.2e}", flush=True)
        if error <= ERROR:
            return tolerance, error
    return LADDER[-1], error


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", default="out/benchmarks/course.json")
    parser.add_argument("--people", type=int, default=64)
    args = parser.parse_args()
    p = problem()
    print("reference: our solver at 1e-7, checked against Radau at 1e-6", flush=True)
    reference = fields_of(ours(p, people=1, tolerance=1e-7)())
    check = misfit(p, scipy_course(p, "Radau", 1e-6)(), reference)
    print(f"  reference against Radau: {check:.1e}", flush=True)
    found: dict[str, float] = {"reference_check": check}
    for name, make in {
        "ours": lambda tol: lambda: fields_of(ours(p, people=1, tolerance=tol)()),
        "LSODA": lambda tol: scipy_course(p, "LSODA", tol),
        "BDF": lambda tol: scipy_course(p, "BDF", tol),
    }.items():
        print(name, flush=True)
        tolerance, error = loosest(make, lambda got: misfit(p, got, reference))
        call = ours(p, people=1, tolerance=tolerance) if name == "ours" else make(tolerance)
        found |= {f"{name}_tolerance": tolerance, f"{name}_error": error, f"{name}_seconds": clock(call)}
        print(f"  {name}: {found[f'{name}_seconds']:.3f} s", flush=True)
    half = ours(p, people=args.people // 2, tolerance=found["ours_tolerance"])
    many = clock(lambda: side_by_side(half), 2) / args.people
    found |= {"people": args.people, "ours_batch_seconds_each": many}
    found["ratio_to_faster_peer"] = min(found["LSODA_seconds"], found["BDF_seconds"]) / found["ours_seconds"]
    found["batch_gain"] = found["ours_seconds"] / many
    Path(args.out).parent.mkdir(parents=True, exist_ok=True)
    Path(args.out).write_text(json.dumps(found, indent=2))
    print(json.dumps(found, indent=2))


def side_by_side(call) -> None:
    """Two calls at once, one for each core, as a study runs its arms."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(lambda _: call(), range(2)))


def fields_of(course) -> list[np.ndarray]:
    """Fields of the first person at the output times."""
    return [np.asarray(f) for f in course.fields]


if __name__ == "__main__":
    main()

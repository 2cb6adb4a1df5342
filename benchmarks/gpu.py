"""Ten thousand people for a year in one call on a GPU, by the JAX program: time, memory, agreement with the processor.

python benchmarks/gpu.py [--people 10000] [--out FILE]

Where JAX finds no GPU it says so and ends; nothing is measured on the processor in its place.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

import jax
import numpy as np
from people import OUTPUT, people, some

from microneedling.numerics.native import LANES
from microneedling.simulate.keep import Keep
from microneedling.simulate.native import kept_machine
from microneedling.simulate.native_course import course_on
from microneedling.simulate.simulate import simulate_many

DRAWN = 256  # people drawn; the batch repeats them
AGREEMENT = 1e-6


def device() -> Any | None:
    """The first GPU, or None."""
    try:
        return jax.devices("gpu")[0]
    except RuntimeError:
        return None


def apart(on_gpu: Any, on_processor: Any, moves: tuple[bool, ...]) -> float:
    """Largest difference of the end states of the first people over each field's largest value."""
    worst = 0.0
    for a, b, moved in zip(*map(jax.tree.leaves, (on_gpu.end, on_processor.end)), moves, strict=True):
        if moved:
            a, b = np.asarray(a)[..., :LANES], np.asarray(b)
            worst = max(worst, float(np.max(np.abs(a - b)) / max(np.max(np.abs(b)), 1e-300)))
    return worst


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--out", default="out/benchmarks/gpu.json")
    args = parser.parse_args()
    gpu = device()
    if gpu is None:
        print("skipped: JAX finds no GPU here (it needs the jax[cuda] wheels and a driver)")
        return
    parts = people(DRAWN)
    whole = jax.device_put(some(parts, np.arange(args.people) % DRAWN), gpu)
    keep = Keep(times=OUTPUT, scales=(), fields=False)
    begin = time.perf_counter()
    program = jax.jit(lambda m, s, e: simulate_many(m, s, e, keep, still=parts.still)).lower(*whole).compile()
    compiled, times = time.perf_counter() - begin, []
    for _ in range(2):
        begin = time.perf_counter()
        course = jax.block_until_ready(program(*whole))
        times.append(time.perf_counter() - begin)
    few = some(parts, range(LANES))
    machine = kept_machine(*few, keep, still=parts.still)
    gap = apart(course, course_on(machine, *few, keep=keep), machine.moves)
    memory = (gpu.memory_stats() or {}).get("peak_bytes_in_use")
    found = {
        "people": args.people,
        "compile_seconds": compiled,
        "seconds": min(times),
        "peak_bytes": memory,
        "failed": int(np.sum(np.asarray(course.status) != 0)),
        "apart_from_processor": gap,
        "agrees": gap <= AGREEMENT,
    }
    Path(args.out).parent.mkdir(parents=True, exist_ok=True)
    Path(args.out).write_text(json.dumps(found, indent=2), encoding="utf-8")
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()

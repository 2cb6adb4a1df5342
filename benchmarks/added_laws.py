"""What the laws of the surface cost a course: pigment, relief, pores, follicles, vellus hair and medicines.

python benchmarks/added_laws.py [--repeats 7] [--out FILE]

One year, four sessions, eight people on the native machine; with all laws, and with those components standing still.
What the same issue added inside older laws (the barrier's new states, cold, flow) is in both.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path

import jax
import jax.numpy as jnp
from problem import OUTPUT, problem

from microneedling.laws.standard import LAWS
from microneedling.numerics.native import LANES
from microneedling.scales.standard import standard as scales
from microneedling.simulate.keep import Keep
from microneedling.simulate.native import machine_of
from microneedling.simulate.native_course import course_on
from microneedling.simulate.simulate import one_lane

ADDED = ("Medicine", "Vellus", "Pigment", "Relief", "Pores", "Follicles")
MOST = 1.8  # what the added laws may cost, as a ratio


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", default="out/benchmarks/added_laws.json")
    parser.add_argument("--repeats", type=int, default=7)
    args = parser.parse_args()
    known = {law.owns.__name__ for law in LAWS}
    missing = set(ADDED) - known
    if missing:
        raise SystemExit(f"no such component: {', '.join(sorted(missing))}; there are {', '.join(sorted(known))}")
    calls = {"all laws": prepared(()), "without": prepared(ADDED)}
    times: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(args.repeats):
        for name, call in calls.items():  # in turn, so that what else the computer does meets both
            begin = time.perf_counter()
            call()
            times[name].append(time.perf_counter() - begin)
    seconds = {name: statistics.median(found) for name, found in times.items()}
    found = {
        "seconds": seconds,
        "ratio": seconds["all laws"] / seconds["without"],
        "allowed": MOST,
        "people": LANES,
    }
    Path(args.out).parent.mkdir(parents=True, exist_ok=True)
    Path(args.out).write_text(json.dumps(found, indent=2))
    print(json.dumps(found, indent=2))


def prepared(still: tuple[str, ...]):
    """A call of the whole course with these components left as they are."""
    p = problem()
    model, skin, plan, read = (
        jax.tree.map(lambda x: jnp.repeat(x, LANES, axis=-1), one_lane(tree))
        for tree in (p.model, p.skin, p.plan, scales(actives=("caffeine",)))
    )
    keep = Keep(times=OUTPUT, scales=read)
    machine = machine_of(model, skin, plan, keep, still=still)
    return lambda: course_on(machine, model, skin, plan, keep=keep)


if __name__ == "__main__":
    main()

"""One year, four visits: one person, and 256 people who differ; our time over SciPy's at equal error, in one run.

python benchmarks/course.py [--people 256] [--peer-people 32] [--out FILE]

SciPy's LSODA (banded Jacobian) and BDF (sparse Jacobian) get rate and Jacobian compiled from C, one person's numbers in
one vector. Every contender runs at the loosest tolerance of the ladder that brings the error below 1e-3; for the batch,
that of each of eight people. Sides take turns, so that what else the computer does meets both; processor time is told
beside the clock's. Both sides of the batch use two cores.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(name, "1")  # one core a process, as the comparison says

import jax  # noqa: E402
import numpy as np  # noqa: E402
from equations import Equations  # noqa: E402
from peers import METHODS, Failed, Peer  # noqa: E402
from people import OUTPUT, misfit, people, some  # noqa: E402

from microneedling.numerics.native import LANES  # noqa: E402
from microneedling.simulate.keep import Keep  # noqa: E402
from microneedling.simulate.native import kept_machine  # noqa: E402
from microneedling.simulate.native_course import course_on  # noqa: E402

ERROR = 1e-3
LADDER = (1e-2, 7e-3, 5e-3, 3e-3, 2e-3, 1e-3, 7e-4, 5e-4, 3e-4, 1e-4, 3e-5)
TIGHT, PEER_TIGHT = 1e-7, 1e-9
CHECKED = 8  # people whose error is looked at


class Ours:
    """Our solver for a batch of some width."""

    def __init__(self, parts: Any, lanes: int):
        self.parts, self.lanes = parts, lanes
        given = some(parts, range(min(lanes, parts.skin.step.shape[-1])))
        self.machine = kept_machine(*given, self._keep(1e-3), still=parts.still, lanes=lanes)

    def _keep(self, tolerance: float, *, fields: bool = True) -> Keep:
        return Keep(times=OUTPUT, scales=(), fields=fields, tolerance=tolerance)

    def fields(self, person: int, tolerance: float) -> list[np.ndarray]:
        """The moving fields of one person at the output times."""
        course = course_on(self.machine, *some(self.parts, person), keep=self._keep(tolerance))
        return [f for f, moves in zip(course.fields, self.machine.moves, strict=True) if moves]

    def batch(self, count: int, tolerance: float) -> int:
        """So many people on two threads; how many of them failed."""
        blocks = [some(self.parts, range(n, min(n + self.lanes, count))) for n in range(0, count, self.lanes)]
        keep = self._keep(tolerance)
        with ThreadPoolExecutor(max_workers=2) as pool:
            done = list(pool.map(lambda block: course_on(self.machine, *block, keep=keep), blocks))
        return sum(int(np.sum(one.status != 0)) for one in done)


def timed(call: Callable[[], Any]) -> tuple[float, float]:
    """Seconds by the clock and of the processor."""
    begin, used = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - begin, time.process_time() - used


def loosest(
    fields: Callable[[int, float], list[np.ndarray]], reference: Any, negligible: np.ndarray
) -> dict[str, float]:
    """Loosest tolerance of the ladder at which everybody's error is below ERROR, and the errors it leaves."""
    for tolerance in LADDER:
        found = []
        for person, known in reference.items():
            try:
                found.append(misfit(fields(person, tolerance), known, negligible))
            except Failed:
                found.append(np.inf)
            if found[-1] > ERROR:
                break
        print(f"    tolerance {tolerance:g}: worst error {max(found):.1e}", flush=True)
        if max(found) <= ERROR:
            return {"tolerance": tolerance, "worst_error": max(found), "median_error": statistics.median(found)}
    raise SystemExit("no tolerance of the ladder reaches the error asked for")


def peers_share(task: tuple[str, int, list[int], float]) -> tuple[float, float]:
    """One process's share of the batch, timed without its preparation."""
    method, count, which, tolerance = task
    parts = people(count)
    peer = Peer(Equations(*some(parts, 0)[:2], still=parts.still), method)
    courses = [some(parts, n) for n in which]
    peer.course(courses[0], OUTPUT, tolerance)
    return timed(lambda: [peer.course(one, OUTPUT, tolerance) for one in courses])


def alone(count: int, repeats: int) -> tuple[dict[str, Any], Any]:
    """One person by every contender, in turn; and the references of some people."""
    parts, of = people(count), None
    single, whole = Ours(parts, 1), some(parts, 0)
    of = Equations(*whole[:2], still=parts.still)
    peers = {name: Peer(of, name) for name in METHODS}
    reference = {n: single.fields(n, TIGHT) for n in range(CHECKED)}
    check = misfit(peers["LSODA"].course(whole, OUTPUT, PEER_TIGHT), reference[0], of.negligible)
    print(f"reference: ours at {TIGHT:g}; LSODA at {PEER_TIGHT:g} differs by {check:.1e}", flush=True)
    calls = {"ours": single.fields} | {
        name: lambda n, tol, peer=peer: peer.course(some(parts, n), OUTPUT, tol) for name, peer in peers.items()
    }
    found: dict[str, Any] = {"reference_check": check, "numbers": of.order.n, "band": of.order.band}
    for name, call in calls.items():
        print(f"  {name}, one person", flush=True)
        found[name] = loosest(call, {0: reference[0]}, of.negligible)
    clocks: dict[str, list[tuple[float, float]]] = {name: [] for name in calls}
    for _ in range(repeats):
        for name, call in calls.items():
            clocks[name].append(timed(lambda call=call, name=name: call(0, found[name]["tolerance"])))
    for name, times in clocks.items():
        found[name] |= {"seconds": min(t for t, _ in times), "processor": min(p for _, p in times)}
    fast = min(METHODS, key=lambda name: found[name]["processor"])
    found |= {"faster_peer": fast, **ratios(found[fast], found["ours"])}
    for name, call in calls.items():
        if name in ("ours", fast):
            print(f"  {name}, {CHECKED} people", flush=True)
            found[f"{name}_people"] = loosest(call, reference, of.negligible)
    return found, parts


def ratios(peer: dict[str, float], ours: dict[str, float]) -> dict[str, float]:
    """How many times longer the peer takes."""
    return {f"ratio_{kind}": peer[kind] / ours[kind] for kind in ("seconds", "processor")}


def batch(found: dict[str, Any], parts: Any, counts: tuple[int, int], repeats: int) -> dict[str, Any]:
    """Everybody by our solver on two threads, some by the faster peer in two processes, in turn."""
    (count, few), method = counts, found["faster_peer"]
    many, failed, ours = Ours(parts, LANES), [], []
    tolerances = {name: found[f"{name}_people"]["tolerance"] for name in ("ours", method)}
    shares = [(method, count, list(range(1 + n, 1 + few, 2)), tolerances[method]) for n in range(2)]
    peer = []
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.map(_ready, range(2))
        for n in range(repeats):
            ours.append(timed(lambda: failed.append(many.batch(count, tolerances["ours"]))))
            if n == 0:
                took = pool.map(peers_share, shares, chunksize=1)
                peer.append((max(t for t, _ in took), sum(p for _, p in took)))
    each = {
        "ours": {"seconds": min(t for t, _ in ours) / count, "processor": min(p for _, p in ours) / count},
        method: {"seconds": min(t for t, _ in peer) / few, "processor": min(p for _, p in peer) / few},
    }
    return {"people": count, "peer_people": few, "failed": failed[0], **each, **ratios(each[method], each["ours"])}


def _ready(_: int) -> None:
    """Start a process of the pool."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", default="out/benchmarks/course.json")
    parser.add_argument("--people", type=int, default=256)
    parser.add_argument("--peer-people", type=int, default=32)
    parser.add_argument("--repeats", type=int, default=5)
    args = parser.parse_args()
    jax.config.update("jax_platforms", "cpu")
    found, parts = alone(args.people, args.repeats)
    found["batch"] = batch(found, parts, (args.people, args.peer_people), 2)
    found["load"] = list(os.getloadavg()) if hasattr(os, "getloadavg") else []
    Path(args.out).parent.mkdir(parents=True, exist_ok=True)
    Path(args.out).write_text(json.dumps(found, indent=2), encoding="utf-8")
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()

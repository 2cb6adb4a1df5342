"""Slopes of an outcome by every number of a study, 8 people, one year, four sessions: time against forward runs.

python benchmarks/gradient.py [--repeats 7] [--scale collagen_stain] [--out FILE]

Ratios are medians over repeats in one run, forward and gradient in turn. The first gradient is timed in fresh
processes, once with an empty cache folder and then with what that one left there.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STUDY = """
title = "A year with four sessions"
question = "What does each number do to what is left of the gain?"
horizon = "365 d"
seed = 1
members = 7
[person]
age = "34 y"
sex = "female"
phototype = 3
[site]
card = "cheek"
area = "60 cm2"
[protocol]
name = "needling"
[[protocol.session]]
time = "0 d"
count = 4
interval = "30 d"
device = "skinpen_precision"
depth = "1.5 mm"
dwell = "3 min"
"""
YEAR = 365 * 86400.0


class Clock:
    """Seconds of each piece of work, by name."""

    def __init__(self):
        self.begin, self.seconds = time.perf_counter(), {}

    def lap(self, name: str) -> None:
        """What was done since the last lap has this name."""
        now = time.perf_counter()
        self.seconds[name], self.begin = now - self.begin, now


def prepared(scale: str, clock: Clock):
    """All that a gradient of 8 people needs, timed piece by piece."""
    from microneedling.study import compiled, gradient, gradient_course
    from microneedling.study.build import parts_of
    from microneedling.study.numbers import cards_of, draw, known_numbers
    from microneedling.study.schema import Study

    compiled.ready()
    clock.lap("imports and the machine itself")
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as file:
        file.write(STUDY)
        file.flush()
        study = Study.load(file.name).plain()
    cards = cards_of(study)
    records = draw(known_numbers(cards), members=7, seed=1)
    clock.lap("study and people drawn")
    parts = parts_of(study, cards, records)
    clock.lap("people built (forward needs this too)")
    place = [card.name for card in parts.cards].index(scale)
    asked = gradient.Asked(study, cards, records, parts, place, 0, YEAR)
    way = gradient_course.kept_way(asked)
    clock.lap("course and way back traced")
    person = gradient_course.person_back(asked)
    clock.lap("making of people traced back")
    return asked, way, person


def first(scale: str) -> None:
    """One gradient in a fresh process; prints seconds by piece."""
    from microneedling.study import gradient_course

    clock = Clock()
    gradient_course.block_slopes(*prepared(scale, clock), first=0)
    clock.lap("first gradient")
    print(json.dumps(clock.seconds))


def fresh(scale: str, folder: str) -> dict[str, float]:
    """Seconds of a first gradient in a process of its own with this cache folder."""
    begin = time.perf_counter()
    command = [sys.executable, __file__, "--first", "--scale", scale]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "MICRONEEDLING_CACHE": folder}
    )
    pieces: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return pieces | {"whole process": time.perf_counter() - begin}


def compiling(pieces: dict[str, float]) -> float:
    """What was compiled or traced: all but imports of a started program, drawing and the gradient's own run."""
    return sum(pieces[name] for name in pieces if "traced" in name or "built" in name)


def ratio(scale: str, repeats: int) -> dict[str, float]:
    """Seconds of a forward run and of a gradient of the same batch, in turn, and their ratio."""
    import numpy as np

    from microneedling.simulate.keep import Keep
    from microneedling.simulate.native_course import course_on
    from microneedling.study import gradient_course

    asked, way, person = prepared(scale, Clock())
    model, skin, read, plan = gradient_course.shared(asked)
    keep = Keep(times=np.array([YEAR]), scales=read, fields=False)
    forward, back, found = [], [], None
    for _ in range(repeats + 1):
        clock = Clock()
        course = course_on(way.machine, model, skin, plan, keep=keep)
        clock.lap("forward")
        found = gradient_course.block_slopes(asked, way, person, first=0)
        clock.lap("gradient")
        forward.append(clock.seconds["forward"])
        back.append(clock.seconds["gradient"])
    ratios = [b / f for b, f in zip(back[1:], forward[1:])]  # the first is to warm up
    steps = int(np.max(course.steps))
    fields = sum(v.rows for v, moves in zip(way.machine.stays, way.machine.moves) if moves)
    return {
        "numbers with a slope": sum(bool(np.any(x != 0)) for x in found.slopes.values()),
        "numbers in all": len(found.slopes),
        "forward seconds": statistics.median(forward[1:]),
        "gradient seconds": statistics.median(back[1:]),
        "gradient over forward": statistics.median(ratios),
        "least ratio": min(ratios),
        "largest ratio": max(ratios),
        "steps of the slowest person": steps,
        "trail megabytes": steps * (fields + 2) * 8 * 8 / 1e6,
        "program megabytes": way.machine.program.memory * 8 / 1e6,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", default="out/benchmarks/gradient.json")
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--scale", default="collagen_stain")
    parser.add_argument("--first", action="store_true", help="one gradient, timed by piece (used by the benchmark)")
    args = parser.parse_args()
    if args.first:
        first(args.scale)
        return
    found = {"ratio": ratio(args.scale, args.repeats)}
    with tempfile.TemporaryDirectory() as folder:
        found |= {name: fresh(args.scale, folder) for name in ("cold", "cached")}
    for name in ("cold", "cached"):
        found[name]["compiling and tracing"] = compiling(found[name])
    Path(args.out).parent.mkdir(parents=True, exist_ok=True)
    Path(args.out).write_text(json.dumps(found, indent=2))
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()

"""How long screening takes beside starting up: every example study, read, screened and told of harm.

Start-up is a fresh process that loads what the commands `screen` and `harms` need, and the package's files (rules,
vocabulary, counts, bibliography) read once. Screening is one study file read and checked, its cards read, and every arm
put to every rule; harm is the records of one arm. Medians of several rounds of processor time, which what else the
machine does moves least, as ratios to start-up in the same run.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from microneedling.safety.rule import rules
from microneedling.study.harms import harms
from microneedling.study.numbers import cards_of
from microneedling.study.schema import Study
from microneedling.study.screening import findings

EXAMPLES = Path(__file__).parents[1] / "examples"
READY = "from microneedling.faces import screening, harm; from microneedling.safety.rule import rules; rules()"


def used() -> float:
    """Processor time of this process and of those it has waited for [s]."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one call [s]."""
    begin = used()
    work()
    return used() - begin


def start_up() -> object:
    """A fresh process that gets ready and ends."""
    return subprocess.run([sys.executable, "-c", READY], check=True)


def screened(path: Path) -> object:
    """A study file read, checked and screened."""
    plain = Study.load(path).plain()
    return findings(plain, cards_of(plain))


def harmed(path: Path) -> object:
    """A study file read and checked, and the harm that concerns it."""
    plain = Study.load(path).plain()
    return harms(plain, cards_of(plain))


def main() -> None:
    """Print one line for each example, and the whole."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    paths = sorted(EXAMPLES.glob("*.toml"))
    ready = statistics.median(seconds(start_up) for _ in range(repeats))
    print(f"start-up {ready:.2f} s; {len(rules())} rules; medians of {repeats} rounds, processor time")
    print(f"{'study':28} {'screening':>10} {'of start-up':>12} {'with harm':>10}")
    worst = 0.0
    for path in paths:
        screened(path), harmed(path)  # cards and counts are read once
        took = statistics.median(seconds(lambda: screened(path)) for _ in range(repeats))  # noqa: B023
        told = statistics.median(seconds(lambda: harmed(path)) for _ in range(repeats))  # noqa: B023
        worst = max(worst, took)
        print(f"{path.stem:28} {took:9.3f}s {took / ready:11.1%} {took + told:9.3f}s")
    print(f"slowest screening {worst:.3f} s, {worst / ready:.1%} of start-up")


if __name__ == "__main__":
    main()

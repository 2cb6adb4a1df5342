"""How long page and paper take beside the run they tell of: one study, medians of several rounds of processor time."""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import microneedling as mn
from microneedling.report.document_page import pdf
from microneedling.report.printed import printed
from microneedling.report.render import content_of, report

STUDY = Path(__file__).parents[1] / "examples" / "acne_scars.toml"


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one call [s]."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def main() -> None:
    """Print what the run took, and page and paper as shares of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--study", type=Path, default=STUDY)
    asked = parser.parse_args()
    study = mn.Study.load(asked.study)
    mn.run(study)  # programs are traced and kept
    run = statistics.median(seconds(lambda: mn.run(study)) for _ in range(asked.repeats))
    result = mn.run(study)
    page = statistics.median(seconds(lambda: report(result)) for _ in range(asked.repeats))
    content = content_of(result)
    paper = statistics.median(seconds(lambda: pdf(printed(content))) for _ in range(asked.repeats))
    print(f"{asked.study.stem}: run {run:.2f} s; page {page / run:.1%} of it, paper {paper / run:.1%}")


if __name__ == "__main__":
    main()

"""Answers and what they rest on, made by hand: for tables, pages and commands that need no course."""

import dataclasses

import numpy as np

from microneedling.core.param import Provenance
from microneedling.core.spread import Spread
from microneedling.scales.scale import Card
from microneedling.study.coordinates import Coordinate
from microneedling.study.elasticities import Drawn, Sensitivity, ranked
from microneedling.study.indices import Index, Indices
from microneedling.study.slopes import Slopes

STAIN = Card("collagen_stain", "Stained collagen", "1", "1", 0.0, 10.0)


def number(name, value=1.0, low=0.5, high=2.0, *, grade="assumed", varies="knowledge"):
    """A number of unit 1 with a range."""
    spread = Spread("range", low, high)
    facts = Provenance("1", ("lotfi2013",), "p. 1", spread, grade, "a note", varies, "", f"what {name} is")
    return Coordinate(name, value, low, high, facts)


@dataclasses.dataclass(frozen=True)
class Arm:
    """As much of an arm as a page names."""

    name: str = "needling"


@dataclasses.dataclass(frozen=True)
class Plain:
    """As much of a study as a page names."""

    title: str = "A visit"
    site: str = "cheek"
    seed: int = 1
    members: int = 8
    arms: tuple = (Arm(),)


@dataclasses.dataclass(frozen=True)
class Asked:
    """As much of an inquiry as a page needs."""

    plain: Plain = Plain()
    scale: Card = STAIN
    time: float = 60 * 86400.0
    findings: tuple = ()
    override: str = ""
    known: dict = dataclasses.field(default_factory=dict)

    def said(self):
        return 'Stained collagen in "needling", change from its start'


NUMBERS = (
    number("Law.rate", grade="assumed"),
    number("Law.gain", 2.0, 1.0, 4.0, grade="fitted"),
    number("sites/cheek.shift", -1.0, -3.0, 1.0, grade="measured in people", varies="people"),
    number("Law.idle"),
)


def example():
    """Three numbers that move the outcome, one that does not; the first with its ends simulated."""
    slopes = Slopes(0.3, {"Law.rate": 0.1, "Law.gain": -0.02, "sites/cheek.shift": 0.01}, "central differences")
    found = ranked(slopes, NUMBERS, {})
    ends = {"Law.rate": (0.2, 0.5), "Law.gain": (0.35, float("nan"))}
    return Sensitivity(
        asked=Asked(),
        value=0.3,
        influences=tuple(dataclasses.replace(one, ends=ends.get(one.number.name)) for one in found),
        silent=1,
        exact=5,
        method=slopes.method,
        drawn=Drawn(low=0.1, median=0.31, high=0.6, members=64, failed=1, foretold=0.8),
    )


def example_indices():
    """Two numbers on their own, two that are drawn together."""
    ends = np.array([-0.05, 0.0, 0.05])
    rows = (
        Index(name="Law.rate", grade="assumed", first=0.5 + ends, total=0.6 + ends),
        Index(name="healing numbers, drawn together", grade="", first=0.3 + ends, total=0.4 + ends),
        Index(name="Law.gain", grade="fitted", first=0.2 + ends, total=None, inside=True),
    )
    interval = np.array([0.1, 0.3, 0.6])
    return Indices(rows=rows, interval=interval, samples=64, runs=320, redrawn=7, failed=1)

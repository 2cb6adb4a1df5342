"""The space a calibration moves in: one standard normal coordinate for each fitted number and each study's effect."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from microneedling.core.param import Provenance
from microneedling.core.sourced import Sourced
from microneedling.laws.admission import admitted
from microneedling.study.numbers import CIRCUIT, numbers_at

KINDS = ("size", "time")  # what a study can do differently from the model: sizes, and times


@dataclasses.dataclass(frozen=True, kw_only=True)
class Space:
    """Coordinates: first the numbers in the order of `names`, then for each study its effect on sizes and on times.

    The prior is a standard normal in every coordinate, given that rest heals (laws/admission.py).
    """

    names: tuple[str, ...]
    values: np.ndarray
    facts: tuple[Provenance, ...]
    studies: tuple[str, ...]
    central: Mapping[str, Any]

    @property
    def size(self) -> int:
        """Number of coordinates."""
        return len(self.names) + len(KINDS) * len(self.studies)

    def numbers(self, z: np.ndarray) -> np.ndarray:
        """The fitted numbers in SI (particle, number) of points z (particle, coordinate)."""
        columns = [numbers_at(fact, value, z[:, n]) for n, (value, fact) in enumerate(zip(self.values, self.facts))]
        return np.array(columns).T

    def effects(self, z: np.ndarray, kind: str) -> dict[str, np.ndarray]:
        """Each study's effect of one kind, in standard deviations (particle,)."""
        first = len(self.names) + KINDS.index(kind) * len(self.studies)
        return {study: z[:, first + n] for n, study in enumerate(self.studies)}

    def records(self, z: np.ndarray) -> dict[str, Any]:
        """All records of the model, the fitted numbers as arrays (particle,)."""
        return with_numbers(self.central, self.names, self.numbers(z))

    def admitted(self, z: np.ndarray) -> np.ndarray:
        """Does rest heal? (particle,)"""
        records = self.records(z)
        return np.asarray(admitted({name: records[name] for name in CIRCUIT}))


def with_numbers(central: Mapping[str, Any], names: Sequence[str], numbers: np.ndarray) -> dict[str, Any]:
    """Records with some numbers replaced: `numbers` (person, number) by full name."""
    changes: dict[str, dict[str, np.ndarray]] = {}
    for n, name in enumerate(names):
        record, field = name.rsplit(".", 1)
        changes.setdefault(record, {})[field] = np.array(numbers[:, n])
    return {name: dataclasses.replace(one, **changes.get(name, {})) for name, one in central.items()}


def space_of(known: Mapping[str, Sourced[Any]], names: Sequence[str], *, studies: Sequence[str] = ()) -> Space:
    """The space of some numbers.

    Args:
        known: every record with its provenance
        names: full names of the numbers to fit
        studies: sources whose rows are fitted

    Checked by: tests/unit/fitting/test_space.py
    """
    pairs = [name.rsplit(".", 1) for name in names]
    return Space(
        names=tuple(names),
        values=np.array([float(getattr(known[record].record, field)) for record, field in pairs]),
        facts=tuple(known[record].facts[field] for record, field in pairs),
        studies=tuple(studies),
        central={name: one.record for name, one in known.items()},
    )

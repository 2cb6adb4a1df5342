"""Everything a fit needs, from a folder of cases."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from microneedling.fitting.cases import FitCase, Forward, Omitted, cases_of
from microneedling.fitting.fit import Task, rows_of
from microneedling.fitting.likelihood import RowErrors
from microneedling.fitting.scope import Scope, read_scope
from microneedling.fitting.space import Space, space_of


@dataclasses.dataclass(frozen=True, kw_only=True)
class Assembled:
    """The task, its scope, and the calibration rows that take no part."""

    task: Task
    scope: Scope
    omitted: tuple[Omitted, ...]


def assembled(folder: Path, *, scope: Scope | None = None, errors: RowErrors | None = None) -> Assembled:
    """The calibration of a folder of cases.

    Numbers of all cases are the same but for their cards, so the space is that of the laws and read-outs; each case
    takes its own site, device and person beside them.

    Args:
        folder: holds one folder a case
        scope: numbers and read-outs; the shipped one when left out
        errors: what is assumed of errors

    Errors: ObservedError, StudyError, CardError, ValueError for bad input.
    Checked by: tests/unit/fitting/test_cases.py
    """
    chosen, assumed = scope or read_scope(), errors or RowErrors()
    cases, omitted = cases_of(folder, chosen)
    rows = rows_of(cases, assumed)
    studies = tuple(dict.fromkeys(row.row.source for row in rows))
    for study in studies:
        chosen.key(study)  # a source without a key is told before the long part
    space = space_of(cases[0].known, chosen.fitted(cases[0].known), studies=studies)
    forward = {case.name: Forward(case) for case in cases}

    def say(case: FitCase, records: Mapping[str, Any]) -> np.ndarray:
        return forward[case.name](_in_case(case, space, records))

    return Assembled(
        task=Task(cases=cases, rows=rows, space=space, errors=assumed, say=say), scope=chosen, omitted=omitted
    )


def records_for(case: FitCase, space: Space, z: np.ndarray) -> dict[str, Any]:
    """A case's records with the fitted numbers of points z (particle, coordinate)."""
    return _in_case(case, space, space.records(z))


def _in_case(case: FitCase, space: Space, records: Mapping[str, Any]) -> dict[str, Any]:
    """The fitted records, beside the case's own site, device and person."""
    fitted = dict.fromkeys(name.rsplit(".", 1)[0] for name in space.names)
    return {**{name: one.record for name, one in case.known.items()}, **{name: records[name] for name in fitted}}

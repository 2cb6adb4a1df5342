"""The same physical things written in other base units: the dimensions of an equation checked by its numbers.

A law that is right gives the same physics whatever the units are. So all its inputs are restated in other base
units, and its answer must change by its own declared unit. A bare number with a dimension ("/ 3600") cannot pass.
"""

import dataclasses
import re

import jax

from microneedling.core.state import State

BASE = {"m": 3.0, "kg": 5.0, "s": 7.0, "mol": 11.0}  # size of the old base unit in the new one; no two alike
DERIVED = {"Hz": {"s": -1}}
_WORD = re.compile(r"^([A-Za-z]+)(-?\d+)?$")


def exponents(unit):
    """{"m": -2, "mol": 1} for "mol m-2"."""
    found = {}
    for word in unit.split():
        if word == "1":
            continue
        name, power = _WORD.match(word).groups()
        for base, inner in DERIVED.get(name, {name: 1}).items():
            found[base] = found.get(base, 0) + inner * int(power or 1)
    return found


def factor(unit, base=None):
    """What a number in `unit` is multiplied by."""
    known = base or BASE
    product = 1.0
    for name, power in exponents(unit).items():
        product *= known[name] ** power
    return product


def unit_of(field):
    """Declared unit of a record's field, or none."""
    facts = field.metadata.get("provenance") or field.metadata.get("state")
    return None if facts is None else facts.unit


def restated(tree, per_time=False, base=None):
    """The record, state or event in other base units; `per_time` for its time derivative."""
    known = base or BASE
    if isinstance(tree, State):
        return State(parts={name: restated(part, per_time, known) for name, part in tree.parts.items()})
    if isinstance(tree, tuple):
        return tuple(restated(part, per_time, known) for part in tree)
    new = {}
    for field in dataclasses.fields(tree):
        if field.metadata.get("static"):
            continue
        new[field.name] = _value(getattr(tree, field.name), field, per_time, known)
    return dataclasses.replace(tree, **new)


def _value(value, field, per_time, base):
    if value is None or (isinstance(value, tuple) and not value):
        return value
    records = value if isinstance(value, tuple) else (value,)
    if records and all(dataclasses.is_dataclass(part) for part in records):
        return restated(value, per_time, base)
    unit = unit_of(field)
    if unit is None:
        raise TypeError(f"{field.name} has no unit")
    by = factor(unit, base) / (base["s"] if per_time else 1.0)
    return jax.tree.map(lambda x: x * by, value)

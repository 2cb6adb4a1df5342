"""Paths between blood, lymph, oxygen and healing that a study may turn off and on, so that claims about them are tested."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import jax
import jax.numpy as jnp

# name in a study file -> record, its field, and the path in words
SWITCHES: dict[str, tuple[str, str, str]] = {
    "flow_clears_debris": ("InflammatoryCircuit", "flow_clears", "higher blood flow clears debris faster"),
    "oxygen_limits_synthesis": ("OxygenBalance", "switch", "oxygen limits the synthesis of collagen"),
    "flow_drives_lymph": ("VesselResponse", "flow_drains", "higher blood flow drives lymph"),
    "inflammation_changes_closure": (
        "ChannelClosure",
        "inflammation_acts",
        "inflammation changes how fast channels reseal",
    ),
    "blood_flow_rises": ("VesselResponse", "beta", "blood flow rises after an injury"),
}
# switches of an answer that has a size of its own: the value is a share of these numbers, not their replacement
SCALED: dict[str, tuple[str, ...]] = {"blood_flow_rises": ("beta", "flare")}


def switched(records: Any, values: Mapping[str, float]) -> Any:
    """The same records with some paths switched, wherever in them a path's number stands.

    Numbers only are replaced or scaled, in their shapes, so that a course compiled once serves every setting.

    Args:
        records: a model, scales, or any record or tuple of records
        values: setting by name of SWITCHES, 0 (path off) to 1 (path on); names left out stay as they are

    Returns: records of the same structure.
    Checked by: tests/unit/laws/test_switches.py
    """
    if not values:
        return records
    changes: dict[str, dict[str, tuple[float, bool]]] = {}
    for name, value in values.items():
        record, field, _ = SWITCHES[name]
        for one in SCALED.get(name, (field,)):
            changes.setdefault(record, {})[one] = (value, name in SCALED)
    return _changed(records, changes)


def _changed(node: Any, changes: Mapping[str, Mapping[str, tuple[float, bool]]]) -> Any:
    if isinstance(node, tuple):
        return tuple(_changed(one, changes) for one in node)
    if not dataclasses.is_dataclass(node) or isinstance(node, type):
        return node
    mine = changes.get(type(node).__name__, {})
    new = {}
    for field in dataclasses.fields(node):
        value = getattr(node, field.name)
        new[field.name] = _set(value, *mine[field.name]) if field.name in mine else _changed(value, changes)
    return dataclasses.replace(node, **new)


def _set(old: Any, value: float, is_scaled: bool) -> jax.Array:
    number = jnp.asarray(old, dtype=float)
    return number * value if is_scaled else jnp.full_like(number, value)

"""Which fields nothing ever moves between events, read off the rate's own trace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.extend
import numpy as np

PASSED_ON = frozenset({"broadcast_in_dim", "convert_element_type", "reshape", "copy"})


def unmoved(
    rate: Callable[[Sequence[jax.Array]], Sequence[jax.Array]], fields: Sequence[jax.Array]
) -> tuple[bool, ...]:
    """True for each field whose rate is written as nothing, whatever the state.

    Such a field (a sum of doses, a film's own drying rate) need not be marched; it stays to the last digit.

    Args:
        rate: fields -> their time derivatives, in the same order
        fields: arrays of the right shapes

    Returns: one answer per field; a rate that only happens to be zero counts as moving.
    Checked by: tests/unit/numerics/test_still.py
    """
    closed = jax.make_jaxpr(lambda ys: list(rate(ys)))(list(fields))
    made = {out: eqn for eqn in closed.jaxpr.eqns for out in eqn.outvars}
    known = dict(zip(closed.jaxpr.constvars, closed.consts))
    return tuple(_is_nothing(atom, made, known) for atom in closed.jaxpr.outvars)


def _is_nothing(atom: Any, made: dict[Any, Any], known: dict[Any, Any]) -> bool:
    if isinstance(atom, jax.extend.core.Literal):
        return bool(np.all(np.asarray(atom.val) == 0))
    if atom in known:
        return not isinstance(known[atom], jax.core.Tracer) and bool(np.all(np.asarray(known[atom]) == 0))
    eqn = made.get(atom)
    return eqn is not None and eqn.primitive.name in PASSED_ON and _is_nothing(eqn.invars[0], made, known)

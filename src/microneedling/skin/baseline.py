"""What of a person is to be treated, as numbers the skin carries: lines, scars, pores, striae, pigment, hair."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.struct import struct
from microneedling.skin.person import BASELINE


def _start(name: str) -> Any:
    unit, meaning, _ = BASELINE[name]
    return param(default=0.0, unit=unit, spread="exact", grade="inferred", note="0: none there", meaning=meaning)


@struct
class Baseline:
    """A person's own description before any treatment; zero where there is nothing to treat.

    These numbers do not evolve: what evolves is how much of them is filled, plugged or growing (laws/relief.py,
    laws/pores.py, laws/follicles.py), and scales put both together.
    """

    line_depth: float = _start("line_depth")
    line_width: float = _start("line_width")
    rolling_scar_volume: float = _start("rolling_scar_volume")
    boxcar_scar_volume: float = _start("boxcar_scar_volume")
    icepick_scar_volume: float = _start("icepick_scar_volume")
    pore_area: float = _start("pore_area")
    stria_width: float = _start("stria_width")
    melanin_index: float = _start("melanin_index")
    hair_density: float = _start("hair_density")


def baseline_of(written: Mapping[str, float] | None = None) -> Baseline:
    """The baseline a person's description gives; what it does not name is zero.

    Args:
        written: SI numbers by the names of BASELINE (skin/person.py)

    Returns: Baseline of arrays (), so that people can be mapped over.
    Errors: TypeError for a name that is not one of BASELINE.
    Checked by: tests/unit/skin/test_baseline.py
    """
    given = dict.fromkeys(BASELINE, 0.0) | dict(written or {})
    arrays: dict[str, Any] = {name: jnp.asarray(value, dtype=float) for name, value in given.items()}
    return Baseline(**arrays)

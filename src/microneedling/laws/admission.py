"""Which sets of healing numbers describe skin that heals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.struct import struct
from microneedling.laws.collagen import CollagenTurnover
from microneedling.laws.inflammation import InflammatoryCircuit
from microneedling.laws.repair import FibroblastActivation


@struct
class Admission:
    """Limits a set of healing numbers must keep.

    Source: background trial of the equations; 100 % of prior draws within the first limit heal in 90 days.
    Checked by: tests/unit/laws/test_admission.py
    """

    # fmt: off
    slowest: float = param(default="-0.05 d-1", unit="s-1", spread="exact", grade="inferred", note="slowest return to rest that still counts as healing", meaning="largest growth rate about rest")
    locking: float = param(default=0.8, unit="1", spread="exact", grade="inferred", note="above 1 tissue can lock into fibrosis; 0.8 keeps normal skin away", meaning="largest fibrosis gain")
    # fmt: on


def growth_matrix(circuit: InflammatoryCircuit, repair: FibroblastActivation) -> jax.Array:
    """The rest state linearised in N, M₁, M₂, Q, T, F (6, 6) [s-1]; fast debris follows the signal and is left out."""
    c, r, o = circuit, repair, jnp.zeros(())
    rows = [
        [-c.d_N, o, o, c.s_N / c.K_N, o, o],
        [o, -c.k12 - c.d1, o, c.s_Q / c.K_M, c.s_T / c.K_T, o],
        [o, c.k12, -c.d2, o, o, o],
        [c.s_N2, c.s_1, o, -c.d_Q, o, o],
        [o, o, r.s_T2, o, -r.d_T, r.s_F],
        [o, o, o, o, r.p_F * r.F_q / r.K_F, -r.d_F],
    ]
    return jnp.stack([jnp.stack([jnp.asarray(x, dtype=jnp.float64) for x in row]) for row in rows])


def admitted(records: Mapping[str, Any], limits: Admission | None = None) -> jax.Array:
    """Does this set heal? Rest steady fast enough, no fibrosis switch, mature collagen's source not negative.

    Args:
        records: law by class name, numbers ()

    Returns: () bool.
    Checked by: tests/unit/laws/test_admission.py
    """
    limit = limits or Admission()
    circuit: InflammatoryCircuit = records["InflammatoryCircuit"]
    repair: FibroblastActivation = records["FibroblastActivation"]
    collagen: CollagenTurnover = records["CollagenTurnover"]
    slowest = jnp.max(jnp.linalg.eigvals(growth_matrix(circuit, repair)).real)
    return (slowest < limit.slowest) & (repair.locking() < limit.locking) & (collagen.steady_source() >= 0)

"""Which sets of healing numbers describe skin that heals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from microneedling.core.param import param
from microneedling.core.struct import replace, struct
from microneedling.laws.collagen import CollagenTurnover
from microneedling.laws.inflammation import InflammatoryCircuit
from microneedling.laws.repair import FibroblastActivation

DAY = 86400.0
OWN = 1 / 3  # power to which a tied number's own draw counts: about a factor of 1.5 either way [1]


@struct
class Admission:
    """Limits a set of healing numbers must keep.

    Source: trial of the equations over 3000 draws; every draw within the first limit healed in 90 days.
    Checked by: tests/unit/laws/test_admission.py
    """

    # fmt: off
    slowest: float = param(default="-0.05 d-1", unit="s-1", spread="exact", grade="inferred", note="slowest return to rest that still counts as healing", meaning="largest growth rate about rest")
    clearing: float = param(default="0.05 d-1", unit="s-1", spread="exact", grade="inferred", note="debris that clears itself more slowly keeps a puncture inflamed for months; the same limit as for the return to rest", meaning="smallest clearance of debris by itself")
    locking: float = param(default=0.8, unit="1", spread="exact", grade="inferred", note="above 1 tissue can lock into fibrosis; 0.8 keeps normal skin away", meaning="largest fibrosis gain")
    # fmt: on


def growth_matrix(circuit: InflammatoryCircuit, repair: FibroblastActivation) -> np.ndarray:
    """The rest state linearised in N, M₁, M₂, Q, T, F (..., 6, 6) [s-1].

    Debris follows the signal it makes and decays by itself, so it cannot sustain the circuit and is left out.
    """
    c, r = circuit, repair
    shape = np.shape(c.d_N)
    o = np.zeros(shape)
    rows = [
        [-c.d_N, o, o, c.s_N / c.K_N, o, o],
        [o, -c.k12 - c.d1, o, c.s_Q / c.K_M, c.s_T / c.K_T, o],
        [o, c.k12, -c.d2, o, o, o],
        [c.s_N2, c.s_1, o, -c.d_Q, o, o],
        [o, o, r.s_T2, o, -r.d_T, r.s_F],
        [o, o, o, o, r.p_F * r.F_q / r.K_F, -r.d_F],
    ]
    square = np.array([[np.broadcast_to(np.asarray(x, dtype=float), shape) for x in row] for row in rows])
    return np.moveaxis(square, (0, 1), (-2, -1))


def locking(repair: FibroblastActivation) -> np.ndarray:
    """B = max over F of p_F a (F_q + F)(1 - F)/(d_F (1 + a F)), a = s_F/(d_T K_F) [1].

    Below 1 activated fibroblasts always return to rest; above 1 tissue can lock into fibrosis. Normal skin: below 0.8.
    """
    r = repair
    a = np.asarray(r.s_F / (r.d_T * r.K_F))[..., None]
    p, q, d = (np.asarray(x)[..., None] for x in (r.p_F, r.F_q, r.d_F))
    F = np.linspace(0.0, 1.0, 401)
    return np.max(p * a * (q + F) * (1 - F) / (d * (1 + a * F)), axis=-1)


def admitted(records: Mapping[str, Any], limits: Admission | None = None) -> np.ndarray:
    """Does this set heal? Rest steady fast enough, debris cleared, no fibrosis switch, mature collagen not unmade.

    Args:
        records: law by class name, numbers () or (people,)

    Returns: bool of the numbers' shape.
    Checked by: tests/unit/laws/test_admission.py
    """
    limit, found = limits or Admission(), measures(records)
    heals = (found["slowest"] < limit.slowest) & (found["clearing"] >= limit.clearing)
    return np.asarray(heals & (found["locking"] < limit.locking) & (found["source"] >= 0))


def measures(records: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """What admission looks at: "slowest" growth rate, "clearing" and "source" of mature collagen [s-1], "locking" [1]."""
    circuit: InflammatoryCircuit = records["InflammatoryCircuit"]
    repair: FibroblastActivation = records["FibroblastActivation"]
    collagen: CollagenTurnover = records["CollagenTurnover"]
    return {
        "slowest": np.linalg.eigvals(growth_matrix(circuit, repair)).real.max(axis=-1),
        "clearing": np.asarray(circuit.k_X),
        "locking": locking(repair),
        "source": np.asarray(collagen.steady_source()),
    }


def obstacles(records: Mapping[str, Any], limits: Admission | None = None) -> tuple[str, ...]:
    """Why one set does not describe skin that heals, each with the number found and its limit; empty when it does.

    Checked by: tests/unit/laws/test_admission.py
    """
    limit = limits or Admission()
    found = {name: float(value) for name, value in measures(records).items()}
    rates = {name: f"{value * DAY:.3g} d-1" for name, value in found.items()}
    said = {
        f"rest is not steady: largest growth rate about rest (N, M1, M2, Q, T, F) {rates['slowest']}, allowed below "
        f"{limit.slowest * DAY:.3g} d-1": not found["slowest"] < limit.slowest,
        f"a puncture never heals: debris clears itself (InflammatoryCircuit.k_X) at {rates['clearing']}, allowed "
        f"{limit.clearing * DAY:.3g} d-1 or more": not found["clearing"] >= limit.clearing,
        f"tissue locks into fibrosis: gain of FibroblastActivation {found['locking']:.3g}, allowed below "
        f"{limit.locking:g}": not found["locking"] < limit.locking,
        f"mature collagen would be unmade at rest: its source (CollagenTurnover) {rates['source']}, allowed 0 or more": (
            not found["source"] >= 0
        ),
    }
    return tuple(sentence for sentence, is_so in said.items() if is_so)


def tied(records: Mapping[str, Any], central: Mapping[str, Any]) -> dict[str, Any]:
    """Healing numbers with the combinations the timing data fix held near their fitted values.

        r₀ (1 + g) p_F F_q/(d_F r_q)   and   s_T2 s_Q/(d_T K_M)   keep the central value, up to r₀'s and s_T2's own draw

    Single numbers are known within factors of ten, these two products (height of collagen synthesis, drive of TGF-beta)
    much better, so independent draws would claim synthesis a hundredfold too high or low.

    Args:
        records: drawn laws by class name, numbers (people,)
        central: the same with the values themselves

    Returns: the records with `r0` and `s_T2` moved onto the tied products; what was drawn for them counts to the power 1/3.
    Checked by: tests/unit/laws/test_admission.py
    """

    def drive(r: Mapping[str, Any]) -> Any:
        circuit, repair = r["InflammatoryCircuit"], r["FibroblastActivation"]
        return circuit.s_Q / (repair.d_T * circuit.K_M)

    def height(r: Mapping[str, Any]) -> Any:
        repair, collagen = r["FibroblastActivation"], r["CollagenTurnover"]
        return (1 + collagen.g) * repair.p_F * repair.F_q / (collagen.r_q * repair.d_F)

    repair, collagen = records["FibroblastActivation"], records["CollagenTurnover"]
    s0, r0 = central["FibroblastActivation"].s_T2, central["CollagenTurnover"].r0
    s_T2 = s0 * (repair.s_T2 / s0) ** OWN * drive(central) / drive(records)
    made = r0 * (collagen.r0 / r0) ** OWN * height(central) / height(records)
    return {
        **records,
        "FibroblastActivation": replace(repair, s_T2=s_T2),
        "CollagenTurnover": replace(collagen, r0=made),
    }

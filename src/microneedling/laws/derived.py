"""What follows for one active in one skin: every property with its formula, inputs, source and range."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import jax.numpy as jnp

from microneedling.formulation.active import Active
from microneedling.laws.brick import brick
from microneedling.laws.correlation import LayerCorrelations
from microneedling.laws.derived_barrier import charge, corneum, size
from microneedling.laws.derived_tissue import tissue, vessels, whole
from microneedling.laws.property import Case, Derived, Value, first
from microneedling.laws.validity import ranges_of
from microneedling.skin.skin import Skin

GROUP = 14.0  # an acid with a higher pKa, or a base with one below -14, is not there


def derived(active: Active, *, skin: Skin, ph: Value, correlations: LayerCorrelations) -> tuple[Derived, ...]:
    """Every property the drug law draws from an active's few numbers, computed by the functions the law uses.

    Args:
        active: the substance
        skin: grid and layers; excised skin counts as hydrated, living skin as partly hydrated
        ph: of the film
        correlations: numbers of the layer model

    Returns: the properties in the order of the path, from the film to the blood.
    Source: each names its own. Checked by: tests/unit/laws/test_derived.py
    """
    c = Case(active, skin, ph, correlations)
    found = quantities(active, ph=ph, correlations=correlations, wet=skin.hydrated)
    rows = (*charge(c), *size(c), *corneum(c), *tissue(c), *vessels(c), *whole(c))
    return tuple(_judged(one, found) for one in rows)


def quantities(active: Active, *, ph: Value, correlations: LayerCorrelations, wet: Value) -> dict[str, float]:
    """The quantities that laws/validity.py judges, of the first person [SI]."""
    acid, base = first(active.pka_acid) < GROUP, first(active.pka_base) > -GROUP
    step = brick(active, correlations, jnp.asarray(wet))
    charged = _charged(active, correlations.tissue_ph) if acid and base and first(active.fu) < 0 else 0.0
    return {
        "molar mass": first(active.molar_mass),
        "log Kow": first(active.log_kow),
        "R": first(step.resistance),
        f"solute over fibril radius, {'hydrated' if first(wet) > 0.5 else 'partly hydrated'}": first(step.ratio),
        "ionised share of an acid or a zwitterion in the film": _charged(active, ph) if acid else 0.0,
        "ionised share of a zwitterion in tissue": charged,
    }


def _charged(active: Active, ph: Value) -> float:
    """Share that carries any charge; a zwitterion carries two."""
    neutral = 1 / (1 + 10 ** (first(ph) - first(active.pka_acid)))
    return 1 - neutral / (1 + 10 ** (first(active.pka_base) - first(ph)))


def _judged(row: Derived, found: Mapping[str, float]) -> Derived:
    ranges = [one for one in ranges_of(row.symbol) if one.quantity in found]
    valid = "; ".join(f"{one.quantity} {one.span()}" for one in ranges) or "not stated by the source"
    return dataclasses.replace(row, valid=valid, in_range=all(one.holds(found[one.quantity]) for one in ranges))

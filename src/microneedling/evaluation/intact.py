"""What the model's people say about published permeabilities of intact skin, row by row, in closed form."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from microneedling.core import units
from microneedling.core.card import read_card
from microneedling.core.catalogue import path_of
from microneedling.core.param import provenance
from microneedling.core.sourced import Sourced, sourced
from microneedling.evaluation import score
from microneedling.evaluation.permeability_rows import PermeabilityRow, PermeabilitySet
from microneedling.formulation.active import FU_ESTIMATE, NO_ACID, NO_BASE, Active
from microneedling.laws.correlation import LayerCorrelations
from microneedling.laws.solute import transport_of
from microneedling.laws.steady import log_permeability
from microneedling.skin.site import Site
from microneedling.skin.skin import REFERENCE_AGE, YEAR, Preparation, skin_of
from microneedling.study.numbers import spread_out

PRINTED = units.read("1 cm h-1", "m s-1")  # collections print log10 of cm/h
NEUTRAL_PH = 7.0  # rows in use are not ionisable, so the donor's pH does not matter
MOLECULE = ("molar_mass", "molar_volume", "log_kow")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Foretold:
    """One row beside its prediction: 5, 50 and 95 % points of log10 permeability over people and knowledge."""

    row: PermeabilityRow
    low: float
    median: float
    high: float

    @property
    def miss(self) -> float:
        """How far the observation lies outside the interval, in powers of ten; 0 inside, positive above."""
        return score.miss(self.low, self.high, self.row.log_permeability)


def foretold(the_set: PermeabilitySet, *, correlations: Sourced[LayerCorrelations] | None = None) -> list[Foretold]:
    """Prediction of every row in use, from the numbers and spreads a study of excised skin draws.

    Args:
        the_set: rows and how their skin was mounted
        correlations: numbers of the layer model; the standard ones when left out

    Returns: one record a row in use, in order.
    Checked by: tests/unit/evaluation/test_intact.py
    """
    logs = _logs(the_set, correlations or sourced(LayerCorrelations()))
    points = np.quantile(logs[:, 1:], [0.05, 0.5, 0.95], axis=1).T
    return [
        Foretold(row=row, low=float(low), median=float(median), high=float(high))
        for row, (low, median, high) in zip(the_set.used, points, strict=True)
    ]


def central(the_set: PermeabilitySet, correlations: LayerCorrelations) -> np.ndarray:
    """log10 permeability (rows in use,) of the central person with given numbers, for fitting and its tests."""
    site = read_card(path_of("sites", the_set.site), Site).known.record
    fixed = jax.tree.map(lambda x: np.atleast_1d(np.asarray(x, dtype=float)), (correlations, site))
    return _mapped(the_set.used, the_set, (*fixed, np.zeros(1)))[:, 0]


def _logs(the_set: PermeabilitySet, correlations: Sourced[LayerCorrelations]) -> np.ndarray:
    """log10 permeability (rows in use, 1 + members), the central person first."""
    site = read_card(path_of("sites", the_set.site), Site).known
    people = [spread_out(known, the_set.members, seed=the_set.seed) for known in (correlations, site, prior())]
    return _mapped(the_set.used, the_set, (*people[:2], people[2].permeability_shift))


def prior() -> Sourced[Active]:
    """An active of which nothing is measured on skin: the shift of its permeability has the spread all cards have."""
    unknown = Active(molar_mass=1.0, log_kow=0.0, molar_volume=1.0)  # size and partition are those of each row
    return Sourced("prior", unknown, {"permeability_shift": provenance(Active)["permeability_shift"]})


def _mapped(rows: Sequence[PermeabilityRow], the_set: PermeabilitySet, people: tuple[Any, ...]) -> np.ndarray:
    """log10 permeability (rows, people) of every row in every person."""
    molecules = {name: jnp.asarray([getattr(row, name) for row in rows]) for name in MOLECULE}
    thickness = jnp.asarray([the_set.mounted(row) for row in rows])
    return np.asarray(_grid(molecules, thickness, jax.tree.map(jnp.asarray, people)))


@jax.jit
def _grid(molecules: Mapping[str, jax.Array], thickness: jax.Array, people: tuple[Any, ...]) -> jax.Array:
    over_people = jax.vmap(_one, in_axes=(None, None, 0))
    return jax.vmap(over_people, in_axes=(0, 0, None))(molecules, thickness, people)


def _one(molecule: Mapping[str, jax.Array], thickness: jax.Array, person: tuple[Any, ...]) -> jax.Array:
    correlations, site, shift = person
    mount = Preparation(thickness=thickness, alive=0.0)  # type: ignore[arg-type]
    skin = skin_of(site, age=REFERENCE_AGE * YEAR, preparation=mount)
    charge: dict[str, Any] = {**molecule, "pka_acid": NO_ACID, "pka_base": NO_BASE, "fu": FU_ESTIMATE}
    active = Active(**charge, permeability_shift=shift)
    transport = transport_of(active, skin=skin, ph=NEUTRAL_PH, correlations=correlations)
    return log_permeability(transport, skin, unit=PRINTED)

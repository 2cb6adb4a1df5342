"""The course every contender integrates: one year, four sessions with a gel, standard laws."""

from __future__ import annotations

import dataclasses
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from microneedling.laws import standard as laws
from microneedling.laws.correlation import LayerCorrelations
from microneedling.laws.solute import transport_of
from microneedling.numerics.packed import Layout
from microneedling.protocol.plan import Timed, plan
from microneedling.simulate.keep import Keep
from microneedling.simulate.simulate import field_meanings, one_lane, simulate_many
from microneedling.skin.skin import YEAR, skin_of
from microneedling.study.cards import card
from microneedling.treatments.insertion import Insertion
from microneedling.treatments.needling import Needling
from microneedling.treatments.topical import Topical, Wipe

DAY = 86400.0
OUTPUT = np.array([0.5, 1.0, 3.0, 7.0, 29.0, 31.0, 60.5, 88.0, 91.0, 120.0, 180.0, 270.0, 364.0]) * DAY


@dataclasses.dataclass(frozen=True)
class Problem:
    """Model, skin, plan of one person, and how fields are laid out."""

    model: Any
    skin: Any
    plan: Any
    layout: Layout
    tree: Any
    negligible: np.ndarray


def problem() -> Problem:
    """One person, one active, four sessions 30 days apart."""
    site, device = card("sites", "cheek").known.record, card("devices", "skinpen_precision").known.record
    gel, active = card("vehicles", "hydrogel").known.record, card("actives", "caffeine").known.record
    skin = skin_of(site, age=35 * YEAR)
    moved = transport_of(active, skin=skin, ph=gel.ph, correlations=LayerCorrelations())
    model = laws.standard(actives=(moved,), names=("caffeine",))
    pen = Needling(
        device=device,
        insertion=Insertion(),
        depth=1.5e-3,
        dwell=180.0,
        passes=0.0,
        frequency=device.frequency,
        area=60e-4,
        family="pen",
        actives=1,
    )
    timed = []
    for n in range(4):
        t = 30 * DAY * n
        timed += [Timed(t, pen), Timed(t + 300, Topical(vehicle=gel, film=50e-6, concentrations=(10.0,)))]
        timed += [Timed(t + DAY, Wipe(actives=1))]
    course = plan(timed, skin, end=365 * DAY, begin=-DAY, actives=1)
    start = model.start(skin)
    leaves, tree = jax.tree.flatten(start)
    layout = Layout(tuple(jnp.ndim(y) > 0 for y in leaves), skin.step.shape[0])
    sizes = np.array([meaning.negligible for _, meaning in field_meanings(start)])
    return Problem(model, skin, course, layout, tree, sizes)


def ours(p: Problem, *, people: int, tolerance: float):
    """A compiled call of our solver for `people` like persons; returns fields at OUTPUT of the first."""
    keep = Keep(times=OUTPUT, scales=(), fields=True, tolerance=tolerance)

    def copies(tree: Any) -> Any:
        return jax.tree.map(lambda x: jnp.repeat(x, people, axis=-1), one_lane(tree))

    args = (copies(p.model), copies(p.skin), copies(p.plan))
    call = jax.jit(lambda m, s, e: simulate_many(m, s, e, keep)).lower(*args).compile()
    return lambda: jax.block_until_ready(call(*args))


def misfit(p: Problem, fields: list[np.ndarray], reference: list[np.ndarray]) -> float:
    """Largest over fields of the L2 error over all outputs relative to the field's L2 norm.

    Fields almost gone at all outputs are held against a thousand times the size that is negligible to the model.
    """
    worst = 0.0
    for f, r, tiny in zip(fields, reference, p.negligible):
        norm = max(float(np.linalg.norm(r)), 1e3 * tiny * np.sqrt(r.size))
        worst = max(worst, float(np.linalg.norm(f - r)) / norm)
    return worst

"""What the actives in the tissue do to the rates of other laws."""

from __future__ import annotations

from collections.abc import Callable

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import static, struct
from microneedling.formulation.effects import Effects
from microneedling.numerics.flux import integral, lagged
from microneedling.skin.components import Drug, Solute
from microneedling.skin.skin import Skin


@struct
class ActiveEffects:
    """Factor on a named rate from all actives that state an effect on it.

        factor = max(0, 1 + Σ E c/(c½ + c)),   c total concentration in tissue

    Effects of several actives add; nobody has measured them together. `felt` names, per entry of `effects`, which
    solute of the drug law it is and which rates it changes, so that a law without such an active is not tied to the drug.

    Checked by: tests/unit/laws/test_active_effects.py
    """

    effects: tuple[Effects, ...] = ()
    leaks: tuple[jax.Array, ...] = param(default=(), unit="1", meaning="area of the polar leak by depth, by solute")
    felt: tuple[tuple[int, tuple[str, ...]], ...] = static(default=())

    def by_depth(self, name: str, state: State) -> jax.Array:
        """The factor from the concentration at each depth (depth,), or 1 () when no active changes this rate."""
        return self._factor(name, lambda solute: solute.tissue, state)

    def over(self, name: str, state: State, skin: Skin, where: jax.Array) -> jax.Array:
        """The factor from the mean concentration where `where` is 1 (), for a rate of a whole layer."""
        room = integral(where, skin.step)
        return self._factor(name, lambda solute: integral(solute.tissue * where, skin.step) / room, state)

    def loosening(self, state: State, skin: Skin) -> jax.Array:
        """Rate at which actives take the cohesion of corneocytes () [s-1], 0 when none does.

            λ = Σ E c/(c½ + c),   c = c_SC + q w

        c_SC is what the free form, which alone enters the lipids, leaves in the stratum corneum: an acid in a neutral
        film hardly gets there. w is the concentration in the water of the corneum, in every form, which counts with
        the active's own q.
        """
        room, total = integral(skin.corneum, skin.step), jnp.zeros(())
        for one, (solute, names) in zip(self.effects, self.felt):
            if "cohesion" in names:
                s = state[Drug].solutes[solute]
                inside = s.tissue + one.cohesion_charged * s.polar / self.leaks[solute]
                c = jnp.maximum(lagged(integral(inside * skin.corneum, skin.step) / room), 0.0)
                total = total + one.cohesion * c / (one.cohesion_half + c)
        return total

    def _factor(self, name: str, level: Callable[[Solute], jax.Array], state: State) -> jax.Array:
        total = jnp.ones(())
        for one, (solute, names) in zip(self.effects, self.felt):
            if name in names:
                c = jnp.maximum(lagged(level(state[Drug].solutes[solute])), 0.0)
                total = total + getattr(one, name) * c / (getattr(one, f"{name}_half") + c)
        return jnp.maximum(total, 0.0)

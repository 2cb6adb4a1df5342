"""Hair follicles: terminal or miniaturised, growing or resting."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.laws.columns import mean, saturating
from microneedling.laws.effects import ActiveEffects
from microneedling.numerics.flux import integral
from microneedling.skin.components import Follicles, Vessels, Wound
from microneedling.skin.event import Event
from microneedling.skin.skin import Skin

CYCLE = "hair_cycle_pages"


@struct
class FollicleCycle:
    """Share T of follicles that are terminal, and share G of these that grow, under a growth signal S (rest 1).

        S  = 1 + m (n h(V̄/K_V) + E - 1)
        T' = (T₀ S (1 - T) - (1 - T₀) T)/τ_T
        G' = S (1 - G)/τ_r - G/τ_a,      G₀ = τ_a/(τ_a + τ_r)

    V̄ is the vessel growth factor of healing in the dermis that follicles cross, E the factor of actives (minoxidil) from
    their concentration in the dermis, m the person's modifier. The signal ends rest early and turns miniaturised
    follicles terminal; without it both shares are as the person brought them: the slow loss of androgenetic alopecia is
    not modelled. Needles and actives add; that actives reach further through channels is the drug law's.

    Source: messenger2004 (minoxidil shortens rest and enlarges follicles); courtois1994 (longer rest in alopecia).
    Checked by: tests/contracts/test_laws.py, tests/plain, tests/oracles/test_surface.py
    """

    # fmt: off
    growing_time: float = param(default="3 year", unit="s", source=CYCLE, where="2 to 6 years; 3 to 5 in men", spread="2 .. 6", grade="measured in people", note="general reviews; shorter in thinning scalps, which is not told apart here", varies="people", meaning="τ_a, growth of a terminal hair")
    resting_time: float = param(default="95 d", unit="s", source=("scalp_sections", CYCLE), where="92.2 % growing, 7.8 % not; telogen about 3 months", spread="60 .. 150", grade="inferred", note="from the growing share and a growth of 3 years: 93 d", varies="people", meaning="τ_r, rest of a terminal follicle")
    terminal_share: float = param(default=0.94, unit="1", source="scalp_sections", where="terminal to vellus 15 : 1", spread="0.85 .. 0.97", grade="measured in people", varies="people", meaning="terminal share of a full head of hair")
    turning_time: float = param(default="60 d", unit="s", source=("price1999", "olsen2007"), where="back to placebo 24 weeks after minoxidil is stopped; most of the gain by week 16", spread="30 .. 120", grade="fitted", note="a tenth left after 20 weeks; fitted with the numbers of minoxidil", meaning="τ_T, turn between miniaturised and terminal")
    by_needling: float = param(default=1.6, unit="1", source="ahmed2025", where="SMD 1.32 (0.73 to 1.92) of hair count, needling with minoxidil over minoxidil alone", spread="0.5 .. 5", grade="fitted", note="fitted to the pooled effect at 24 weeks with fortnightly needling; needle length made no difference there", meaning="n, largest signal from needling")
    half_vegf: float = param(default=0.02, unit="1", spread="0.005 .. 0.1", grade="assumed", note="low, so that the signal saturates and length hardly matters, as pooled trials found; size unknown", meaning="K_V, VEGF at half of it")
    reach: float = param(default="1.65 mm", unit="m", source="jimenez2011", where="infundibulum 0.76 mm, isthmus 0.89 mm", spread="1.2 .. 2.1", grade="measured in people", varies="people", meaning="depth of the bulge, down to which a follicle feels signals")
    # fmt: on
    effects: ActiveEffects = ActiveEffects()

    owns = Follicles

    def start(self, skin: Skin) -> Follicles:
        full, own = skin.site.terminal_hair, skin.baseline.hair_density
        bears = jnp.where(full > 0, full, 1.0)  # where only vellus hair grows nothing is terminal, below
        covered = jnp.where(own > 0, jnp.minimum(1.0, own / bears), 1.0)
        terminal = jnp.where(full > 0, self.terminal_share * covered, 0.0)
        growing = jnp.asarray(self.growing_time / (self.growing_time + self.resting_time))
        return Follicles(terminal=terminal, growing=growing, terminal_at_rest=terminal, growing_at_rest=growing)

    def jump(self, state: State, event: Event, skin: Skin) -> Follicles:
        return state[Follicles]

    def rate(self, state: State, skin: Skin) -> Follicles:
        now, signal = state[Follicles], self.signal(state, skin)
        rest, none = now.terminal_at_rest, jnp.zeros(())
        turned = rest * signal * (1 - now.terminal) - (1 - rest) * now.terminal
        cycled = signal * (1 - now.growing) / self.resting_time - now.growing / self.growing_time
        return Follicles(
            terminal=skin.alive * turned / self.turning_time,
            growing=skin.alive * cycled,
            terminal_at_rest=none,
            growing_at_rest=none,
        )

    def signal(self, state: State, skin: Skin) -> jax.Array:
        """S, the growth signal a follicle feels, relative to rest ()."""
        where = skin.dermis * (skin.depth < self.reach)
        vegf = mean(state[Vessels].columns, state[Wound].fraction).vegf
        felt = integral(vegf * where, skin.step) / integral(where, skin.step)
        healing = self.by_needling * saturating(felt, self.half_vegf)
        return jnp.maximum(0.0, 1 + skin.modifiers.hair * (healing + self._active(state, skin) - 1))

    def _active(self, state: State, skin: Skin) -> jax.Array:
        return self.effects.over("hair", state, skin, skin.dermis)

"""What lies on the skin: a film that dries, occlusion, and cold."""

from __future__ import annotations

import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.skin.components import Cover
from microneedling.skin.event import Event
from microneedling.skin.skin import Skin


@struct
class FilmDrying:
    """The volatile part of a film evaporates unless it is covered; what is left concentrates the actives.

        dL/dt = -k_e (1 - o) L

    Films laid over each other share one evaporation rate, weighted by their volatile thickness. An ointment covers by
    itself; wiping it off ends that. Cold is on or off (`event.cooled`); what it does to vessels is theirs (laws/vessels.py).

    Source: first-order drying; rates are the vehicles' own.
    Checked by: tests/contracts/test_laws.py
    """

    # fmt: off
    leak: float = param(default=0.02, unit="1", spread="0 .. 0.1", grade="assumed", note="share of evaporation that goes on under a cover", meaning="what a cover lets through")
    # fmt: on

    owns = Cover

    def start(self, skin: Skin) -> Cover:
        none = jnp.zeros(())
        return Cover(film=none, residue=none, evaporation=none, occlusion=none, cold=none)

    def jump(self, state: State, event: Event, skin: Skin) -> Cover:
        now = state[Cover]
        film = now.film * (1 - event.wiped) + event.film
        weighed = now.film * (1 - event.wiped) * now.evaporation + event.film * event.evaporation
        fresh = (event.film > 0) & (film > 0)
        return Cover(
            film=film,
            residue=now.residue * (1 - event.wiped) + event.residue,
            evaporation=jnp.where(fresh, weighed / jnp.where(fresh, film, 1.0), now.evaporation),
            occlusion=jnp.clip(now.occlusion * (1 - event.wiped) + event.covered, 0.0, 1.0),
            cold=jnp.clip(now.cold + event.cooled, 0.0, 1.0),
        )

    def rate(self, state: State, skin: Skin) -> Cover:
        now = state[Cover]
        none = jnp.zeros(())
        open_air = 1 - (1 - self.leak) * now.occlusion
        return Cover(
            film=-now.evaporation * open_air * now.film, residue=none, evaporation=none, occlusion=none, cold=none
        )

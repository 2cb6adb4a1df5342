"""The epidermis on its own, everything else at rest: its courses cost milliseconds and no compiling of the whole."""

import dataclasses

import jax
import numpy as np
from scipy.integrate import solve_ivp
from tissue import DAY, card, model_of, nothing

from microneedling.core.state import State
from microneedling.laws.epidermis import EpidermalRenewal
from microneedling.skin.site import Site
from microneedling.skin.skin import YEAR, skin_of


class Regrowth:
    """One person's epidermis after an event, by another program's solver."""

    def __init__(self, site="volar_forearm", *, age=35.0, modifiers=None, effects=None, **numbers):
        self.skin = skin_of(card("sites", site, Site), age=age * YEAR, modifiers=modifiers)
        law = EpidermalRenewal(**numbers)
        model = model_of(self.skin, EpidermalRenewal=law)
        (self.law,) = [one for one in model.laws if isinstance(one, EpidermalRenewal)]
        if effects is not None:
            self.law = dataclasses.replace(self.law, effects=effects)
        self.rest = model.start(self.skin)

    def after(self, days, *, start=None, **event):
        """States at these days after an event with these fields; `start` is the state it meets, rest if left out."""
        happened = dataclasses.replace(nothing(self.skin, 0), **{k: np.asarray(v) for k, v in event.items()})
        state = start or self.rest
        part = self.law.jump(state, happened, self.skin)
        leaves, tree = jax.tree.flatten(part)
        moved = jax.jit(lambda *y: jax.tree.leaves(self.law.rate(self._with(state, tree.unflatten(y)), self.skin)))

        def rate(_, y):
            return np.array([float(x) for x in moved(*y)])

        y, times = np.array([float(x) for x in leaves]), np.asarray(days, dtype=float) * DAY
        # steps of at most six hours: births turn within a day
        end = max(times[-1], 1.0)
        found = solve_ivp(rate, (0.0, end), y, "LSODA", t_eval=times, rtol=1e-8, atol=1e-10, max_step=DAY / 4)
        assert found.success
        return [self._with(state, tree.unflatten(list(one))) for one in found.y.T]

    def read(self, scale, states):
        """A scale at each state."""
        return np.array([float(scale.read(state, self.skin)) for state in states])

    def _with(self, state, part):
        return State(parts=state.parts | {"Epidermis": part})

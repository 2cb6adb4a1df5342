"""One needling and one film on excised skin in both forms, over density, depth and molecule size at once."""

import functools

import jax
import jax.numpy as jnp
import numpy as np
from tissue import card

from microneedling.core.struct import replace, struct
from microneedling.formulation.active import Active
from microneedling.laws.channels import ChannelClosure
from microneedling.laws.correlation import LayerCorrelations
from microneedling.laws.cover import FilmDrying
from microneedling.laws.drug import Permeation
from microneedling.laws.epidermis import EpidermalRenewal
from microneedling.laws.inflammation import InflammatoryCircuit
from microneedling.laws.model import Model
from microneedling.laws.solute import transport_of
from microneedling.laws.vessels import VesselResponse
from microneedling.protocol.plan import Plan
from microneedling.scales.amounts import Amount
from microneedling.simulate.keep import Keep
from microneedling.simulate.resolved import Setting, resolved
from microneedling.simulate.simulate import simulate_many
from microneedling.skin.event import no_event
from microneedling.skin.site import Site
from microneedling.skin.skin import YEAR, Preparation, skin_of

HOUR, MICRON = 3600.0, 1e-6
THICK, FILM, STRENGTH = 1e-3, 1e-3, 50.0  # skin in the cell [m], film [m], its concentration [mol m-3]


@struct
class Still:
    """A component that stays as the law it stands for starts it."""

    law: object

    @property
    def owns(self):
        return self.law.owns

    def start(self, skin):
        return self.law.start(skin)

    def jump(self, state, event, skin):
        return state[self.law.owns]

    def rate(self, state, skin):
        return jax.tree.map(lambda x: 0.0 * x, state[self.law.owns])


def made(name, density, depth, *, mouth=30 * MICRON, alive=0.0):
    """(model, skin, plan) of one person: conical channels of a mouth radius, a given depth [m] and density [m-2]."""
    mount = Preparation(alive=alive, thickness=THICK)
    skin = skin_of(card("sites", "abdomen", Site), age=40 * YEAR, preparation=mount)
    solute = transport_of(card("actives", name, Active), skin=skin, ph=7.0, correlations=LayerCorrelations())
    radius = mouth * jnp.clip(1 - skin.depth / depth, 0.0, 1.0)
    area = 1 - jnp.exp(-density * jnp.pi * radius**2)
    event = replace(
        no_event(skin, 1),
        pierced=area,
        relaxed=area,
        radius=jnp.maximum(radius, MICRON),
        punctures=jnp.asarray(density),
        relaxed_depth=jnp.asarray(depth),
        dosed=(jnp.asarray(STRENGTH * FILM),),
        residue=jnp.asarray(FILM),
    )
    still = [Still(law=law()) for law in (EpidermalRenewal, InflammatoryCircuit, VesselResponse)]
    laws = (ChannelClosure(), FilmDrying(), Permeation(actives=(solute,), names=("active",)), *still)
    events = jax.tree.map(lambda x: jnp.asarray(x, dtype=float)[None], event)
    return Model(laws=laws), skin, Plan(times=jnp.zeros(1), events=events, end=jnp.asarray(48 * HOUR))


@functools.cache
def both_forms(cases, alive=0.0):
    """What left the skin and what still lies on it after 24 and 48 h in both forms, for (active, density, depth) cases.

    It leaves excised skin to the receptor, living skin to the blood.

    Returns: (depth form, resolved), each (case, 2 places, 2 times) as shares of the dose.
    """
    stacked = jax.tree.map(
        lambda *xs: jnp.stack([jnp.asarray(x, dtype=float) for x in xs], axis=-1),
        *(made(*one, alive=alive) for one in cases),
    )
    model, skin, plan = stacked
    times = np.array([0.0, 24 * HOUR, 48 * HOUR])
    places = ("blood" if alive else "receptor", "on_skin")
    scales = tuple(Amount(place=place, active="active") for place in places)
    course = jax.jit(lambda m, s, p: simulate_many(m, s, p, Keep(times=times, scales=scales, fields=False)))(
        model, skin, plan
    )
    fast = np.moveaxis(np.asarray(course.readings)[1:], -1, 0) / (STRENGTH * FILM)  # (case, time, place)
    setting = Setting(0, lambda time: np.zeros(skin.step.shape[0]))
    slow = resolved(model, skin, plan, setting, people=range(len(cases)))
    at = [int(np.argmin(abs(slow.times - t))) for t in times[1:]]
    exact = np.stack([slow.amounts[place][:, at] for place in places], axis=-1) / (STRENGTH * FILM)
    return fast, exact, slow

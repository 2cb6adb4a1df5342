"""What every law promises, each promise a function that fails when it is broken. Faults are planted against these."""

import dataclasses

import jax
import jax.numpy as jnp
import numpy as np
from restate import restated
from tissue import flat, nothing, paths

from microneedling.core.state import State
from microneedling.laws.model import Model
from microneedling.numerics.flux import integral
from microneedling.simulate.simulate import field_meanings
from microneedling.skin.components import Wound
from microneedling.skin.skin import YEAR

ROUNDING = 1e-12  # [1] a few hundred roundings of double precision
CANCELLING = 1e-9  # [1] the same where large flows nearly cancel
DIFFERENCES = 2e-5  # [1] error of central differences with a step of 1e-6


def own(law, part):
    """One component as a state of its own."""
    return State(parts={law.owns.__name__: part})


def law_of(model, cls):
    """The model's law of a class or a subclass of it."""
    return next(law for law in model.laws if isinstance(law, cls))


def gap(a, b):
    """Largest difference of two records, field by field relative to the field's own size."""
    worst = 0.0
    for x, y in zip(jax.tree.leaves(a), jax.tree.leaves(b), strict=True):
        x, y = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(y, dtype=float))
        size = max(np.max(np.abs(x)), np.max(np.abs(y)))
        worst = max(worst, float(np.max(np.abs(x - y)) / size)) if size > 0 else worst
    return worst


def rest_is_steady(law, rest, skin):
    """A year without events moves nothing by as much as a millionth of what would be negligible."""
    start = own(law, rest.parts[law.owns.__name__])
    moved = jax.tree.leaves(law.rate(rest, skin))
    for (path, meaning), rate in zip(field_meanings(start), moved, strict=True):
        drift = float(np.max(np.abs(np.asarray(rate)))) * YEAR
        assert drift <= 1e-6 * meaning.negligible, f"{path} drifts by {drift:.1e} {meaning.unit} in a year"


def zero_event_is_identity(law, state, skin, actives=1):
    """The event in which nothing happens changes nothing, to the last digit."""
    before, after = own(law, state.parts[law.owns.__name__]), own(law, law.jump(state, nothing(skin, actives), skin))
    for path, x, y in zip(paths(before), jax.tree.leaves(before), jax.tree.leaves(after), strict=True):
        assert np.array_equal(np.broadcast_to(y, np.shape(x)), x), f"{path} changes at the zero event"


def order_does_not_matter(model, state, event, skin):
    """Laws see the same state, so any order of them gives the same."""
    other = Model(laws=model.laws[::-1])
    assert np.array_equal(flat(model.jump(state, event, skin)), flat(other.jump(state, event, skin)))
    assert np.array_equal(flat(model.rate(state, skin)), flat(other.rate(state, skin)))
    assert np.array_equal(flat(model.start(skin)), flat(other.start(skin)))


def zero_is_never_left_downwards(law, state, skin):
    """A field that is zero somewhere has no rate below zero there, however busy all else is."""
    name = law.owns.__name__
    leaves, tree = jax.tree.flatten(state.parts[name])
    for n, (path, _) in enumerate(field_meanings(own(law, state.parts[name]))):
        for every in (1, 2, 3):
            here = np.arange(np.size(leaves[n])).reshape(np.shape(leaves[n])) % every == 0
            emptied = [jnp.where(here, 0.0, x) if i == n else x for i, x in enumerate(leaves)]
            part = tree.unflatten(emptied)
            rate = jax.tree.leaves(law.rate(State(parts=state.parts | {name: part}), skin))[n]
            lowest = float(np.min(np.where(here, np.asarray(rate), 0.0)))
            assert lowest >= 0.0, f"{path} is driven below zero ({lowest:.1e} per second)"


def jumps_stay_in_range(law, state, event, skin):
    """After an event nothing is negative, and no area fraction is above one."""
    after = own(law, law.jump(state, event, skin))
    for (path, meaning), x in zip(field_meanings(after), jax.tree.leaves(after), strict=True):
        assert np.all(np.isfinite(x)) and np.min(x) >= 0.0, f"{path} is below zero after an event"
        fraction = "area fraction" in meaning.meaning or "share" in meaning.meaning or "open area" in meaning.meaning
        assert not fraction or np.max(x) <= 1.0 + ROUNDING, f"{path} is above one after an event"


def columns_of(component):
    """The two columns of a component, or none."""
    return getattr(component, "columns", None)


def amounts(columns, fraction):
    """Area mean of each healing field."""
    return jax.tree.map(lambda a, b: fraction * a + (1 - fraction) * b, columns.wounded, columns.rest)


def columns_join_without_loss(law, state, event, skin):
    """New punctures move tissue from rest to wounded; only declared debris is added."""
    now, w = columns_of(state.parts[law.owns.__name__]), state[Wound].fraction
    halo = event.halo * skin.alive
    after = w + halo - w * halo
    before, then = amounts(now, w), amounts(columns_of(law.jump(state, event, skin)), after)
    if hasattr(before, "debris"):
        before = dataclasses.replace(before, debris=before.debris + halo * event.debris * skin.living)
    assert gap(before, then) < ROUNDING


def columns_exchange_without_loss(law, state, skin):
    """However fast columns exchange, return and diffuse, the amounts over both and over depth change the same."""
    slow = _amount_rates(law, state, skin, law.columns)
    other = jax.tree.map(lambda x: 7.0 * x, law.columns)
    fast = _amount_rates(dataclasses.replace(law, columns=other), state, skin, other)
    assert gap(slow, fast) < CANCELLING


def _amount_rates(law, state, skin, numbers):
    """Rate of ∫ (w x_w + (1 - w) x_r) dz for each healing field, with w' = -k_w w."""
    now, w = columns_of(state.parts[law.owns.__name__]), state[Wound].fraction
    rates = columns_of(law.rate(state, skin))
    turned = jax.tree.map(lambda a, b: -numbers.returning * w * (a - b), now.wounded, now.rest)
    whole = jax.tree.map(lambda x, y: x + y, amounts(rates, w), turned)
    return jax.tree.map(lambda x: integral(x, skin.step), whole)


def even_columns(state, law):
    """The same state with one area fraction at all depths, so that diffusion along depth sees one area."""
    even = Wound(fraction=jnp.full_like(state[Wound].fraction, 0.3))
    return State(parts=state.parts | {"Wound": even})


def solute_is_conserved(law, state, event, skin):
    """What was applied is on the skin, in tissue, channels or leak, in blood, lymph or receptor, or wiped off."""
    for s in law.rate(state, skin).solutes:
        flows = [abs(float(np.max(np.abs(integral(jnp.abs(x), skin.step))))) for x in (s.tissue, s.channel, s.polar)]
        assert abs(_missing(s, skin)) <= ROUNDING * (max(flows) + abs(float(s.on_skin))), "lost or made on the way"
    now, after = state.parts["Drug"].solutes, law.jump(state, event, skin).solutes
    for a, b in zip(now, after, strict=True):
        assert abs(_missing(b, skin) - _missing(a, skin)) <= ROUNDING * float(b.applied), "lost or made at an event"


def _missing(s, skin):
    inside = integral(s.tissue + s.channel + s.polar + s.depot, skin.step)
    gone = s.blood + s.lymph + s.metabolised + s.receptor + s.wiped
    return float(s.applied - (s.on_skin + inside + gone))


def units_are_homogeneous(law, state, event, skin):
    """Restated in other base units, rate, jump and start change by their own declared units."""
    other, there, moved = restated(law), restated(state), restated(skin)
    assert gap(restated(law.rate(state, skin), per_time=True), other.rate(there, moved)) < CANCELLING, "rate"
    assert gap(restated(law.jump(state, event, skin)), other.jump(there, restated(event), moved)) < CANCELLING, "jump"
    assert gap(restated(law.start(skin)), other.start(moved)) < CANCELLING, "start"


def gradients_are_differences(law, state, skin, seed=0):
    """The derivative by all numbers and all fields at once is finite and equals a central difference."""
    leaves, tree = jax.tree.flatten((law, state))
    leaves = [jnp.asarray(x, dtype=float) for x in leaves]
    draw = np.random.default_rng(seed)
    along = [x * draw.uniform(-1.0, 1.0, np.shape(x)) for x in leaves]

    def rate(*xs):
        one, there = tree.unflatten(xs)
        return jax.tree.leaves(one.rate(there, skin))

    slope = jax.jvp(rate, tuple(leaves), tuple(along))[1]
    high = rate(*(x + 1e-6 * d for x, d in zip(leaves, along)))
    low = rate(*(x - 1e-6 * d for x, d in zip(leaves, along)))
    assert all(np.all(np.isfinite(s)) for s in slope), "a derivative is not finite"
    assert gap(slope, [(a - b) / 2e-6 for a, b in zip(high, low)]) < DIFFERENCES


def people_do_not_mix(law, state, event, skin, together):
    """Two people in lanes get what each would get alone."""
    pair, states, events, skins = together(law), together(state), together(event), together(skin)
    for both, alone in (
        (pair.rate(states, skins), law.rate(state, skin)),
        (pair.jump(states, events, skins), law.jump(state, event, skin)),
        (pair.start(skins), law.start(skin)),
    ):
        for x, y in zip(jax.tree.leaves(both), jax.tree.leaves(alone), strict=True):
            first = x[..., 0] if np.ndim(x) > np.ndim(y) else x
            assert gap([first], [y]) < ROUNDING

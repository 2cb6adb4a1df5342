"""Vessels against closed forms: the flare's two exponentials, the balance of filtration and lymph, cold on and off."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from tissue import cheek, model_of

from microneedling.core.state import State
from microneedling.core.struct import replace
from microneedling.laws.vessels import VesselResponse
from microneedling.numerics.flux import integral
from microneedling.skin.components import Cover, Inflammation, Vessels
from microneedling.skin.event import no_event

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
SKIN = cheek()
REST = model_of(SKIN).start(SKIN)
STEPS = 1e-6  # [1] of the largest: fourth-order steps of a twentieth of the shortest time


def with_part(state, component, **changes):
    """The state with some fields of one component set, the same at every depth."""
    part = state[component]
    full = {name: jnp.full_like(getattr(part, name), value) for name, value in changes.items()}
    return State(parts=state.parts | {component.__name__: replace(part, **full)})


def run(law, state, *, step, count):
    """Vessels alone, all else held: (count + 1) states by Runge and Kutta's fourth-order steps."""

    def rate(vessels):
        return law.rate(State(parts=state.parts | {"Vessels": vessels}), SKIN)

    def add(y, k, h):
        return jax.tree.map(lambda a, b: a + h * b, y, k)

    def forward(y, _):
        a = rate(y)
        b = rate(add(y, a, step / 2))
        c = rate(add(y, b, step / 2))
        d = rate(add(y, c, step))
        after = jax.tree.map(lambda y, a, b, c, d: y + step / 6 * (a + 2 * b + 2 * c + d), y, a, b, c, d)
        return after, after

    first = jax.tree.map(lambda x: jnp.asarray(x, dtype=float), state[Vessels])
    _, later = jax.jit(lambda y: jax.lax.scan(forward, y, None, length=count))(first)
    return jax.tree.map(lambda a, b: np.concatenate([np.asarray(a)[None], np.asarray(b)]), first, later)


def flared(time, law, mediator):
    """b = g H p (e^(-t/τ_H) - e^(-t/τ_b))/(1 - τ_b/τ_H), from b' = (g H p e^(-t/τ_H) - b)/τ_b."""
    slow, fast = jnp.exp(-time / law.flare_time), jnp.exp(-time / law.tau_b)
    return law.flare * mediator * (slow - fast) / (1 - law.tau_b / law.flare_time)


def test_the_closed_form_of_the_flare_solves_its_equation():
    law, time = VesselResponse(), jnp.linspace(0.0, 3 * HOUR, 50)
    slope = jax.vmap(jax.grad(lambda t: flared(t, law, 0.4)))(time)
    wanted = (law.flare * 0.4 * jnp.exp(-time / law.flare_time) - flared(time, law, 0.4)) / law.tau_b
    assert np.max(np.abs(slope - wanted)) < 1e-12 * np.max(np.abs(slope)) + 1e-15  # rounding


def test_the_flare_rises_in_minutes_and_fades_in_hours():
    flare_follows()


def flare_follows():
    law, step = VesselResponse(), 6.0
    made = run(law, with_part(REST, Vessels, mediator=0.4), step=step, count=1800)
    time = step * np.arange(1801)
    exact = np.asarray(flared(jnp.asarray(time), law, 0.4))
    cell = int(np.argmax(np.asarray(SKIN.papillary)))
    below = SKIN.step.shape[0] - 1
    assert np.max(np.abs(made.perfusion[:, cell] - exact)) < STEPS * np.max(exact)
    assert np.max(np.abs(made.perfusion[:, below] - law.flare_below * exact)) < STEPS * np.max(exact)
    assert np.all(made.perfusion[:, 0] == 0.0), "no vessels above the dermis"


def test_a_steady_signal_dilates_in_proportion():
    # b settles at μ β Q̄: the step response has one time, τ_b
    law, step, signal = VesselResponse(), 6.0, 0.1
    columns = jax.tree.map(lambda x: jnp.asarray(x, dtype=float), REST[Inflammation].columns)
    cells = replace(columns.rest, signal=jnp.full_like(SKIN.step, signal))
    state = State(parts=REST.parts | {"Inflammation": Inflammation(columns=replace(columns, rest=cells))})
    made = run(law, state, step=step, count=300)
    time = step * np.arange(301)
    wanted = law.beta * signal * (1 - np.exp(-time / law.tau_b))
    assert np.max(np.abs(made.perfusion - wanted[:, None])) < STEPS * wanted[-1]


def balance(law, filtration):
    """W at which k_L (J - λ(W)) = k_S W: the positive root of the quadratic left after clearing the fraction."""
    gain, room, k = law.lymph_gain, law.lymph_most - 1, law.resorption / law.k_L
    a, b, c = k * gain / room, k + gain - filtration * gain / room, -filtration
    return (-b + np.sqrt(b * b - 4 * a * c)) / (2 * a)


@pytest.mark.parametrize("signal", (0.02, 0.5, 3.0))
def test_water_settles_where_lymph_and_pressure_take_what_is_filtered(signal):
    water_settles(signal)


def water_settles(signal):
    law = VesselResponse()
    columns = REST[Inflammation].columns
    cells = replace(columns.rest, signal=jnp.full_like(SKIN.step, signal))
    state = State(parts=REST.parts | {"Inflammation": Inflammation(columns=replace(columns, rest=cells))})
    made = run(law, state, step=20.0, count=20000)
    b = law.beta * signal
    filtered = (1 + law.pressure * b) * (1 + law.leak_by_signal * signal) - 1
    wanted = balance(law, filtered)
    assert law.k_L * (filtered - law.lymph_gain * wanted / (1 + law.lymph_gain * wanted / (law.lymph_most - 1))) == (
        pytest.approx(law.resorption * wanted)
    ), "the root put back"
    assert np.allclose(made.water[-1], wanted, rtol=STEPS)


def test_lymph_has_a_capacity():
    law = VesselResponse()
    for water, least, most in ((0.0, 1.0, 1.0), (1e-4, 1.0, 1.01), (1e4, 0.999 * law.lymph_most, law.lymph_most)):
        found = np.asarray(law.lymph(with_part(REST, Vessels, water=water), SKIN))
        assert np.all((found >= least) & (found <= most))


def test_flow_speeds_lymph_only_by_its_switch_and_never_without_oedema():
    swollen = with_part(REST, Vessels, water=0.3, perfusion=2.0)
    off, on = VesselResponse(), VesselResponse(flow_drains=1.0)
    assert np.allclose(on.lymph(swollen, SKIN) - 1, 3 * (off.lymph(swollen, SKIN) - 1))  # flow is three-fold
    dry = with_part(REST, Vessels, perfusion=2.0)
    assert np.allclose(on.lymph(dry, SKIN), 1.0)


def test_cold_closes_vessels_in_minutes_and_lets_go_over_hours():
    cold_acts()


def cold_acts():
    law, step = VesselResponse(), 30.0
    on = run(law, with_part(REST, Cover, cold=1.0), step=step, count=120).constriction
    time = step * np.arange(121)
    assert np.allclose(on, law.chill * (1 - np.exp(-law.chilling * time)), rtol=1e-4, atol=1e-9)
    off = run(law, with_part(REST, Vessels, constriction=float(on[-1])), step=step, count=240).constriction
    assert off[-1] == pytest.approx(on[-1] * np.exp(-law.rewarming * 2 * HOUR), rel=1e-4)
    assert off[-1] > 0.5 * on[-1], "two hours later most of it is still there (khoshnevis2016)"


def test_a_persons_modifiers_scale_flow_and_lymph():
    modifiers_are_felt()


def modifiers_are_felt():
    law, state = VesselResponse(), with_part(REST, Vessels, mediator=0.5, water=0.2)
    weak = replace(SKIN, modifiers=replace(SKIN.modifiers, flow=jnp.asarray(0.5), lymph=jnp.asarray(0.4)))
    assert np.allclose(law.rate(state, weak).perfusion, 0.5 * law.rate(state, SKIN).perfusion)
    assert np.allclose(law.lymph(state, weak) - 1, 0.4 * (law.lymph(state, SKIN) - 1))


def test_the_flare_reaches_further_than_the_wound_and_overlaps():
    law, none = VesselResponse(), no_event(SKIN, 0)
    event = replace(none, halo=0.02 * SKIN.living)
    once = law.jump(REST, event, SKIN)
    hurt = float(integral(event.halo * SKIN.papillary, SKIN.step) / integral(SKIN.papillary, SKIN.step))
    assert float(once.mediator) == pytest.approx(1 - (1 - hurt) ** law.flare_reach) and float(once.mediator) > 5 * hurt
    twice = law.jump(State(parts=REST.parts | {"Vessels": once}), event, SKIN)
    assert float(twice.mediator) == pytest.approx(1 - (1 - float(once.mediator)) ** 2)

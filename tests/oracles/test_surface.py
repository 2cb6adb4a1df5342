"""Relief, plugs and follicles against their exact solutions: each put back into its equation, then met by the law."""

import dataclasses

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from tissue import DAY, cheek, model_of, nothing

from microneedling.laws.follicles import FollicleCycle
from microneedling.laws.pores import PlugTurnover
from microneedling.laws.relief import SurfaceFollowing, middle_of_reticular
from microneedling.skin.baseline import baseline_of
from microneedling.skin.components import Collagen, Follicles, Pores, Relief, Vessels
from microneedling.skin.modifiers import unmodified

EXACT = 1e-9  # [1] rounding, and Runge-Kutta of the fourth order with steps a hundredth of the fastest time


def marched(law, state, skin, *, end, steps=2000):
    """The law's own component after a time, all else held: a classical Runge-Kutta of the fourth order."""
    name, h = law.owns.__name__, end / steps

    def slope(part):
        return law.rate(dataclasses.replace(state, parts={**state.parts, name: part}), skin)

    def moved(part, k, share):
        return jax.tree.map(lambda y, d: y + share * h * d, part, k)

    def one(_, part):
        a = slope(part)
        b = slope(moved(part, a, 0.5))
        c = slope(moved(part, b, 0.5))
        d = slope(moved(part, c, 1.0))
        whole = jax.tree.map(lambda w, x, y, z: (w + 2 * x + 2 * y + z) / 6, a, b, c, d)
        return moved(part, whole, 1.0)

    first = jax.tree.map(lambda x: jnp.asarray(x, dtype=float), state.parts[name])
    return jax.jit(lambda part: jax.lax.fori_loop(0, steps, one, part))(first)


def world():
    skin = cheek()
    model = model_of(skin)
    return skin, model, model.start(skin)


def with_vegf(state, skin, level):
    """The same growth factor in both columns of all living tissue."""
    now = state[Vessels]
    columns = jax.tree.map(lambda x: x + level * skin.living, now.columns)
    return dataclasses.replace(state, parts={**state.parts, "Vessels": dataclasses.replace(now, columns=columns)})


def plug_comes_back():
    """B = 1 - b exp(-t/τ) after a share b is taken out."""
    skin, _, state = world()
    law, b, end = PlugTurnover(), 0.7, 20 * DAY

    def exact(t):
        return 1 - b * jnp.exp(-t / law.renewal)

    assert float(jax.grad(exact)(5 * DAY)) == pytest.approx(float((1 - exact(5 * DAY)) / law.renewal), rel=1e-12)
    event = dataclasses.replace(nothing(skin, 0), plug_lost=jnp.asarray(b))
    emptied = dataclasses.replace(state, parts={**state.parts, "Pores": law.jump(state, event, skin)})
    found = marched(law, emptied, skin, end=end)
    assert float(found.plug) == pytest.approx(float(exact(end)), abs=EXACT)


def test_a_plug_comes_back_as_it_should():
    plug_comes_back()


def surface_follows():
    """L = 1 + γ (1 - exp(-t/τ)) under a matrix that stays a share γ above rest, layer by layer."""
    skin, _, state = world()
    law, end = SurfaceFollowing(), 90 * DAY
    gains = {"papillary": 0.05, "reticular": 0.03, "deep": 0.01}
    upper = skin.reticular * (skin.depth < middle_of_reticular(skin))
    where = {"papillary": skin.papillary, "reticular": upper, "deep": skin.reticular - upper}
    rest = float(1 + state[Collagen].iii_at_rest + state[Collagen].new_at_rest)
    more = sum(gains[name] * rest * where[name] for name in gains)
    now = state[Collagen]
    columns = dataclasses.replace(
        now.columns,
        wounded=dataclasses.replace(now.columns.wounded, mature=now.columns.wounded.mature + more),
        rest=dataclasses.replace(now.columns.rest, mature=now.columns.rest.mature + more),
    )
    full = dataclasses.replace(state, parts={**state.parts, "Collagen": dataclasses.replace(now, columns=columns)})
    found = marched(law, full, skin, end=end)
    for name, gain in gains.items():
        assert float(getattr(found, name)) == pytest.approx(1 + gain * (1 - np.exp(-end / law.lag)), abs=EXACT), name


def test_the_surface_follows_its_matrix():
    surface_follows()


def test_the_layers_share_the_reticular_dermis_in_halves():
    skin, _, _ = world()
    upper = np.asarray(skin.reticular * (skin.depth < middle_of_reticular(skin)) * skin.step)
    whole = np.asarray(skin.reticular * skin.step)
    assert np.sum(upper) == pytest.approx(0.5 * np.sum(whole), rel=0.15)  # cells are not cut
    assert np.all(upper <= whole)


def shares_settle(level):
    """T* = T₀ S/(1 - T₀ + T₀ S), G* = S τ_a/(S τ_a + τ_r) under a signal that stays."""
    skin, _, state = world()
    law = FollicleCycle()
    fed = with_vegf(state, skin, level)
    S = float(law.signal(fed, skin))
    assert pytest.approx(1 + law.by_needling * level / (law.half_vegf + level), rel=1e-12) == S
    first = state[Follicles]
    T0 = float(first.terminal)
    T = T0 * S / (1 - T0 + T0 * S)
    G = S * law.growing_time / (S * law.growing_time + law.resting_time)
    settled = dataclasses.replace(first, terminal=jnp.asarray(T), growing=jnp.asarray(G))
    there = dataclasses.replace(fed, parts={**fed.parts, "Follicles": settled})
    assert max(abs(float(x)) for x in jax.tree.leaves(law.rate(there, skin))) < 1e-20  # [s-1] rounding of 1/60 d
    found = marched(law, fed, skin, end=3000 * DAY, steps=20000)
    assert float(found.terminal) == pytest.approx(T, abs=EXACT)
    assert float(found.growing) == pytest.approx(G, abs=EXACT)


@pytest.mark.parametrize("level", [0.0, 0.01, 0.2])
def test_follicles_settle_to_their_shares(level):
    shares_settle(level)


def terminal_course():
    """At a constant signal T relaxes with the rate (T₀ S + 1 - T₀)/τ_T."""
    skin, _, state = world()
    law, level, end = FollicleCycle(), 0.05, 40 * DAY
    fed = with_vegf(state, skin, level)
    S, T0 = float(law.signal(fed, skin)), float(state[Follicles].terminal)
    pace = (T0 * S + 1 - T0) / law.turning_time
    last = T0 * S / (T0 * S + 1 - T0)
    found = marched(law, fed, skin, end=end)
    assert float(found.terminal) == pytest.approx(last + (T0 - last) * np.exp(-pace * end), abs=EXACT)


def test_follicles_turn_terminal_on_their_way_there():
    terminal_course()


def test_the_growing_share_at_rest_is_that_of_scalp_sections():
    _, _, state = world()
    assert float(state[Follicles].growing) == pytest.approx(0.922, abs=0.01)  # scalp_sections: 92.2 % growing


def only_where_terminal_hair_grows():
    skin, model, _ = world()
    bare = dataclasses.replace(skin, site=dataclasses.replace(skin.site, terminal_hair=0.0))
    state = with_vegf(model.start(bare), bare, 0.2)
    law = FollicleCycle()
    assert float(state[Follicles].terminal) == 0.0 and float(law.rate(state, bare).terminal) == 0.0


def test_nothing_turns_terminal_where_only_vellus_hair_grows():
    only_where_terminal_hair_grows()


def test_a_full_head_is_what_a_person_has_who_says_nothing():
    skin, model, _ = world()
    silent = dataclasses.replace(skin, baseline=baseline_of())
    assert float(model.start(silent)[Follicles].terminal) == pytest.approx(FollicleCycle().terminal_share)
    dense = dataclasses.replace(skin, baseline=baseline_of({"hair_density": 9e6}))
    assert float(model.start(dense)[Follicles].terminal) == pytest.approx(FollicleCycle().terminal_share)


@pytest.mark.parametrize("factor", [0.0, 0.3, 2.0])
def test_a_modifier_changes_the_answer_and_never_the_rest(factor):
    skin, _, state = world()
    person = dataclasses.replace(skin, modifiers=dataclasses.replace(unmodified(), hair=jnp.asarray(factor)))
    law = FollicleCycle()
    assert max(abs(float(x)) for x in jax.tree.leaves(law.rate(state, person))) < 1e-20  # [s-1] rounding of 1/60 d
    fed = with_vegf(state, skin, 0.05)
    assert float(law.signal(fed, person) - 1) == pytest.approx(factor * float(law.signal(fed, skin) - 1), abs=1e-12)


def test_plugs_and_relief_of_excised_skin_stay():
    skin = cheek(alive=0.0, thickness=2e-3)
    state = model_of(skin).start(skin)
    emptied = dataclasses.replace(state, parts={**state.parts, "Pores": Pores(plug=jnp.asarray(0.2))})
    assert float(PlugTurnover().rate(emptied, skin).plug) == 0.0
    assert isinstance(state[Relief], Relief)

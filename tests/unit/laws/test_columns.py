"""Wounded columns join by union: splitting, null events and order do not matter, and nothing is lost."""

import jax.numpy as jnp
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from microneedling.laws import columns as module
from microneedling.laws.columns import joined, mean, share_new, traffic
from microneedling.skin.components import Columns, Vegf

ROUNDING = 1e-12  # [1]
FRACTION = st.floats(0.0, 0.95, allow_subnormal=False)  # a processor may be told to drop what is subnormal
SOME = st.floats(0.01, 0.95)
AMOUNT = st.floats(0.0, 5.0)


def columns(wounded, rest):
    return Columns(wounded=Vegf(vegf=jnp.asarray(wounded)), rest=Vegf(vegf=jnp.asarray(rest)))


def after(fraction, halo):
    return fraction + halo - fraction * halo


def union(fraction, *halos):
    """Fraction after several halos."""
    for halo in halos:
        fraction = after(fraction, halo)
    return fraction


def several(start, fraction, halos):
    """Columns after several events at one instant."""
    for halo in halos:
        start = module.joined(start, jnp.asarray(fraction), jnp.asarray(halo))
        fraction = after(fraction, halo)
    return start, fraction


def values(both):
    return np.array([float(both.wounded.vegf), float(both.rest.vegf)])


def splitting_does_not_matter(w, first, second, a, b):
    split, fraction = several(columns(a, b), w, (first, second))
    whole, same = several(columns(a, b), w, (after(first, second),))
    assert abs(fraction - same) < ROUNDING
    np.testing.assert_allclose(values(split), values(whole), atol=ROUNDING * (1 + a + b))


@given(w=FRACTION, first=SOME, second=SOME, a=AMOUNT, b=AMOUNT)
def test_splitting_an_event_changes_nothing(w, first, second, a, b):
    splitting_does_not_matter(w, first, second, a, b)


@given(w=FRACTION, first=SOME, second=SOME, a=AMOUNT, b=AMOUNT)
def test_the_order_of_events_at_one_instant_does_not_matter(w, first, second, a, b):
    one, other = (several(columns(a, b), w, halos)[0] for halos in ((first, second), (second, first)))
    np.testing.assert_allclose(values(one), values(other), atol=ROUNDING * (1 + a + b))


@given(w=FRACTION, a=AMOUNT, b=AMOUNT)
def test_a_null_event_is_the_identity(w, a, b):
    assert np.array_equal(values(joined(columns(a, b), jnp.asarray(w), jnp.asarray(0.0))), [a, b])


def joining_loses_nothing(w, halo, a, b):
    before = columns(a, b)
    then = module.joined(before, jnp.asarray(w), jnp.asarray(halo))
    moved = mean(then, jnp.asarray(after(w, halo))).vegf - mean(before, jnp.asarray(w)).vegf
    assert abs(float(moved)) < ROUNDING * (1 + a + b)
    assert float(then.rest.vegf) == b


@given(w=FRACTION, halo=SOME, a=AMOUNT, b=AMOUNT)
def test_amounts_are_conserved_and_the_rest_keeps_its_concentration(w, halo, a, b):
    joining_loses_nothing(w, halo, a, b)


@given(w=FRACTION, halo=SOME, a=AMOUNT, b=AMOUNT)
def test_the_wounded_column_lies_between_what_it_was_made_of(w, halo, a, b):
    wounded = values(joined(columns(a, b), jnp.asarray(w), jnp.asarray(halo)))[0]
    assert min(a, b) - ROUNDING <= wounded <= max(a, b) + ROUNDING


@given(w=FRACTION, halo=FRACTION)
def test_the_new_share_is_new_over_all(w, halo):
    found, whole = float(share_new(jnp.asarray(w), jnp.asarray(halo))), after(w, halo)
    assert found == (halo / whole if whole > 0 else 0.0)


def traffic_loses_nothing(w, a, b, kappa, back):
    how = {"fraction": jnp.asarray(w), "exchange": kappa, "returning": back}
    to_a, to_b = (float(x) for x in module.traffic(jnp.asarray(a), jnp.asarray(b), **how))
    whole = w * to_a + (1 - w) * to_b - back * w * (a - b)
    assert abs(whole) < ROUNDING * (1 + kappa + back) * (1 + a + b)


@given(w=FRACTION, a=AMOUNT, b=AMOUNT, kappa=st.floats(0, 10), back=st.floats(0, 1))
def test_exchange_and_return_lose_nothing(w, a, b, kappa, back):
    traffic_loses_nothing(w, a, b, kappa, back)


@given(w=FRACTION, a=AMOUNT, kappa=st.floats(0, 10), back=st.floats(0, 1))
def test_equal_columns_exchange_nothing(w, a, kappa, back):
    how = {"fraction": jnp.asarray(w), "exchange": kappa, "returning": back}
    assert [float(x) for x in traffic(jnp.asarray(a), jnp.asarray(a), **how)] == [0.0, 0.0]


def test_a_wound_all_over_stays_finite():
    found = traffic(jnp.asarray(2.0), jnp.asarray(1.0), fraction=jnp.asarray(1.0), exchange=1.0, returning=0.1)
    assert all(np.isfinite(float(x)) for x in found)


@given(w=FRACTION, halos=st.lists(SOME, min_size=1, max_size=40))
def test_many_needlings_never_wound_more_than_everything(w, halos):
    assert 0.0 <= union(w, *halos) <= 1.0

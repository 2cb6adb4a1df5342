"""The stratum corneum after it is all gone comes back as waiting times do: linearly at the transit rate at first."""

import functools

import numpy as np
import pytest
from regrowth import Regrowth
from scipy.special import gammainc
from tissue import DAY

from microneedling.scales.epidermal import ScLayers, ScThickness
from microneedling.skin import renewal

DAYS = np.array([0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0])
SOLVER = 1e-6  # [1] of a course solved to 1e-8 in each step


def share(stage, k, t):
    """Layers of a stage that fills from an empty chain: the chance that a waiting time of `stage` steps is over."""
    return gammainc(stage, k * t)


@functools.cache
def unhurried(site="volar_forearm", **numbers):
    """Nothing hurries: births stay at rest whatever is missing."""
    return Regrowth(site, birth_by_loss=0.0, **numbers)


def transit(one):
    """The site's transit through the stratum corneum [d]."""
    return float(one.skin.site.sc_transit) / DAY


def layers_fill_as_waiting_times(one=None):
    one = one or unhurried()
    for t, state in zip(DAYS, one.after(DAYS, layers_lost=1.0)):
        found = [float(c) for c in state.parts["Epidermis"].corneocytes]
        np.testing.assert_allclose(found, [share(n, 4 / transit(one), t) for n in (1, 2, 3, 4)], atol=SOLVER)


def growth_is_linear(one=None):
    one = one or unhurried()
    early = np.array([0.01, 0.05, 0.1]) * transit(one)
    states = one.after(early, layers_lost=1.0)
    for scale, whole in ((ScLayers(), one.skin.site.sc_layers), (ScThickness(), one.skin.site.sc_thickness)):
        # what has been shed again by a tenth of the transit is a thousandth of what has come
        np.testing.assert_allclose(one.read(scale, states) / float(whole), early / transit(one), rtol=3e-3)


def test_the_oracle_solves_its_own_equation():
    k, t, h = 0.2, np.linspace(0.5, 40, 9), 1e-4
    for stage in (1, 2, 3, 4):
        slope = (share(stage, k, t + h) - share(stage, k, t - h)) / (2 * h)
        before = share(stage - 1, k, t) if stage > 1 else 1.0
        np.testing.assert_allclose(slope, k * (before - share(stage, k, t)), atol=1e-8)


def test_layers_fill_as_waiting_times():
    layers_fill_as_waiting_times()


@pytest.mark.parametrize("site", ["volar_forearm", "cheek", "forehead"])
def test_the_corneum_grows_linearly_at_the_transit_rate(site):
    growth_is_linear(unhurried(site))


def test_it_grows_as_much_slower_as_age_slows_the_transit():
    old, young = unhurried(age=60.0), unhurried()
    (a,), (b,) = old.after([1.0], layers_lost=1.0), young.after([1.0], layers_lost=1.0)
    slower = 1 + 2.5 * float(young.skin.site.transit_slowing)
    ratio = float(renewal.layers(b.parts["Epidermis"]) / renewal.layers(a.parts["Epidermis"]))
    assert ratio == pytest.approx(slower, rel=1e-3)


def cohesion_comes_with_new_layers(one=None):
    one = one or unhurried(loosening=0.0)
    kept = [float(s.parts["Epidermis"].cohesion) for s in one.after(DAYS, cohesion_lost=0.8)]
    np.testing.assert_allclose(kept, 1 - 0.8 * np.exp(-4 * DAYS / transit(one)), atol=SOLVER)


def test_cohesion_comes_with_new_layers():
    cohesion_comes_with_new_layers()

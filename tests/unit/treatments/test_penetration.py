"""The force on one needle is the slope of its works, and the depths found stand in their own balance."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from microneedling.treatments.penetration import Push, Resistance

NEEDLE = Resistance(tip_radius=4e-6, taper=0.0857, tearing=20.0, wedging=3.1e6, friction=0.4)
SMOOTH = Resistance(tip_radius=4e-6, taper=0.0857, tearing=20.0, wedging=3.1e6, friction=0.0)
ROUNDING = 1e-10  # [1] roots and polynomials in double precision
QUADRATURE = 1e-6  # [1] trapezes over a smooth profile, 4001 of them
DEPTHS = np.array([2e-5, 1e-4, 4e-4, 1.5e-3])


def test_the_force_is_the_slope_of_the_works():
    force_is_the_slope(NEEDLE)


def force_is_the_slope(needle):
    for d in DEPTHS:
        slope = jax.grad(lambda x: sum(needle.works(x)))(jnp.asarray(d))
        assert float(needle.force(d)) == pytest.approx(float(slope), rel=ROUNDING)


def test_the_works_are_those_of_the_needle_s_own_shape():
    works_are_of_the_shape(NEEDLE)


def works_are_of_the_shape(needle):
    """Crack area times fracture energy, energy along the wall, and the sliding of the flank, each by quadrature."""
    for d in DEPTHS:
        z = np.linspace(0.0, d, 4001)
        r = needle.tip_radius + needle.taper * (d - z)
        torn, stored, slid = (float(x) for x in needle.works(d))
        assert torn == pytest.approx(needle.tearing * np.trapezoid(r, z), rel=QUADRATURE)
        assert stored == pytest.approx(needle.wedging * np.trapezoid(r**2, z), rel=QUADRATURE)
        flanks = [np.trapezoid(needle.tip_radius + needle.taper * (x - z[z <= x]), z[z <= x]) for x in z[1:]]
        slides = 2 * needle.friction * needle.wedging * np.trapezoid([0.0, *flanks], z)
        assert slid == pytest.approx(slides, rel=QUADRATURE)


@given(stiffness=st.floats(1.0, 1e4), length=st.floats(1e-4, 3e-3))
def test_the_dimple_gives_back_what_the_needle_takes(stiffness, length):
    dimple_balances(NEEDLE, stiffness, length)


def dimple_balances(needle, stiffness, length):
    d = float(needle.depth_against(jnp.asarray(stiffness), jnp.asarray(length)))
    if stiffness * length <= float(needle.force(0.0)):
        assert d == 0.0
        return
    assert 0.0 < d < length
    assert float(needle.force(d)) == pytest.approx(stiffness * (length - d), rel=1e-8)


@given(force=st.floats(1e-6, 5.0))
def test_a_needle_pushed_stops_where_its_resistance_equals_the_push(force):
    d = float(NEEDLE.depth_pushed(jnp.asarray(force)))
    if d > 0:
        assert float(NEEDLE.force(d)) == pytest.approx(force, rel=1e-8)
    else:
        assert force <= float(NEEDLE.force(0.0))


def test_more_push_never_goes_less_deep_and_friction_never_deeper():
    forces = np.geomspace(1e-5, 5.0, 60)
    deep = np.array([float(NEEDLE.depth_pushed(jnp.asarray(f))) for f in forces])
    smooth = np.array([float(SMOOTH.depth_pushed(jnp.asarray(f))) for f in forces])
    assert np.all(np.diff(deep) >= 0) and np.all(smooth >= deep)
    stiff = [float(NEEDLE.depth_against(jnp.asarray(k), jnp.asarray(1e-3))) for k in np.geomspace(1, 1e5, 60)]
    assert np.all(np.diff(stiff) >= 0) and stiff[-1] < 1e-3


def pushed(stiffness, force):
    """A push against a threshold of 50 mN."""
    numbers = {"stiffness": stiffness, "force": force, "threshold": 0.05, "scatter": 0.3}
    return Push(**{name: jnp.asarray(x) for name, x in numbers.items()})


def test_a_needle_short_of_its_threshold_does_not_pierce():
    push = Push(
        stiffness=jnp.asarray(100.0), force=jnp.asarray(1.0), threshold=jnp.asarray(0.05), scatter=jnp.asarray(0.3)
    )
    shares = [float(push.piercing(jnp.asarray(length))) for length in (1e-5, 2e-4, 5e-4, 1e-3, 3e-3)]
    assert shares[0] < 1e-6 and shares[2] == pytest.approx(0.5) and shares[-1] > 0.999
    assert np.all(np.diff(shares) > 0)
    weak = Push(
        stiffness=jnp.asarray(1e6), force=jnp.asarray(0.01), threshold=jnp.asarray(0.05), scatter=jnp.asarray(0.3)
    )
    assert float(weak.piercing(jnp.asarray(1e-3))) < 1e-6, "the hand cannot press harder than it does"

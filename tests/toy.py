"""A small system with every allowed coupling: two fields over five cells, two at the surface; stiff, nonlinear."""

import functools

import jax
import jax.numpy as jnp
import numpy as np
from dense import Index, joined
from scipy.integrate import solve_ivp

from microneedling.numerics import flux
from microneedling.numerics.jacobian import rate_and_jacobian
from microneedling.numerics.march import System
from microneedling.numerics.packed import Layout
from microneedling.numerics.step import step

CELLS = 5
H = np.array([0.5, 1.0, 2.0, 1.5, 0.7])
OVER_DEPTH = (True, True, False, False)
INDEX = Index(OVER_DEPTH, CELLS)
LAYOUT = Layout(OVER_DEPTH, CELLS)
START = (
    np.array([1.0, 0.8, 0.3, 0.2, 0.1]),
    np.array([0.1, 0.2, 0.4, 0.5, 0.9]),
    np.array(0.7),
    np.array(0.2),
)
FAST = 40.0  # [s-1] the stiff rate
NEGLIGIBLE = (1e-6,) * 4


def rates(fields):
    """Diffusion and reaction over depth, a film that feeds the top, and a receptor below."""
    a, b, film, below = fields
    h = jnp.asarray(H) if a.ndim == 1 else jnp.asarray(H)[:, None] * jnp.ones_like(a)
    enters = 0.6 * (film**2 - flux.top(a))
    leaves = 0.4 * (flux.bottom(a) - below)
    eaten = a * b / (0.5 + a)
    return [
        flux.diffusion(a, 0.3 + 0.1 * b, h) + flux.into_top(enters, h) - flux.into_bottom(leaves, h) - eaten,
        0.5 * eaten - FAST * (b - 0.3 * a) + flux.diffusion(b, 0.05 + 0.0 * b, h),
        -enters,
        leaves - 0.2 * below,
    ]


def one_lane(fields):
    """The fields with one person last."""
    return [jnp.asarray(y, dtype=float)[..., None] for y in fields]


def system(rate=rates, layout=LAYOUT):
    """What the march needs of it."""
    return System(
        rate=lambda y: layout.pack(rate(layout.unpack(y))),
        linearise=lambda y: rate_and_jacobian(rate, layout.unpack(y))[1],
        layout=layout,
    )


@functools.cache
def _plain():
    fun = jax.jit(lambda v: joined(rates(INDEX.split(v))))
    return fun, jax.jit(jax.jacfwd(lambda v: joined(rates(INDEX.split(v)))))


def exact(times, start=START):
    """The solution by another program at times (time, size), to about 1e-12."""
    fun, jac = _plain()
    y0 = np.asarray(joined([jnp.asarray(y) for y in start]))
    how = {"jac": lambda t, v: jac(v), "rtol": 1e-12, "atol": 1e-13}
    found = solve_ivp(lambda t, v: fun(v), (0.0, times[-1]), y0, "Radau", t_eval=times, **how)
    return found.y.T


@functools.cache
def stepper():
    """The compiled step; clear this cache after changing what it is made of."""
    one = system()
    return jax.jit(lambda y, h: step(one.rate, one.linearise, one.layout, y, size=h))


def stepped(count, span):
    """`count` equal steps from the start: fields before the last step, after it, and (error, stages)."""
    take = stepper()
    y, size = LAYOUT.pack(one_lane(START)), jnp.full(1, span / count)
    for _ in range(count):
        old = y
        y, error, stages, _ = take(old, size)
    return old, y, (error, stages)


def vector(packed, layout=LAYOUT):
    """Packed fields of the first person as one long vector."""
    return np.asarray(joined(layout.unpack(packed)))[:, 0]

"""What may couple one depth to another: diffusion, the two ends, and depth integrals.

Depth is the first axis; a second, if there is one, counts people (lanes). These few functions are the only ways a law
may mix depths. The sparse derivative (jacobian.py) knows each of them by
name, which is why they stay visible as jitted calls in the traced law.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp


def face_conductance(mobility: jax.Array, step: jax.Array) -> jax.Array:
    """Conductance of inner faces between cell centres in series, g = 1/(h₁/2m₁ + h₂/2m₂).

    Args:
        mobility: D·K (times open area) at cell centres (depth,) [m2 s-1], >= 0
        step: cell thickness (depth,) [m]

    Returns: (depth - 1,) [m s-1]; zero where either side is impermeable.
    Checked by: tests/oracles/test_layered_slab.py
    """
    m1, m2, h1, h2 = mobility[:-1], mobility[1:], step[:-1], step[1:]
    below = m1 * h2 + m2 * h1
    return jnp.where(below > 0, 2 * m1 * m2 / jnp.where(below > 0, below, 1.0), 0.0)


def diffusion(potential: jax.Array, mobility: jax.Array, step: jax.Array) -> jax.Array:
    """Gain of each cell by diffusion down the potential u = c/K, with both ends closed.

        ∂c/∂t = ∂/∂z ( D K ∂u/∂z )

    Written in u = c/K because that is what stays continuous between layers.

    Args:
        potential: u at cell centres (depth,) [mol m-3]
        mobility: D·K at cell centres (depth,) [m2 s-1], >= 0
        step: cell thickness (depth,) [m]

    Returns: (depth,) [mol m-3 s-1]; sums with `step` to zero.
    Source: finite volumes; exact for piecewise linear u, second order otherwise.
    Checked by: tests/oracles/test_layered_slab.py, tests/unit/numerics/test_jacobian.py
    """
    return mn_diffusion(potential, mobility, step)


def top(field: jax.Array) -> jax.Array:
    """Value in the uppermost cell."""
    return mn_top(field)


def bottom(field: jax.Array) -> jax.Array:
    """Value in the lowest cell."""
    return mn_bottom(field)


def lagged(value: jax.Array) -> jax.Array:
    """The same value, which the implicit step takes as known: its derivative is left out of the step's matrix.

    For a weak, slow coupling back from depths to a surface field that all those depths feel, which the solver could not
    eliminate. The rate itself is exact, and the step's own error estimate watches what is left out.

    Checked by: tests/unit/numerics/test_lagged.py
    """
    return mn_lagged(value)


def into_top(inflow: jax.Array, step: jax.Array) -> jax.Array:
    """Gain by cell (depth,) [x m-1] of an inflow [x] through the surface: inflow/h₀ in the first cell, else 0."""
    return mn_into_top(inflow, step)


def into_bottom(inflow: jax.Array, step: jax.Array) -> jax.Array:
    """Gain by cell (depth,) [x m-1] of an inflow [x] through the lower end."""
    return mn_into_bottom(inflow, step)


def integral(field: jax.Array, step: jax.Array) -> jax.Array:
    """Depth integral Σ f h of a field (depth,); [x m]."""
    return jnp.sum(field * step, axis=0)


def cell_is(index: int, field: jax.Array) -> jax.Array:
    """True in one cell (counted from the end when negative), shaped to go with a depth field."""
    cells = jnp.arange(field.shape[0]) == index % field.shape[0]
    return cells.reshape((-1,) + (1,) * (field.ndim - 1))


@jax.jit
def mn_diffusion(potential, mobility, step):
    flow = face_conductance(mobility, step) * (potential[:-1] - potential[1:])
    none = jnp.zeros_like(flow[:1])
    return (jnp.concatenate([none, flow]) - jnp.concatenate([flow, none])) / step


@jax.jit
def mn_lagged(value: jax.Array) -> jax.Array:
    """Named for jacobian.py; see `lagged`."""
    return value + 0.0


@jax.jit
def mn_top(field):
    return field[0]


@jax.jit
def mn_bottom(field):
    return field[-1]


@jax.jit
def mn_into_top(inflow, step):
    return jnp.where(cell_is(0, step), inflow / step[0], 0.0)


@jax.jit
def mn_into_bottom(inflow, step):
    return jnp.where(cell_is(-1, step), inflow / step[-1], 0.0)

"""Wedges with known answers: a decaying mode between two closed walls, and a layered slab read as a wedge."""

import itertools

import numpy as np
from scipy.special import j0, j1, jn_zeros

from microneedling.numerics.assembly import Assembly
from microneedling.numerics.wedge import graded, wedge
from microneedling.numerics.wedge_march import march
from microneedling.numerics.wedge_system import Matter, Transport

RADIUS, DEEP, D, K = 1.0, 2.0, 0.3, 1.7
SINKS = np.zeros((2, 1))


class Mode:
    """u = J₀(λ r/R) cos(π z/L) e^(-μ t) between walls that pass nothing: D ∇²u = ∂u/∂t, μ = D((λ/R)² + (π/L)²)."""

    wave = jn_zeros(1, 1)[0]  # J₁(λ) = 0: no flux through the outer wall
    rate = D * ((jn_zeros(1, 1)[0] / RADIUS) ** 2 + (np.pi / DEEP) ** 2)

    def __call__(self, r, z, time):
        return j0(self.wave * r / RADIUS) * np.cos(np.pi * z / DEEP) * np.exp(-self.rate * time)

    def missing(self, r, z, time):
        """∂u/∂t - D ∇²u by central differences; zero for a solution."""
        h, u = 1e-4, self.__call__
        flat = (u(r + h, z, time) - 2 * u(r, z, time) + u(r - h, z, time)) / h**2
        flat += (u(r + h, z, time) - u(r - h, z, time)) / (2 * h * r)
        flat += (u(r, z + h, time) - 2 * u(r, z, time) + u(r, z - h, time)) / h**2
        return (u(r, z, time + h) - u(r, z, time - h)) / (2 * h) - D * flat


def closed(rows, columns, slant=0.0):
    """A closed wedge: the first and last row of nodes stand outside, behind elements that pass nothing."""
    z = np.concatenate([[-0.01], np.linspace(0.0, DEEP, rows + 1), [DEEP + 0.01]])
    wall = 0.5 + slant * (np.clip(z, 0, DEEP) / DEEP - 0.5)
    grid = wedge(z, wall, RADIUS, inner=columns // 2, beyond=columns // 2, ratio=1.0)
    inside = np.repeat((grid.middle > 0) & (grid.middle < DEEP), grid.shape[1]).astype(float)
    none, assembly = np.zeros(0), Assembly(grid, (np.ones(grid.shape[1] + 1), np.ones(grid.shape[1] + 1)))
    return Matter(
        assembly=assembly,
        mobility=D * K * inside,
        capacity=K * inside,
        hole=none.astype(int),
        fluid=(1.0, 1.0),
        open=lambda time: none,
        clearing=lambda time: np.zeros((3, inside.size)),
        volumes=lambda time: np.array([1.0, 1.0]),
        source=lambda time: np.zeros(assembly.inner),
        steady=True,
    )


def mode_error(rows, columns, *, slant=0.4, tolerance=1e-7):
    """Largest error of the decaying mode at a moment when a third of it is left, as a share of its start."""
    mode, matter = Mode(), closed(rows, columns, slant)
    transport, this = Transport(matter), matter.assembly
    r, z = this.grid.r[1:-1], np.broadcast_to(this.grid.z[1:-1, None], this.grid.r[1:-1].shape)
    start, until = transport.at(0.0), np.array([1.1 / mode.rate])
    y = np.concatenate([start.store * mode(r, z, 0.0).ravel(), np.zeros(6)])
    track = march(transport, y, until, begin=0.0, tolerance=tolerance, first=1e-4)
    found = track.amounts[-1][: this.inner] / start.store
    return float(np.max(np.abs(found - mode(r, z, until[0]).ravel())))


def slab_lag(cells):
    """A composite slab as a wedge: layers of very different D and K, film above, sink below."""
    thick, d, k = np.array([0.02, 0.08, 1.0]), np.array([1e-5, 0.05, 0.1]), np.array([2.0, 0.7, 0.6])
    edges = np.concatenate([[0.0], np.cumsum(thick)])
    z = np.concatenate([[0.0], *[graded(a, b, cells)[1:] for a, b in itertools.pairwise(edges)]])
    grid = wedge(z, np.full(z.size, 0.3), 1.0, inner=1, beyond=1, ratio=1.0)
    layer = np.repeat(np.searchsorted(edges[1:], grid.middle), grid.shape[1])
    none, assembly = np.zeros(0), Assembly(grid, (np.ones(3), np.ones(3)))
    matter = Matter(
        assembly=assembly,
        mobility=(d * k)[layer],
        capacity=k[layer],
        hole=none.astype(int),
        fluid=(1.0, 1.0),
        open=lambda time: none,
        clearing=lambda time: np.zeros((3, layer.size)),
        volumes=lambda time: np.array([1e7, 1e7]),  # so large that neither fills nor empties
        source=lambda time: np.zeros(assembly.inner),
        steady=True,
    )
    return matter, thick, d * k, k


def exact_lag(thick, mobility, capacity):
    """Flux per potential 1/Σ(h/DK), and the lag ∫ K B (W - B) dz/W with B(z) the resistance below, W the whole."""
    whole = np.sum(thick / mobility)
    below, lag = whole, 0.0
    for h, m, k in zip(thick, mobility, capacity):
        lag += k * (h * below * (whole - below) + h**2 / (2 * m) * (below - (whole - below)) - h**3 / (3 * m**2))
        below -= h / m
    return 1 / whole, lag / whole


BESSEL = j1

"""Exact solutions, and what is left over when each is put back into its own equation by automatic differentiation."""

import jax
import jax.numpy as jnp
import numpy as np
from scipy.optimize import brentq

PUT_BACK = 1e-9  # [1] residual over the largest term: rounding of the differentiation


class Bilayer:
    """Two layers, both ends closed: one mode of ∂(K u)/∂t = D K ∂²u/∂z², u and D K ∂u/∂z continuous between them."""

    def __init__(self, widths=(0.7, 1.3), diffusivities=(0.4, 2.0), partitions=(3.0, 0.8), mode=1):
        self.l, self.D, self.K = widths, diffusivities, partitions
        grid = np.linspace(1e-3, 80.0, 8000)
        values = [self._mismatch(x) for x in grid]
        signs = [i for i in range(len(grid) - 1) if values[i] * values[i + 1] < 0]
        self.rate = brentq(self._mismatch, grid[signs[mode]], grid[signs[mode] + 1], xtol=1e-15, rtol=1e-15)

    def _waves(self, decay):
        return [np.sqrt(decay / D) for D in self.D]

    def _mismatch(self, decay):
        """Flux mismatch at the interface, with u continuous there; multiplied out so that it has no poles."""
        (k1, k2), (l1, l2) = self._waves(decay), self.l
        g1, g2 = self.D[0] * self.K[0] * k1, self.D[1] * self.K[1] * k2
        return g1 * np.sin(k1 * l1) * np.cos(k2 * l2) + g2 * np.sin(k2 * l2) * np.cos(k1 * l1)

    def u(self, z, t):
        """Potential at depth z and time t."""
        (k1, k2), (l1, l2) = self._waves(self.rate), self.l
        above = jnp.cos(k1 * z)
        below = np.cos(k1 * l1) / np.cos(k2 * l2) * jnp.cos(k2 * (l1 + l2 - z))
        return jnp.where(z < l1, above, below) * jnp.exp(-self.rate * t)

    def residuals(self):
        """Equation in both layers, continuity of u and of flux, closed ends; all relative."""
        slope, curve = jax.grad(self.u, 0), jax.grad(jax.grad(self.u, 0), 0)
        found = []
        for z, D in ((0.3, self.D[0]), (1.1, self.D[1]), (1.9, self.D[1])):
            rate = jax.grad(self.u, 1)(z, 0.2)
            found.append((rate - D * curve(z, 0.2)) / rate)
        a, b = self.l[0] - 1e-13, self.l[0] + 1e-13
        flows = [self.D[i] * self.K[i] * slope(z, 0.2) for i, z in enumerate((a, b))]
        found += [(self.u(a, 0.2) - self.u(b, 0.2)) / self.u(0.0, 0.2), (flows[0] - flows[1]) / flows[0]]
        return np.abs([*found, slope(0.0, 0.2), slope(sum(self.l), 0.2)])


class FiniteDose:
    """A stirred film of thickness L over a slab with a sink below: ∂u/∂t = D ∂²u/∂z², L dg/dt = D K ∂u/∂z at the top.

    g is the film's concentration, u = g at the top and 0 at depth l; at first all is in the film (g = 1).
    u = Σ B sin(α (1 - z/l)) exp(-α² D t/l²), α tan α = K l/L.
    """

    def __init__(self, film=0.5, depth=1.5, diffusivity=0.8, partition=2.0, terms=60):
        self.L, self.l, self.D, self.K = film, depth, diffusivity, partition
        ratio = partition * depth / film
        spans = [(n * np.pi + 1e-12, n * np.pi + np.pi / 2 - 1e-12) for n in range(terms)]
        self.a = np.array([brentq(lambda a: a * np.sin(a) - ratio * np.cos(a), *s, xtol=1e-15) for s in spans])
        weight = partition * depth * (0.5 - np.sin(2 * self.a) / (4 * self.a)) + film * np.sin(self.a) ** 2
        self.B = film * np.sin(self.a) / weight

    def u(self, z, t):
        """Potential at depth z and time t > 0."""
        decay = jnp.exp(-(self.a**2) * self.D * t / self.l**2)
        return jnp.sum(self.B * jnp.sin(self.a * (1 - z / self.l)) * decay)

    def film(self, t):
        """Amount left in the film per area."""
        return self.L * self.u(0.0, t)

    def through(self, t):
        """Amount gone into the sink per area: what is neither in the film nor in the slab."""
        decay = jnp.exp(-(self.a**2) * self.D * t / self.l**2)
        inside = self.K * self.l * jnp.sum(self.B * (1 - jnp.cos(self.a)) / self.a * decay)
        return self.L - self.film(t) - inside

    def residuals(self):
        """Equation, film balance, sink, and what left through the sink against the flux there; all relative."""
        t, slope = 0.3, jax.grad(self.u, 0)
        curve = jax.grad(slope, 0)
        inner = [(jax.grad(self.u, 1)(z, t) - self.D * curve(z, t)) / jax.grad(self.u, 1)(z, t) for z in (0.4, 1.1)]
        film = jax.grad(self.film)(t)
        out = -self.D * self.K * slope(self.l, t)
        ends = [(film - self.D * self.K * slope(0.0, t)) / film, (jax.grad(self.through)(t) - out) / out]
        return np.abs([*inner, *ends, self.u(self.l, t)])


class Slabs:
    """Layers from a donor held at u = 1 to a sink: steady flux J = 1/Σ l/(D K), and the lag before it.

    ψ is the steady potential. What the transient lacks, v = ∫ (ψ - u) dt, solves D K v'' = -K ψ, v = 0 at both ends; it
    lacks J times the lag at the sink, so lag = Σ ∫ K ψ (1 - ψ) dz / J.
    """

    def __init__(self, widths=(0.1, 0.7, 1.3), diffusivities=(0.002, 0.4, 2.0), partitions=(5.0, 1.0, 0.6)):
        self.l, self.D, self.K = (np.asarray(x, dtype=float) for x in (widths, diffusivities, partitions))
        resistance = self.l / (self.D * self.K)
        self.flux = 1 / np.sum(resistance)
        self.edges = 1 - self.flux * np.concatenate([[0.0], np.cumsum(resistance)])
        a, b = self.edges[:-1], self.edges[1:]
        self.lag = np.sum(self.K * self.l * ((a + b) / 2 - (a * a + a * b + b * b) / 3)) / self.flux
        self.free = self._constants()

    def v(self, layer, x):
        """What is lacking, at depth x into a layer: a cubic with two free constants."""
        a, b, l, D = self.edges[layer], self.edges[layer + 1], self.l[layer], self.D[layer]
        bent = -(a * x**2 / 2 + (b - a) * x**3 / (6 * l)) / D
        return bent + self.free[2 * layer] * x + self.free[2 * layer + 1]

    def _constants(self):
        """The constants from both ends and from v and its flux being continuous between layers."""
        n = len(self.l)

        def conditions(free):
            self.free = free
            last, slope = n - 1, jax.grad(self.v, 1)
            found = [self.v(0, 0.0), self.v(last, self.l[last])]
            for i in range(last):
                flows = [self.D[j] * self.K[j] * slope(j, x) for j, x in ((i, self.l[i]), (i + 1, 0.0))]
                found += [self.v(i, self.l[i]) - self.v(i + 1, 0.0), flows[0] - flows[1]]
            return jnp.stack([jnp.asarray(x) for x in found])

        zero = jnp.zeros(2 * n)
        return np.linalg.solve(np.asarray(jax.jacfwd(conditions)(zero)), -np.asarray(conditions(zero)))

    def residuals(self):
        """Equation in every layer, ends, and what is lacking at the sink against flux times lag; all relative."""
        slope = jax.grad(self.v, 1)
        curve, found = jax.grad(slope, 1), []
        for i, l in enumerate(self.l):
            psi = self.edges[i] + (self.edges[i + 1] - self.edges[i]) * 0.3
            found.append((self.D[i] * curve(i, 0.3 * l) + psi) / psi)
        out = -self.D[-1] * self.K[-1] * slope(len(self.l) - 1, self.l[-1])
        return np.abs([*found, self.v(0, 0.0), (out - self.flux * self.lag) / out])


class Bolus:
    """A top hat of one unit in a closed slab that clears it at k: cosines that die away.

    ∂c/∂t = D ∂²c/∂z² - k c,   c = exp(-k t) [1/l + Σ A_n cos(n π z/l) exp(-D (n π/l)² t)]
    """

    def __init__(self, depth=1.5, begin=0.5, end=0.8, diffusivity=0.2, clearance=0.9, terms=400):
        self.l, self.a, self.b, self.D, self.k = depth, begin, end, diffusivity, clearance
        self.w = np.pi * np.arange(1, terms) / depth
        self.A = 2 / depth * (np.sin(self.w * end) - np.sin(self.w * begin)) / (self.w * (end - begin))

    def c(self, z, t):
        """Concentration at depth z and time t > 0."""
        waves = self.A * jnp.cos(self.w * z) * jnp.exp(-self.D * self.w**2 * t)
        return jnp.exp(-self.k * t) * (1 / self.l + jnp.sum(waves))

    def cleared(self, t):
        """Share of the dose that has been taken up."""
        return 1 - jnp.exp(-self.k * t)

    def residuals(self):
        """Equation at three depths, closed ends, and what is taken up against what is there; all relative."""
        t, slope = 0.2, jax.grad(self.c, 0)
        curve, rate = jax.grad(slope, 0), jax.grad(self.c, 1)
        inner = [(rate(z, t) - self.D * curve(z, t) + self.k * self.c(z, t)) / rate(z, t) for z in (0.3, 0.7, 1.2)]
        z = (np.arange(4000) + 0.5) * self.l / 4000
        inside = jnp.mean(jax.vmap(lambda x: self.c(x, t))(z)) * self.l
        taken = jax.grad(self.cleared)(t)
        return np.abs([*inner, slope(0.0, t), slope(self.l, t), (taken - self.k * inside) / taken])


class Chain:
    """g' = -a g, s₁' = k (g - s₁), s_i' = k (s_{i-1} - s_i): what is fed to the first of equal stages dies away at a.

    s_n = g₀ (k/(k - a))ⁿ [exp(-a t) - exp(-k t) Σ_{j<n} ((k - a) t)ʲ/j!]
    """

    def __init__(self, a=0.3, k=1.7, start=1.0):
        self.a, self.k, self.start = a, k, start

    def stage(self, n, t):
        """Stage n at time t; stage 0 is what is fed in."""
        a, k = self.a, self.k
        if n == 0:
            return self.start * jnp.exp(-a * t)
        terms, power = 0.0, 1.0
        for j in range(n):
            terms, power = terms + power, power * (k - a) * t / (j + 1)
        return self.start * (k / (k - a)) ** n * (jnp.exp(-a * t) - jnp.exp(-k * t) * terms)

    def residuals(self, stages=3):
        """Each stage's equation at a few times, and empty stages at the start; relative to the feed."""
        found = []
        for n in range(1, stages + 1):
            for t in (0.1, 0.9, 4.0):
                rate = jax.grad(lambda x, n=n: self.stage(n, x))(t)
                found.append(rate - self.k * (self.stage(n - 1, t) - self.stage(n, t)))
            found.append(self.stage(n, 0.0))
        return np.abs(np.array(found)) / (self.k * self.start)


class Cell:
    """Steady diffusion from a channel of radius c into a tissue cylinder of radius b that takes up evenly.

        (1/r) d/dr (r du/dr) = -q,  u(c) = 0,  u'(b) = 0:   u = q [b² ln(r/c)/2 - (r² - c²)/4] with the sign of q

    Exchange per tissue volume over the difference of channel and tissue mean: 2/(b² (ln(b/c) - ¾)) in the sparse limit.
    """

    def __init__(self, channel=1.0, cell=30.0, uptake=0.7):
        self.c, self.b, self.q = channel, cell, uptake

    def u(self, r):
        """Potential below the channel's at radius r (positive where tissue lacks)."""
        return self.q * (self.b**2 * jnp.log(r / self.c) / 2 - (r**2 - self.c**2) / 4)

    def mean(self, points=200001):
        """Mean lack over the tissue's area."""
        r = jnp.linspace(self.c, self.b, points)
        values = self.u(r) * r
        area = (self.b**2 - self.c**2) / 2
        return float(jnp.sum((values[1:] + values[:-1]) / 2 * jnp.diff(r)) / area)

    def residuals(self):
        """Equation at three radii, and both walls; relative."""
        slope = jax.grad(self.u)
        bent = jax.grad(lambda r: r * slope(r))
        inner = [(bent(r) / r + self.q) / self.q for r in (2.0, 9.0, 25.0)]
        return np.abs([*inner, self.u(self.c), slope(self.b) / slope(self.c)])


def put_back(oracle):
    """An exact solution solves its own equation."""
    left = oracle.residuals()
    assert np.max(left) < PUT_BACK, f"{type(oracle).__name__} leaves {np.max(left):.1e} of its equation"


def order(sizes, errors):
    """Observed order of convergence between successive sizes."""
    sizes, errors = np.log(np.asarray(sizes)), np.log(np.asarray(errors))
    return np.diff(errors) / np.diff(sizes)

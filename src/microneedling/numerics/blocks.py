"""Block-tridiagonal systems over depth on the native machine: elimination down the cells, lanes innermost."""

from __future__ import annotations

import numpy as np

from microneedling.numerics.native import LANES, compiled


@compiled
def factor_blocks(memory, to, places, shape):
    """Block elimination of A x[i-1] + D x[i] + C x[i+1] without pivoting; per cell A, 1/D' and (1/D')C are kept.

        D'[i] = D[i] - A[i] (1/D'[i-1]) C[i-1]

    Args:
        memory: of the program
        to: where the factors go
        places: where the 3·size² depth fields A, D, C begin, each row by row
        shape: (size, cells)
    """
    size, cells = shape
    per = size * size * LANES
    work, inverse = np.empty((size, size, LANES)), np.empty((size, size, LANES))
    for i in range(cells):
        here = to + 3 * i * per
        _gather(memory, here, (places, size, i), work)
        if i > 0:
            before = here - per
            for a in range(size):
                for b in range(size):
                    for c in range(size):
                        for s in range(LANES):
                            left = memory[here + (a * size + c) * LANES + s]
                            work[a, b, s] -= left * memory[before + (c * size + b) * LANES + s]
        _invert(work, inverse, size)
        for a in range(size):
            for b in range(size):
                at = here + per + (a * size + b) * LANES
                for s in range(LANES):
                    memory[at + s] = inverse[a, b, s]
                    memory[at + per + s] = 0.0
                if i + 1 < cells:
                    for c in range(size):
                        up = places[2 * size * size + c * size + b] + i * LANES
                        for s in range(LANES):
                            memory[at + per + s] += inverse[a, c, s] * memory[up + s]


@compiled
def _gather(memory, here, wanted, work):
    """A of one cell into its place, D into `work`."""
    places, size, i = wanted
    for e in range(size * size):
        low, middle = places[e] + i * LANES, places[size * size + e] + i * LANES
        for s in range(LANES):
            memory[here + e * LANES + s] = memory[low + s] if i > 0 else 0.0
            work[e // size, e % size, s] = memory[middle + s]


@compiled
def _invert(a, out, size):
    """Gauss-Jordan on small diagonally dominant blocks."""
    for p in range(size):
        for j in range(size):
            for s in range(LANES):
                out[p, j, s] = 1.0 if p == j else 0.0
    for p in range(size):
        for s in range(LANES):
            pivot = 1.0 / a[p, p, s]
            for j in range(size):
                a[p, j, s] *= pivot
                out[p, j, s] *= pivot
        for i in range(size):
            if i != p:
                for s in range(LANES):
                    m = a[i, p, s]
                    for j in range(size):
                        a[i, j, s] -= m * a[p, j, s]
                        out[i, j, s] -= m * out[p, j, s]


@compiled
def solve_blocks(memory, to, places, shape):
    """x for the factors at places[0] and right-hand sides at places[1:], each a depth field; x goes to `to`."""
    size, cells = shape
    per = size * size * LANES
    part = np.empty((size, LANES))
    for i in range(cells):
        kept = places[0] + 3 * i * per
        for a in range(size):
            for s in range(LANES):
                part[a, s] = memory[places[1 + a] + i * LANES + s]
            if i > 0:
                for b in range(size):
                    above = to + (b * cells + i - 1) * LANES
                    for s in range(LANES):
                        part[a, s] -= memory[kept + (a * size + b) * LANES + s] * memory[above + s]
        for a in range(size):
            at = to + (a * cells + i) * LANES
            for s in range(LANES):
                total = 0.0
                for b in range(size):
                    total += memory[kept + per + (a * size + b) * LANES + s] * part[b, s]
                memory[at + s] = total
    for i in range(cells - 2, -1, -1):
        kept = places[0] + (3 * i + 2) * per
        for a in range(size):
            at = to + (a * cells + i) * LANES
            for b in range(size):
                below = to + (b * cells + i + 1) * LANES
                for s in range(LANES):
                    memory[at + s] -= memory[kept + (a * size + b) * LANES + s] * memory[below + s]


@compiled
def solve_turned_blocks(memory, to, places, shape):
    """x of Bᵀ x = g, for the factors of B at places[0] and g at places[1:], each a depth field; x goes to `to`.

    With B = L U the factors give x = L⁻ᵀ U⁻ᵀ g: down the cells with ((1/D')C)ᵀ, then up with Aᵀ and (1/D')ᵀ.

    Checked by: tests/unit/numerics/test_adjoint.py
    """
    size, cells = shape
    per = size * size * LANES
    part = np.empty((size, LANES))
    for i in range(cells):
        above = places[0] + (3 * i - 1) * per
        for a in range(size):
            at = to + (a * cells + i) * LANES
            for s in range(LANES):
                memory[at + s] = memory[places[1 + a] + i * LANES + s]
            if i > 0:
                for b in range(size):
                    before = to + (b * cells + i - 1) * LANES
                    for s in range(LANES):
                        memory[at + s] -= memory[above + (b * size + a) * LANES + s] * memory[before + s]
    for i in range(cells - 1, -1, -1):
        kept = places[0] + 3 * i * per
        for a in range(size):
            at = to + (a * cells + i) * LANES
            for s in range(LANES):
                part[a, s] = memory[at + s]
            if i + 1 < cells:
                for b in range(size):
                    after = to + (b * cells + i + 1) * LANES
                    for s in range(LANES):
                        part[a, s] -= memory[kept + 3 * per + (b * size + a) * LANES + s] * memory[after + s]
        for a in range(size):
            at = to + (a * cells + i) * LANES
            for s in range(LANES):
                total = 0.0
                for b in range(size):
                    total += memory[kept + per + (b * size + a) * LANES + s] * part[b, s]
                memory[at + s] = total

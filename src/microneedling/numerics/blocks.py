"""Block-tridiagonal systems over depth on the native machine: elimination down the cells, lanes innermost.

How many lanes there are is the length of a tuple, so that each width is compiled with its own loops."""

from __future__ import annotations

import numpy as np

from microneedling.numerics.native import compiled


@compiled
def factor_blocks(memory, to, places, shape):
    """Block elimination of A x[i-1] + D x[i] + C x[i+1] without pivoting; per cell A, 1/D' and (1/D')C are kept.

        D'[i] = D[i] - A[i] (1/D'[i-1]) C[i-1]

    Args:
        memory: of the program
        to: where the factors go
        places: where the 3·size² depth fields A, D, C begin, each row by row
        shape: (size, cells, a tuple as long as there are people side by side)
    """
    size, cells, lanes = shape
    width = len(lanes)
    per = size * size * width
    work, inverse = np.empty((size, size, width)), np.empty((size, size, width))
    for i in range(cells):
        here = to + 3 * i * per
        _gather(memory, here, (places, size, i, lanes), work)
        if i > 0:
            before = here - per
            for a in range(size):
                for b in range(size):
                    for c in range(size):
                        for s in range(width):
                            left = memory[here + (a * size + c) * width + s]
                            work[a, b, s] -= left * memory[before + (c * size + b) * width + s]
        _invert(work, inverse, size, lanes)
        for a in range(size):
            for b in range(size):
                at = here + per + (a * size + b) * width
                for s in range(width):
                    memory[at + s] = inverse[a, b, s]
                    memory[at + per + s] = 0.0
                if i + 1 < cells:
                    for c in range(size):
                        up = places[2 * size * size + c * size + b] + i * width
                        for s in range(width):
                            memory[at + per + s] += inverse[a, c, s] * memory[up + s]


@compiled
def _gather(memory, here, wanted, work):
    """A of one cell into its place, D into `work`."""
    places, size, i, lanes = wanted
    width = len(lanes)
    for e in range(size * size):
        low, middle = places[e] + i * width, places[size * size + e] + i * width
        for s in range(width):
            memory[here + e * width + s] = memory[low + s] if i > 0 else 0.0
            work[e // size, e % size, s] = memory[middle + s]


@compiled
def _invert(a, out, size, lanes):
    """Gauss-Jordan on small diagonally dominant blocks."""
    width = len(lanes)
    for p in range(size):
        for j in range(size):
            for s in range(width):
                out[p, j, s] = 1.0 if p == j else 0.0
    for p in range(size):
        for s in range(width):
            pivot = 1.0 / a[p, p, s]
            for j in range(size):
                a[p, j, s] *= pivot
                out[p, j, s] *= pivot
        for i in range(size):
            if i != p:
                for s in range(width):
                    m = a[i, p, s]
                    for j in range(size):
                        a[i, j, s] -= m * a[p, j, s]
                        out[i, j, s] -= m * out[p, j, s]


@compiled
def solve_blocks(memory, to, places, shape):
    """x for the factors at places[0] and right-hand sides at places[1:], each a depth field; x goes to `to`."""
    size, cells, lanes = shape
    width = len(lanes)
    per = size * size * width
    part = np.empty((size, width))
    for i in range(cells):
        kept = places[0] + 3 * i * per
        for a in range(size):
            for s in range(width):
                part[a, s] = memory[places[1 + a] + i * width + s]
            if i > 0:
                for b in range(size):
                    above = to + (b * cells + i - 1) * width
                    for s in range(width):
                        part[a, s] -= memory[kept + (a * size + b) * width + s] * memory[above + s]
        for a in range(size):
            at = to + (a * cells + i) * width
            for s in range(width):
                total = 0.0
                for b in range(size):
                    total += memory[kept + per + (a * size + b) * width + s] * part[b, s]
                memory[at + s] = total
    for i in range(cells - 2, -1, -1):
        kept = places[0] + (3 * i + 2) * per
        for a in range(size):
            at = to + (a * cells + i) * width
            for b in range(size):
                below = to + (b * cells + i + 1) * width
                for s in range(width):
                    memory[at + s] -= memory[kept + (a * size + b) * width + s] * memory[below + s]


@compiled
def solve_turned_blocks(memory, to, places, shape):
    """x of Bᵀ x = g, for the factors of B at places[0] and g at places[1:], each a depth field; x goes to `to`.

    With B = L U the factors give x = L⁻ᵀ U⁻ᵀ g: down the cells with ((1/D')C)ᵀ, then up with Aᵀ and (1/D')ᵀ.

    Checked by: tests/unit/numerics/test_adjoint.py
    """
    size, cells, lanes = shape
    width = len(lanes)
    per = size * size * width
    part = np.empty((size, width))
    for i in range(cells):
        above = places[0] + (3 * i - 1) * per
        for a in range(size):
            at = to + (a * cells + i) * width
            for s in range(width):
                memory[at + s] = memory[places[1 + a] + i * width + s]
            if i > 0:
                for b in range(size):
                    before = to + (b * cells + i - 1) * width
                    for s in range(width):
                        memory[at + s] -= memory[above + (b * size + a) * width + s] * memory[before + s]
    for i in range(cells - 1, -1, -1):
        kept = places[0] + 3 * i * per
        for a in range(size):
            at = to + (a * cells + i) * width
            for s in range(width):
                part[a, s] = memory[at + s]
            if i + 1 < cells:
                for b in range(size):
                    after = to + (b * cells + i + 1) * width
                    for s in range(width):
                        part[a, s] -= memory[kept + 3 * per + (b * size + a) * width + s] * memory[after + s]
        for a in range(size):
            at = to + (a * cells + i) * width
            for s in range(width):
                total = 0.0
                for b in range(size):
                    total += memory[kept + per + (b * size + a) * width + s] * part[b, s]
                memory[at + s] = total

"""The native machine: runs a program's instructions on one memory, LANES people side by side, or one alone.

It knows no law. Compiled once on a computer and kept, it runs any tape at once; one instruction serves all cells.
"""

from __future__ import annotations

import math

import numpy as np

from microneedling.numerics.blocks import factor_blocks, solve_blocks, solve_turned_blocks
from microneedling.numerics.native import LANES, RUN, compiled, compiled_for

_ONE, _MANY = (0,), (0,) * LANES


@compiled
def _binary(op, out, x, y):
    n = out.size
    if op == 0:
        for k in range(n):
            out[k] = x[k] + y[k]
    elif op == 1:
        for k in range(n):
            out[k] = x[k] - y[k]
    elif op == 2:
        for k in range(n):
            out[k] = x[k] * y[k]
    elif op == 3:
        for k in range(n):
            out[k] = x[k] / y[k]
    elif op == 4:  # what is not a number stays so, as in JAX
        for k in range(n):
            out[k] = x[k] if (x[k] > y[k] or x[k] != x[k]) else y[k]
    elif op == 5:
        for k in range(n):
            out[k] = x[k] if (x[k] < y[k] or x[k] != x[k]) else y[k]
    elif op == 6:
        for k in range(n):
            out[k] = x[k] ** y[k]
    else:
        for k in range(n):
            out[k] = 1.0 if _holds(op, x[k], y[k]) else 0.0


@compiled
def _holds(op, x, y):
    if op == 7:
        return x > y
    if op == 8:
        return x >= y
    if op == 9:
        return x < y
    if op == 10:
        return x <= y
    if op == 11:
        return x == y
    if op == 12:
        return x != y
    if op == 13:
        return x != 0 and y != 0
    return x != 0 or y != 0


@compiled
def _unary(op, out, x):
    if op == 32:
        for k in range(out.size):
            out[k] = -x[k]
    elif op == 33:
        for k in range(out.size):
            out[k] = np.sqrt(x[k])
    else:
        for k in range(out.size):
            out[k] = _one(op, x[k])


@compiled
def _one(op, x):
    if op == 34:
        return np.exp(x)
    if op == 35:
        return np.log(x)
    if op == 36:
        return np.log1p(x)
    if op == 37:
        return np.expm1(x)
    if op == 38:
        return np.tanh(x)
    if op == 39:
        return 1.0 / (1.0 + np.exp(-x))
    if op == 40:
        return abs(x)
    if op == 41:
        return 0.0 if x != 0 else 1.0
    if op == 42:
        return math.erf(x)
    if op == 43:
        return math.erfc(x)
    if op == 44:
        return np.sign(x)
    if op == 45:
        return np.floor(x)
    return np.sin(x) if op == 46 else np.cos(x)


@compiled
def _select(out, which, no, yes):
    for k in range(out.size):
        out[k] = yes[k] if which[k] != 0 else no[k]


@compiled
def _fused(op, out, a, product):
    b, c = product
    if op == 80:
        for k in range(out.size):
            out[k] = a[k] + b[k] * c[k]
    elif op == 81:
        for k in range(out.size):
            out[k] = a[k] - b[k] * c[k]
    else:
        for k in range(out.size):
            out[k] = b[k] * c[k] - a[k]


@compiled
def _copy(out, x):
    for k in range(out.size):
        out[k] = x[k]


@compiled
def _broadcast(out, x):
    for r in range(out.size // x.size):
        for s in range(x.size):
            out[r * x.size + s] = x[s]


@compiled
def _sum(out, x):
    out[:] = 0.0
    for r in range(x.size // out.size):
        for s in range(out.size):
            out[s] += x[r * out.size + s]


@compiled
def _blocks(memory, what, places, lanes):
    op, to, n, size = what
    if op == 68:
        factor_blocks(memory, to, places, (size, n // (3 * size * size * len(lanes)), lanes))
    elif op == 69:
        solve_blocks(memory, to, places, (size, n // (size * len(lanes)), lanes))
    else:
        solve_turned_blocks(memory, to, places, (size, n // (size * len(lanes)), lanes))


@compiled_for(*RUN)
def run(memory, code, table):
    """Run instructions in order; rows of `code` are operation, result, three operands, count, extra (opcodes.py).

    Checked by: tests/unit/numerics/test_machine.py (every instruction against JAX)
    """
    for i in range(code.shape[0]):
        op, n = code[i, 0], code[i, 5]
        out = memory[code[i, 1] : code[i, 1] + n]
        if op < 32:
            _binary(op, out, memory[code[i, 2] : code[i, 2] + n], memory[code[i, 3] : code[i, 3] + n])
        elif op < 64:
            _unary(op, out, memory[code[i, 2] : code[i, 2] + n])
        elif op >= 80:
            pair = memory[code[i, 3] : code[i, 3] + n], memory[code[i, 4] : code[i, 4] + n]
            _fused(op, out, memory[code[i, 2] : code[i, 2] + n], pair)
        elif op == 64:
            no, yes = memory[code[i, 3] : code[i, 3] + n], memory[code[i, 4] : code[i, 4] + n]
            _select(out, memory[code[i, 2] : code[i, 2] + n], no, yes)
        elif op == 65:
            _copy(out, memory[code[i, 2] : code[i, 2] + n])
        elif op == 66:
            _broadcast(out, memory[code[i, 2] : code[i, 2] + code[i, 6]])
        elif op == 67:
            _sum(memory[code[i, 1] : code[i, 1] + code[i, 6]], memory[code[i, 2] : code[i, 2] + n])
        elif code[i, 4] == 1:
            _blocks(memory, (op, code[i, 1], n, code[i, 6]), table[code[i, 2] : code[i, 2] + code[i, 3]], _ONE)
        else:
            _blocks(memory, (op, code[i, 1], n, code[i, 6]), table[code[i, 2] : code[i, 2] + code[i, 3]], _MANY)

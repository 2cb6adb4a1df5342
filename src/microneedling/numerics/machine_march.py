"""RODAS4 on the native machine: the same steps as step.py and march.py, for a few people, each at their own pace."""

from __future__ import annotations

import math

import numpy as np
from numba import types as nb

from microneedling.numerics.march import GROW, SAFETY, SHRINK, SMALLEST, SOLVED
from microneedling.numerics.native import CODE, MEMORY, PLACES, Pointer, compiled, compiled_for
from microneedling.numerics.status import FINE, NOT_FINITE, NOT_SOLVED, STEP_TOO_SMALL, TOO_MANY_STEPS
from microneedling.numerics.step import DENSE, GAMMA, NEW, ORDER, STAGES, A, C

_A, _C, _NEW, _DENSE = (np.ascontiguousarray(t) for t in (A, C, NEW, DENSE))


@compiled
def _first_step(run, program, fields, pace):
    """A step in which no field moves by more than about its own hundredth, at most a hundredth of the span."""
    memory, _, rate, _, table, places = program
    length, tolerance = pace
    y, rows, negligible, _ = fields
    lanes = y.shape[1]
    _put(memory, places[2], y)
    run(memory, rate, table)
    moved = memory[places[5] : places[5] + y.size].copy().reshape(y.shape)
    now, speed = _sizes(y, rows), _sizes(moved, rows)
    h, whole = np.empty(lanes), max(length, 1e-30)
    for s in range(lanes):
        limit = math.inf
        for f in range(rows.size):
            loose = negligible[f] * (10 * tolerance / 1e-3) + 10 * tolerance * now[f, s]
            share = loose / max(speed[f, s], 1e-300)
            limit = share if not share >= limit else limit
        h[s] = min(max(limit if limit == limit else 0.0, 1e-9 * whole), 1e-2 * whole)
    return h


@compiled
def _step(run, program, y, made):
    """The six stages of one step (step.py); stages are flat (stage, rows x lanes)."""
    memory, lin, rate, solve, table, places = program
    size, stages = made
    n, lanes = y.size, y.shape[1]
    flat, pull, pace = y.reshape(n), np.empty(n), np.empty(n)
    for r in range(y.shape[0]):
        for s in range(lanes):
            pace[r * lanes + s] = 1.0 / size[s]
    _put(memory, places[0], y)
    for s in range(lanes):
        memory[places[1] + s] = 1.0 / (GAMMA * size[s])
    run(memory, lin, table)
    for i in range(STAGES):
        rates = memory[places[4] : places[4] + n]
        pull[:] = 0.0
        if i > 0:
            fields = memory[places[2] : places[2] + n]
            fields[:] = flat
            _add(fields, stages, _A[i], i)
            run(memory, rate, table)
            rates = memory[places[5] : places[5] + n]
            _add(pull, stages, _C[i], i)
        right = memory[places[3] : places[3] + n]
        for k in range(n):
            right[k] = rates[k] + pull[k] * pace[k]
        run(memory, solve, table)
        stages[i, :] = memory[places[6] : places[6] + n]


@compiled
def _unsolved(run, program, check, made):
    """What solving the first stage of the step just taken left of its equations (linear.residual)."""
    memory, _, _, _, table, places = program
    stages, left = made
    n = left.size
    if check.shape[0] > 0:
        memory[places[7] : places[7] + n] = stages[0]
        memory[places[8] : places[8] + n] = memory[places[4] : places[4] + n]
        run(memory, check, table)
        left[:] = memory[places[9] : places[9] + n]


@compiled
def _add(out, stages, weights, count):
    """out += Σ weight · stage over the first `count` stages."""
    for j in range(count):
        weight, stage = weights[j], stages[j]
        for k in range(out.size):
            out[k] += weight * stage[k]


@compiled
def _error(fields, rows, negligible, tolerance):
    """The largest error over what is allowed, and the same of what solving left, per lane; NaN where anything is."""
    old, new = _sizes(fields[0], rows), _sizes(fields[1], rows)
    error, left = _sizes(fields[2], rows), _sizes(fields[3], rows)
    worst, unsolved = np.zeros(old.shape[1]), np.zeros(old.shape[1])
    for s in range(worst.size):
        for f in range(rows.size):
            allowed = negligible[f] * (tolerance / 1e-3) + tolerance * max(old[f, s], new[f, s])
            share, over = error[f, s] / allowed, left[f, s] / (SOLVED * allowed)
            if share != share or over != over:
                worst[s] = math.nan
                break
            unsolved[s] = max(unsolved[s], over)
            worst[s] = max(worst[s], share, over)
    return worst, unsolved


@compiled
def _accept(pace, errors, length, outcome):
    """New step sizes; `active` is left true where the step was good."""
    (t, h, size, active), (worst, unsolved) = pace, errors
    for s in range(t.size):
        if not active[s]:
            continue
        finite = math.isfinite(worst[s])
        good = finite and worst[s] <= 1.0
        factor = SAFETY * max(worst[s], 1e-8) ** (-1.0 / ORDER) if finite else SHRINK
        grown = size[s] * min(max(factor, SHRINK), GROW)
        last = t[s] + h[s] * (1 + 1e-6) >= length
        h[s] = max(grown, size[s]) if good and last else grown
        outcome[1, s] += good
        outcome[2, s] += not good
        if not good and h[s] < SMALLEST * length:
            outcome[0, s] = (NOT_SOLVED if unsolved[s] > 1.0 else STEP_TOO_SMALL) if finite else NOT_FINITE
        active[s] = good


@compiled
def _read(fields, pace, begin, kept):
    """Fields at every reading time inside the step just taken, by dense output."""
    y, new, stages = fields
    t, size, active = pace
    times, index, store = kept[1:4]
    for s in range(t.size):
        until = begin + t[s] + size[s] * (1 + 1e-12)
        while active[s] and index[s] < times.size and times[index[s]] <= until:
            theta = min(max((times[index[s]] - begin - t[s]) / size[s], 0.0), 1.0)
            for r in range(y.shape[0]):
                c3, c4 = 0.0, 0.0
                for j in range(STAGES):
                    c3 += _DENSE[0, j] * stages[j, r * t.size + s]
                    c4 += _DENSE[1, j] * stages[j, r * t.size + s]
                inner = new[r, s] + (c3 + c4 * theta) * (1 - theta)
                store[index[s], r, s] = y[r, s] * (1 - theta) + inner * theta
            index[s] += 1


@compiled
def _remember(y, pace, begin, trail):
    """Put an accepted step on the trail, for whoever wants to go back over it."""
    t, size, active = pace
    fields, begins, sizes, count = trail
    for s in range(t.size):
        if active[s] and count[s] < sizes.shape[0]:
            begins[count[s], s] = begin + t[s]
            sizes[count[s], s] = size[s]
            for r in range(y.shape[0]):
                fields[count[s], r, s] = y[r, s]
            count[s] += 1


@compiled
def _put(memory, begin, fields):
    memory[begin : begin + fields.size] = fields.reshape(fields.size)


@compiled
def _sizes(fields, rows):
    """Root mean square over depth of each field (field, lanes)."""
    lanes, begin = fields.shape[1], 0
    out = np.zeros((rows.size, lanes))
    for f in range(rows.size):
        for r in range(begin, begin + rows[f]):
            for s in range(lanes):
                out[f, s] += fields[r, s] * fields[r, s]
        begin += rows[f]
        for s in range(lanes):
            out[f, s] = math.sqrt(out[f, s] / rows[f])
    return out


_PROGRAM = nb.Tuple((MEMORY, CODE, CODE, CODE, PLACES, PLACES))
_FIELDS = nb.Tuple((nb.float64[:, ::1], PLACES, MEMORY, CODE))
_TRAIL = nb.Tuple((nb.float64[:, :, ::1], nb.float64[:, ::1], nb.float64[:, ::1], PLACES))
_KEPT = nb.Tuple((MEMORY, MEMORY, PLACES, nb.float64[:, :, ::1], nb.int64[:, ::1], _TRAIL))


@compiled_for(Pointer, _PROGRAM, _FIELDS, _KEPT)
def march_lanes(run, program, fields, kept):
    """Advance y' = f(y) from one time to another, reading on the way (march.py says how and why).

    Args:
        run: machine.run
        program: (memory with section 0 run, code to linearise, code of the rate, code to solve, table, places where
            begin: fields to linearise, shift, fields of the rate, right-hand side; rates made by linearise, by the
            rate, and x; solution and right-hand side to check, and what it leaves)
        fields: (y (rows, lanes), advanced in place; rows of each field; size of each below which nothing matters; code
            to check a solution, of no instruction where none is checked)
        kept: ((begin [s], end [s], relative tolerance, most steps), reading times [s], and, filled in place, next
            reading of each lane, store (reading, rows, lanes), status, steps and steps refused of each lane, and the
            trail: fields before each accepted step (step, rows, lanes), its begin and size (step, lanes), how many
            steps are on it (lanes,); a trail without room keeps nothing)

    Checked by: tests/unit/simulate/test_native.py (against march.py)
    """
    y, rows, negligible, _ = fields
    begin, end, tolerance, most = kept[0]
    length, outcome, lanes = end - begin, kept[4], y.shape[1]
    t, size, active = np.zeros(lanes), np.empty(lanes), np.empty(lanes, dtype=np.bool_)
    new, left, stages = np.empty_like(y), np.zeros(y.size), np.zeros((STAGES, y.size))
    h = _first_step(run, program, fields, (length, tolerance))
    for _ in range(int(most)):
        going = False
        for s in range(lanes):
            active[s] = t[s] < length * (1 - 1e-14) and outcome[0, s] == FINE
            going = going or active[s]
            ends = t[s] + h[s] * (1 + 1e-6) >= length
            size[s] = (length - t[s] if ends else h[s]) if active[s] else 1.0
        if not going:
            break
        _step(run, program, y, (size, stages))
        _unsolved(run, program, fields[3], (stages, left))
        new[:, :] = y
        _add(new.reshape(y.size), stages, _NEW, STAGES)
        last = stages[STAGES - 1].reshape(y.shape)
        errors = _error((y, new, last, left.reshape(y.shape)), rows, negligible, tolerance)
        _accept((t, h, size, active), errors, length, outcome)
        _read((y, new, stages), (t, size, active), begin, kept)
        _remember(y, (t, size, active), begin, kept[5])
        for s in range(lanes):
            if active[s]:
                t[s] = length if t[s] + size[s] * (1 + 1e-6) >= length else t[s] + size[s]
                for r in range(y.shape[0]):
                    y[r, s] = new[r, s]
    for s in range(lanes):
        if outcome[0, s] == FINE and t[s] < length * (1 - 1e-12):
            outcome[0, s] = TOO_MANY_STEPS

"""RODAS4 on the native machine: the same steps as step.py and march.py, for LANES people at their own pace."""

from __future__ import annotations

import math

import numpy as np
from numba import types as nb

from microneedling.numerics.march import GROW, SAFETY, SHRINK, SMALLEST
from microneedling.numerics.native import CODE, LANES, MEMORY, PLACES, Pointer, compiled, compiled_for
from microneedling.numerics.status import FINE, NOT_FINITE, STEP_TOO_SMALL, TOO_MANY_STEPS
from microneedling.numerics.step import DENSE, GAMMA, NEW, ORDER, STAGES, A, C

_A, _C, _NEW, _DENSE = (np.ascontiguousarray(t) for t in (A, C, NEW, DENSE))


@compiled
def _first_step(run, program, fields, pace):
    """A step in which no field moves by more than about its own hundredth, at most a hundredth of the span."""
    memory, _, rate, _, table, places = program
    length, tolerance = pace
    y, rows, negligible = fields
    moved = np.empty_like(y)
    _put(memory, places[2], y)
    run(memory, rate, table)
    for r in range(y.shape[0]):
        for s in range(LANES):
            moved[r, s] = memory[places[5] + r * LANES + s]
    now, speed = _sizes(y, rows), _sizes(moved, rows)
    h, whole = np.empty(LANES), max(length, 1e-30)
    for s in range(LANES):
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
    n = y.size
    flat, pull, pace = y.reshape(n), np.empty(n), np.empty(n)
    for r in range(y.shape[0]):
        for s in range(LANES):
            pace[r * LANES + s] = 1.0 / size[s]
    _put(memory, places[0], y)
    for s in range(LANES):
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
def _add(out, stages, weights, count):
    """out += Σ weight · stage over the first `count` stages."""
    for j in range(count):
        weight, stage = weights[j], stages[j]
        for k in range(out.size):
            out[k] += weight * stage[k]


@compiled
def _error(fields, rows, negligible, tolerance):
    """The largest error over what is allowed, per lane; not a number where anything is not."""
    old, new, error = _sizes(fields[0], rows), _sizes(fields[1], rows), _sizes(fields[2], rows)
    worst = np.zeros(LANES)
    for s in range(LANES):
        for f in range(rows.size):
            allowed = negligible[f] * (tolerance / 1e-3) + tolerance * max(old[f, s], new[f, s])
            share = error[f, s] / allowed
            if share != share:
                worst[s] = share
                break
            worst[s] = max(worst[s], share)
    return worst


@compiled
def _accept(pace, worst, length, outcome):
    """New step sizes; `active` is left true where the step was good."""
    t, h, size, active = pace
    for s in range(LANES):
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
            outcome[0, s] = STEP_TOO_SMALL if finite else NOT_FINITE
        active[s] = good


@compiled
def _read(fields, pace, begin, kept):
    """Fields at every reading time inside the step just taken, by dense output."""
    y, new, stages = fields
    t, size, active = pace
    times, index, store = kept[1:4]
    for s in range(LANES):
        until = begin + t[s] + size[s] * (1 + 1e-12)
        while active[s] and index[s] < times.size and times[index[s]] <= until:
            theta = min(max((times[index[s]] - begin - t[s]) / size[s], 0.0), 1.0)
            for r in range(y.shape[0]):
                c3, c4 = 0.0, 0.0
                for j in range(STAGES):
                    c3 += _DENSE[0, j] * stages[j, r * LANES + s]
                    c4 += _DENSE[1, j] * stages[j, r * LANES + s]
                inner = new[r, s] + (c3 + c4 * theta) * (1 - theta)
                store[index[s], r, s] = y[r, s] * (1 - theta) + inner * theta
            index[s] += 1


@compiled
def _remember(y, pace, begin, trail):
    """Put an accepted step on the trail, for whoever wants to go back over it."""
    t, size, active = pace
    fields, begins, sizes, count = trail
    for s in range(LANES):
        if active[s] and count[s] < sizes.shape[0]:
            begins[count[s], s] = begin + t[s]
            sizes[count[s], s] = size[s]
            for r in range(y.shape[0]):
                fields[count[s], r, s] = y[r, s]
            count[s] += 1


@compiled
def _put(memory, begin, fields):
    for r in range(fields.shape[0]):
        for s in range(LANES):
            memory[begin + r * LANES + s] = fields[r, s]


@compiled
def _sizes(fields, rows):
    """Root mean square over depth of each field (field, lanes)."""
    out = np.zeros((rows.size, LANES))
    begin = 0
    for f in range(rows.size):
        for r in range(begin, begin + rows[f]):
            for s in range(LANES):
                out[f, s] += fields[r, s] * fields[r, s]
        begin += rows[f]
        for s in range(LANES):
            out[f, s] = math.sqrt(out[f, s] / rows[f])
    return out


_PROGRAM = nb.Tuple((MEMORY, CODE, CODE, CODE, PLACES, PLACES))
_FIELDS = nb.Tuple((nb.float64[:, ::1], PLACES, MEMORY))
_TRAIL = nb.Tuple((nb.float64[:, :, ::1], nb.float64[:, ::1], nb.float64[:, ::1], PLACES))
_KEPT = nb.Tuple((MEMORY, MEMORY, PLACES, nb.float64[:, :, ::1], nb.int64[:, ::1], _TRAIL))


@compiled_for(Pointer, _PROGRAM, _FIELDS, _KEPT)
def march_lanes(run, program, fields, kept):
    """Advance y' = f(y) from one time to another, reading on the way (march.py says how and why).

    Args:
        run: machine.run
        program: (memory with section 0 run, code to linearise, code of the rate, code to solve, table, places where
            begin: fields to linearise, shift, fields of the rate, right-hand side; rates made by linearise, by the
            rate, and x)
        fields: (y (rows, lanes), advanced in place; rows of each field; size of each below which nothing matters)
        kept: ((begin [s], end [s], relative tolerance, most steps), reading times [s], and, filled in place, next
            reading of each lane, store (reading, rows, lanes), status, steps and steps refused of each lane, and the
            trail: fields before each accepted step (step, rows, lanes), its begin and size (step, lanes), how many
            steps are on it (lanes,); a trail without room keeps nothing)

    Checked by: tests/unit/simulate/test_native.py (against march.py)
    """
    y, rows, negligible = fields
    begin, end, tolerance, most = kept[0]
    length, outcome = end - begin, kept[4]
    t, size, active = np.zeros(LANES), np.empty(LANES), np.empty(LANES, dtype=np.bool_)
    new, stages = np.empty_like(y), np.zeros((STAGES, y.size))
    h = _first_step(run, program, fields, (length, tolerance))
    for _ in range(int(most)):
        going = False
        for s in range(LANES):
            active[s] = t[s] < length * (1 - 1e-14) and outcome[0, s] == FINE
            going = going or active[s]
            last = t[s] + h[s] * (1 + 1e-6) >= length
            size[s] = (length - t[s] if last else h[s]) if active[s] else 1.0
        if not going:
            break
        _step(run, program, y, (size, stages))
        new[:, :] = y
        _add(new.reshape(y.size), stages, _NEW, STAGES)
        worst = _error((y, new, stages[STAGES - 1].reshape(y.shape)), rows, negligible, tolerance)
        _accept((t, h, size, active), worst, length, outcome)
        _read((y, new, stages), (t, size, active), begin, kept)
        _remember(y, (t, size, active), begin, kept[5])
        for s in range(LANES):
            if active[s]:
                t[s] = length if t[s] + size[s] * (1 + 1e-6) >= length else t[s] + size[s]
                for r in range(y.shape[0]):
                    y[r, s] = new[r, s]
    for s in range(LANES):
        if outcome[0, s] == FINE and t[s] < length * (1 - 1e-12):
            outcome[0, s] = TOO_MANY_STEPS

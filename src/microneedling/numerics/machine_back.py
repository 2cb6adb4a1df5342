"""The way back through a march: what an outcome's slope is by the fields and numbers a stretch of time began with."""

from __future__ import annotations

import numpy as np
from numba import types as nb

from microneedling.numerics.machine_march import _A, _C, _DENSE, _NEW, _PROGRAM, _TRAIL, _add, _put, _step
from microneedling.numerics.native import CODE, LANES, MEMORY, PLACES, Pointer, compiled, compiled_for
from microneedling.numerics.step import STAGES

_BACK = nb.Tuple((CODE, CODE, CODE, PLACES))
_READS = nb.Tuple((MEMORY, nb.float64[:, :, ::1], nb.int64[:, ::1]))


@compiled
def _read_back(now, reads, bars):
    """Bars of y, y₁ and the stages from those of fields read inside the step (dense output)."""
    at, size, begin, going = now
    times, seeds, steps = reads
    old, new, stages = bars
    for s in range(LANES):
        if not going[s]:
            continue
        for i in range(times.size):
            if steps[i, s] != at[s]:
                continue
            theta = min(max((times[i] - begin[s]) / size[s], 0.0), 1.0)
            for r in range(seeds.shape[1]):
                k, seed = r * LANES + s, seeds[i, r, s]
                old[k] += (1 - theta) * seed
                new[k] += theta * seed
                for j in range(STAGES):
                    stages[j, k] += theta * (1 - theta) * (_DENSE[0, j] + theta * _DENSE[1, j]) * seed


@compiled
def _step_back(run, program, back, made):
    """Bar of y from those of y₁ and of the stages; what numbers are worth is added up by the program itself."""
    memory, table = program[0], program[4]
    solve, rate, linearise, places = back
    y, size, stages, old, bars = made
    n = old.size
    z = np.empty(n)
    for i in range(STAGES - 1, -1, -1):
        memory[places[0] : places[0] + n] = bars[i]
        run(memory, solve, table)
        v = memory[places[1] : places[1] + n]
        memory[places[6] + i * n : places[6] + (i + 1) * n] = v
        memory[places[7] + i * n : places[7] + (i + 1) * n] = stages[i]
        if i == 0:
            break
        z[:] = y.reshape(n)
        _add(z, stages, _A[i], i)
        memory[places[2] : places[2] + n] = z
        memory[places[3] : places[3] + n] = v
        run(memory, rate, table)
        felt = memory[places[4] : places[4] + n]
        for k in range(n):
            old[k] += felt[k]
        for j in range(i):
            for k in range(n):
                bars[j, k] += _A[i, j] * felt[k] + _C[i, j] / size[k % LANES] * v[k]
    _put(memory, places[5], y)
    run(memory, linearise, table)
    for k in range(n):
        old[k] += memory[places[8] + k]


_WAY = nb.Tuple((_BACK, _TRAIL, _READS))


@compiled_for(Pointer, _PROGRAM, _WAY, nb.float64[:, ::1])
def march_back(run, program, way, bar):
    """Take the bar of the fields at the end of a stretch back to its begin, step by step of every lane's own trail.

        W u_i = f(z_i) + Σ (c_ij/h) u_j,  z_i = y + Σ a_ij u_j,  y₁ = y + Σ m_i u_i,  W = 1/(γ h) I - J(y)

        Wᵀ v_i = bar of u_i;   bar of z_i = f'(z_i)ᵀ v_i;   bar of u_j += a_ij (bar of z_i) + (c_ij/h) v_i, j < i;
        bar of J = Σ v_i u_iᵀ

    Step sizes are taken as they were. Stages are worked out again from the fields on the trail.

    Args:
        run: machine.run
        program: as for `march_lanes`, its memory with section 0 run
        way: three tuples, `back`, `trail` and `reads`
        back: (code of the turned solve, of the turned rate, of the turned derivative; places where begin: right-hand
            side and result of the turned solve; fields, bar of rates and result of the turned rate; fields, all v, all
            u and result of the turned derivative)
        trail: of `march_lanes`
        reads: times of readings [s], bars of the fields read (reading, rows, lanes), and the step of the trail in which
            each was read (reading, lanes), -1 where it was not
        bar: of the fields at the end (rows, lanes); those at the begin in place

    Source: Hager, Runge-Kutta methods in optimal control and the transformed adjoint system, for the discrete adjoint.
    Checked by: tests/unit/simulate/test_adjoint_course.py
    """
    back, trail, reads = way
    fields, begins, sizes, count = trail
    n = bar.size
    y, now, begin = np.empty_like(bar), np.empty(LANES), np.empty(LANES)
    at, going = np.zeros(LANES, dtype=np.int64), np.zeros(LANES, dtype=np.bool_)
    stages, bars, new, old = np.zeros((STAGES, n)), np.empty((STAGES, n)), np.empty(n), np.empty(n)
    for back_by in range(1, count.max() + 1):
        for s in range(LANES):
            at[s] = max(count[s] - back_by, 0)
            going[s] = count[s] >= back_by
            now[s], begin[s] = sizes[at[s], s], begins[at[s], s]
            for r in range(y.shape[0]):
                y[r, s] = fields[at[s], r, s]
        _step(run, program, y, (now, stages))
        old[:] = 0.0
        bars[:, :] = 0.0
        for k in range(n):
            new[k] = bar[k // LANES, k % LANES] if going[k % LANES] else 0.0
        _read_back((at, now, begin, going), reads, (old, new, bars))
        for k in range(n):
            old[k] += new[k]
            for j in range(STAGES):
                bars[j, k] += _NEW[j] * new[k]
        _step_back(run, program, back, (y, now, stages, old, bars))
        for k in range(n):
            if going[k % LANES]:
                bar[k // LANES, k % LANES] = old[k]

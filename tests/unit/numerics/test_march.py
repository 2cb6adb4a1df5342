"""From one time to another: error in proportion to tolerance, readings where asked, and failure as a value."""

import functools

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from toy import LAYOUT, NEGLIGIBLE, START, exact, one_lane, rates, system

from microneedling.numerics import status
from microneedling.numerics.march import Reading, Tolerance, march

END = 3.0  # [s]
TIMES = np.array([0.0, 0.001, 0.02, 0.37, 0.370001, 1.5, 2.9999, 3.0])  # [s]


LANES = 3


def rates_of(by, below, fields):
    """The small system with a pace per person, and no number at all once the receptor is below a person's limit."""
    pace = jnp.where(fields[3] < below, jnp.nan, by)
    return [pace * x for x in rates(fields)]


@functools.cache
def runner():
    """The compiled march of three people; clear this cache after changing what it is made of."""
    start = LAYOUT.pack([jnp.repeat(y, LANES, axis=-1) for y in one_lane(START)])
    count = len(TIMES)

    def read(y):
        return jnp.concatenate([y.depth.reshape(-1, LANES), y.surface])

    def write(store, value, index, due):
        return store.at[jnp.where(due, index, count), :, jnp.arange(LANES)].set(value.T, mode="drop")

    def run(span, people, relative, steps):
        flat = jnp.zeros(LANES, dtype=int)
        kept = (flat, jnp.full((count, 12, LANES), jnp.nan), flat, flat, flat)
        how = {"tolerance": Tolerance(relative, NEGLIGIBLE, steps), "reading": Reading(jnp.asarray(TIMES), read, write)}
        end, (_, store, *rest) = march(system(lambda ys: rates_of(*people, ys)), start, span, kept=kept, **how)
        return read(end), store, *rest

    return jax.jit(run)


def marched(relative=1e-4, *, pace=(1.0, 1.0, 1.0), below=(-1.0, -1.0, -1.0), steps=2000, span=(0.0, END)):
    """End fields, readings (time, field, lane), status, steps taken, steps refused."""
    people = (jnp.asarray(pace), jnp.asarray(below))
    found = runner()((jnp.asarray(span[0]), jnp.asarray(span[1])), people, relative, steps)
    return tuple(np.asarray(x) for x in found)


def errors():
    """Largest error over all readings by tolerance, and steps taken."""
    known = exact(TIMES)
    found = [marched(relative) for relative in (1e-3, 1e-5, 1e-7)]
    return [np.max(np.abs(store[..., 0] - known)) for _, store, *_ in found], [int(f[3][0]) for f in found]


def error_falls_with_tolerance():
    error, _ = errors()
    gained = np.log10(np.asarray(error[:-1]) / np.asarray(error[1:]))
    assert np.all(gained > 1.0), f"two decades of tolerance gained only {gained} decades of error"
    assert error[0] < 1e-3  # [1] no worse than the tolerance asked, on fields of size one


def readings_are_the_solution_at_their_times():
    _, store, *_ = marched(1e-7)
    np.testing.assert_allclose(store[..., 0], exact(TIMES), rtol=0, atol=1e-6)


def test_error_falls_with_tolerance():
    error_falls_with_tolerance()


def test_steps_grow_slowly_with_tolerance():
    _, steps = errors()
    assert steps[2] < 25 * steps[0]  # [1] order 4: four decades cost about a factor of ten


def test_readings_are_the_solution_at_their_times():
    readings_are_the_solution_at_their_times()


def test_the_last_reading_is_the_end():
    end, store, code, _, _ = marched()
    np.testing.assert_allclose(store[-1], end, rtol=1e-12)
    assert code[0] == status.FINE


def test_a_person_without_finite_rates_stops_alone():
    end, store, code, _, _ = marched(pace=(1.0, np.nan, 1.0))
    assert list(code) == [status.FINE, status.NOT_FINITE, status.FINE]
    np.testing.assert_allclose(end[:, 0], marched()[0][:, 0], rtol=1e-12)  # lanes may round differently
    np.testing.assert_allclose(end[:, 0], end[:, 2], rtol=1e-12)
    assert np.all(np.isfinite(end[:, 1])) and np.all(np.isfinite(store[..., 0]))  # last good fields are kept


def test_a_person_who_fails_on_the_way_keeps_what_was_reached():
    end, store, code, _, _ = marched(below=(-1.0, 0.12, -1.0))
    assert code[0] == code[2] == status.FINE and code[1] in (status.NOT_FINITE, status.STEP_TOO_SMALL)
    np.testing.assert_allclose(end[:, 0], marched()[0][:, 0], rtol=1e-12)
    assert np.all(np.isfinite(end[:, 1])) and np.isfinite(store[5, 0, 1]) and np.isnan(store[-1, 0, 1])


def test_each_person_steps_at_their_own_pace():
    end, _, code, taken, _ = marched(pace=(1.0, 30.0, 1.0))
    assert np.all(code == status.FINE) and taken[0] != taken[1]
    np.testing.assert_allclose(end[:, 0], marched()[0][:, 0], rtol=1e-12)


def test_too_many_steps_is_said():
    _, store, code, taken, _ = marched(1e-7, steps=5)
    assert np.all(code == status.TOO_MANY_STEPS) and np.all(taken <= 5)
    assert np.all(np.isfinite(store[0])) and np.all(np.isnan(store[-1]))  # what was not reached is not made up


def test_no_time_passes_between_events_at_one_instant():
    end, store, code, taken, _ = marched(span=(0.37, 0.37))
    np.testing.assert_array_equal(end[:, 0], np.concatenate([START[0], START[1], [START[2], START[3]]]))
    assert code[0] == status.FINE and taken[0] == 0 and np.all(np.isnan(store[-1]))


@pytest.mark.parametrize("code", [status.FINE, status.TOO_MANY_STEPS, status.STEP_TOO_SMALL, status.NOT_FINITE])
def test_every_status_has_a_sentence(code):
    assert len(status.sentence(code)) > 5


def exchanged(by, fields):
    """The small system, with an exchange between its two depth fields, as fast as each person has it."""
    a, b, *rest = rates(fields)
    goes = by * (fields[0] - 3.0 * fields[1])
    return [a - goes, b + goes, *rest]


@functools.cache
def exchanging():
    """The compiled march of three people with that exchange; clear this cache after changing what it is made of."""
    start, flat = LAYOUT.pack([jnp.repeat(y, LANES, axis=-1) for y in one_lane(START)]), jnp.zeros(LANES, dtype=int)

    def run(by):
        reading = Reading(jnp.asarray([END]), lambda y: (), lambda store, *_: store)
        span, kept = (jnp.zeros(()), jnp.asarray(END)), (flat, (), flat, flat, flat)
        how = {"tolerance": Tolerance(1e-4, NEGLIGIBLE), "reading": reading, "kept": kept}
        return march(system(lambda ys: exchanged(by, ys)), start, span, **how)

    return jax.jit(run)


def one_who_cannot_be_solved_ends_with_the_cause():
    calm, _ = exchanging()(jnp.ones(LANES))
    end, (_, _, code, *_) = exchanging()(jnp.asarray([1.0, 1e20, 1.0]))
    assert list(np.asarray(code)) == [status.FINE, status.NOT_SOLVED, status.FINE]
    assert np.all(np.isfinite(end.depth)) and np.all(np.isfinite(end.surface))
    np.testing.assert_array_equal(np.asarray(end.depth)[..., [0, 2]], np.asarray(calm.depth)[..., [0, 2]])


def test_an_exchange_too_fast_to_be_solved_ends_one_person_with_the_cause():
    # 1e20 /s leaves no digit of the rest of a cell's equations: without pivoting, its second pivot is rounding only
    one_who_cannot_be_solved_ends_with_the_cause()
    assert "could not be solved" in status.sentence(status.NOT_SOLVED)

"""Back through a course: against differences of the same steps, and of steps that are free to change."""

import dataclasses

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from course import needling_series
from tissue import DAY, cheek, lanes, model_of

from microneedling.laws.channels import ChannelClosure
from microneedling.numerics import linear, status
from microneedling.numerics.adjoint_rules import Bench as Nodes
from microneedling.numerics.machine import run
from microneedling.numerics.native import LANES
from microneedling.numerics.program import laid_out
from microneedling.numerics.step import DENSE, GAMMA, NEW, STAGES, A, C
from microneedling.numerics.tape import Tape
from microneedling.protocol.plan import plan
from microneedling.scales.standard import standard as scales
from microneedling.simulate.adjoint import Outer, way_of
from microneedling.simulate.adjoint_course import forth, slopes_on
from microneedling.simulate.keep import Keep
from microneedling.simulate.native import JUMP, LINEARISE, RATE, READ, SOLVE
from microneedling.simulate.native_course import Bench, course_on, lanes_of

PEOPLE, DEPTH = 2, 5
READ_AT = np.array([0.3, 2.0]) * DAY  # inside a step, and at the end
# what heals stands still here, so that this is a matter of seconds; test_gradient.py takes a whole study back
STILL = ("Inflammation", "Repair", "Collagen", "Elastin", "Vessels", "Epidermis", "Wound", "Punctures")
SCALES = {"open_area": 10.0, "tewl": 1.0, "epidermis.caffeine": 1e4}
DRAW = np.random.default_rng(11)
# central differences with steps of 1e-4 of a number err by about their square and by rounding over the step
DIFFERENCES = 1e-6
STEP = 1e-4


class Small:
    """Two people, one visit and a gel; two readings of three scales, weighed."""

    def __init__(self):
        skin = cheek()
        treatments = needling_series(1)
        one = plan(treatments, skin, end=READ_AT[-1], begin=-DAY, actives=1, length=6)
        models = [model_of(skin, "caffeine") for _ in range(PEOPLE)]
        self.model, self.skin, self.plan = lanes(*models), lanes(*(skin,) * PEOPLE), lanes(*(one,) * PEOPLE)
        self.model = changed(self.model, ChannelClosure, recoil=np.array([1.0, 0.8]))
        read = [scale for scale in scales(actives=("caffeine",)) if scale.CARD.name in SCALES]
        self.keep = Keep(times=READ_AT, scales=lanes(*(tuple(read),) * PEOPLE), fields=False)
        self.weights = np.array([[0.3], [1.0]]) * [SCALES[scale.CARD.name] for scale in read]
        known = {type(law).owns.__name__ for law in self.model.laws}
        self.still = tuple(name for name in STILL if name in known)
        self.way = way_of(self.model, self.skin, self.plan, self.keep, still=self.still)

    def numbers(self):
        return self.model, self.skin, self.keep.scales, self.plan.events


def changed(model, kind, **factors):
    """The model with some numbers of one law multiplied."""
    laws = [
        dataclasses.replace(law, **{k: np.asarray(getattr(law, k)) * x for k, x in factors.items()})
        if isinstance(law, kind)
        else law
        for law in model.laws
    ]
    return dataclasses.replace(model, laws=tuple(laws))


@pytest.fixture(scope="module")
def small():
    return Small()


@pytest.fixture(scope="module")
def slopes(small):
    return slopes_on(small.way, small.model, small.skin, small.plan, keep=small.keep, weights=small.weights)


def again(small, trail, numbers):
    """Weighted readings with the steps of the course as it was, for other numbers."""
    machine = small.way.machine
    bench = Bench(machine, lanes_of(numbers[:3]), small.keep)
    events, found = lanes_of(numbers[3]), np.zeros(LANES)
    for n, one in enumerate(trail):
        bench.load(machine.given, bench.state)
        bench.load(machine.event, [x[n] for x in events])
        bench.state = bench.results(JUMP, machine.stays)
        if not one.trail[3].max():
            continue
        bench.load(machine.stays, bench.state)
        bench.run(0)
        y = np.concatenate([x.reshape(-1, LANES) for x, moves in zip(bench.state, machine.moves) if moves])
        for k in range(one.trail[3].max()):
            y, more = stepped(small, bench, y, step=(one.trail, k))
            found += more
        bench.state = bench.whole(y)
    return found[:PEOPLE]


def stepped(small, bench, y, *, step):
    """One step of those who have it on their trail, and what is read inside."""
    (_, begins, sizes, count), k = step
    here = k < count
    size = np.where(here, sizes[k], 1.0)
    stages = stages_of(bench, y, size)
    new, found = y + np.tensordot(NEW, stages, 1), np.zeros(LANES)
    for time, weight in zip(READ_AT, small.weights):
        inside = here & (time > begins[k]) & (time <= begins[k] + size * (1 + 1e-12))
        if np.any(inside):
            theta = np.clip((time - begins[k]) / size, 0.0, 1.0)
            c3, c4 = np.tensordot(DENSE, stages, 1)
            fields = y * (1 - theta) + (new + (c3 + c4 * theta) * (1 - theta)) * theta
            begin = bench.machine.fields[READ]
            bench.memory[begin : begin + fields.size] = fields.reshape(-1)
            bench.run(READ)
            at = bench.machine.begins[READ]
            values = bench.memory[at : at + weight.size * LANES].reshape(-1, LANES)
            found += np.where(inside, weight @ values, 0.0)
    return np.where(here, new, y), found


def stages_of(bench, y, size):
    """The six stages of a step, as step.py has them."""
    machine, memory = bench.machine, bench.memory

    def made(section, given, begin):
        memory[begin : begin + y.size] = given.reshape(-1)
        bench.run(section)
        at = machine.begins[section]
        return memory[at : at + y.size].reshape(y.shape).copy()

    memory[machine.shift : machine.shift + LANES] = 1 / (GAMMA * size)
    rates, stages = made(LINEARISE, y, machine.fields[LINEARISE]), np.zeros((STAGES, *y.shape))
    for i in range(STAGES):
        if i:
            rates = made(RATE, y + np.tensordot(A[i], stages, 1), machine.fields[RATE])
        stages[i] = made(SOLVE, rates + np.tensordot(C[i], stages, 1) / size, machine.fields[SOLVE])
    return stages


def leaves_of(numbers):
    return [(jax.tree_util.keystr(path), np.asarray(x)) for path, x in jax.tree_util.tree_flatten_with_path(numbers)[0]]


def moved(numbers, leaf, by):
    """The numbers with one leaf changed by a share of itself."""
    flat, tree = jax.tree.flatten(numbers)
    return tree.unflatten([np.asarray(x) * (1 + by) if n == leaf else x for n, x in enumerate(flat)])


def gained(slopes, small):
    """What each leaf as a whole, changed by its own size, would gain (leaf, people)."""
    bars = jax.tree.leaves((slopes.model, slopes.skin, slopes.scales, slopes.events))
    pairs = zip(bars, (x for _, x in leaves_of(small.numbers())))
    return np.array([np.sum((bar * x).reshape(-1, PEOPLE), axis=0) for bar, x in pairs])


def test_it_reads_what_the_course_reads_and_nothing_is_lost(small, slopes):
    course = course_on(small.way.machine, small.model, small.skin, small.plan, keep=small.keep)
    np.testing.assert_array_equal(slopes.readings, course.readings)
    assert np.all(slopes.status == status.FINE) and np.array_equal(slopes.steps, course.steps)
    assert all(np.all(np.isfinite(x)) for x in jax.tree.leaves((slopes.model, slopes.skin, slopes.events)))


def test_it_is_the_derivative_of_the_steps_that_were_taken(small, slopes):
    gain = gained(slopes, small)
    base = np.einsum("ts,tsp->p", small.weights, slopes.readings)
    trail = forth(Bench(small.way.machine, lanes_of(small.numbers()[:3]), small.keep), small.plan, READ_AT[-1])
    np.testing.assert_allclose(again(small, trail, small.numbers()), base, rtol=1e-9)
    largest = np.argsort(-np.max(np.abs(gain), axis=1))
    picked = [*largest[:12], *DRAW.choice(largest[12:120], 12, replace=False)]
    for leaf in picked:
        up, down = (again(small, trail, moved(small.numbers(), leaf, sign * STEP)) for sign in (1, -1))
        wanted, size = (up - down) / (2 * STEP), DIFFERENCES * np.max(np.abs(gain))
        name = leaves_of(small.numbers())[leaf][0]
        np.testing.assert_allclose(gain[leaf], wanted, rtol=DIFFERENCES, atol=size, err_msg=name)


def test_steps_that_are_free_to_change_say_the_same(small, slopes):
    # the steps differ with the numbers, and with them the error of the course, which is below a part in a thousand
    gain = gained(slopes, small)
    model = len(jax.tree.leaves(small.model))
    tight = dataclasses.replace(small.keep, tolerance=1e-5)
    for leaf in np.argsort(-np.max(np.abs(gain[:model]), axis=1))[:3]:
        values = []
        for sign in (1, -1):
            model_, skin, _, _ = moved(small.numbers(), leaf, sign * 1e-2)
            course = course_on(small.way.machine, model_, skin, small.plan, keep=tight)
            values.append(np.einsum("ts,tsp->p", small.weights, course.readings))
        np.testing.assert_allclose(gain[leaf], (values[0] - values[1]) / 2e-2, rtol=2e-2, atol=1e-4 * np.max(gain))


def test_one_who_fails_has_no_slopes_and_the_rest_keep_theirs(small, slopes):
    broken = changed(small.model, ChannelClosure, recoil=np.array([1.0, np.nan]))
    found = slopes_on(small.way, broken, small.skin, small.plan, keep=small.keep, weights=small.weights)
    assert list(found.status) == [status.FINE, status.NOT_FINITE]
    for got, wanted in zip(jax.tree.leaves(found.model), jax.tree.leaves(slopes.model)):
        assert np.all(np.isnan(got[..., 1]))
        np.testing.assert_allclose(got[..., 0], wanted[..., 0], rtol=1e-12)


KINDS = ("-1", "0", "+1", "top", "bottom", "all", "at_top", "at_bottom", "sum", "self")


@pytest.mark.parametrize("kind", KINDS)
def test_the_bar_of_an_entry_is_what_jax_says(kind):
    deep_row, deep_column = kind not in ("sum", "self"), kind not in ("all", "at_top", "at_bottom", "self")
    deep_entry = kind not in ("at_top", "at_bottom", "self")
    v, u = (
        DRAW.uniform(-1, 1, (STAGES, DEPTH, LANES) if deep else (STAGES, LANES)) for deep in (deep_row, deep_column)
    )
    tape = Tape(LANES)
    entry = tape.given((DEPTH, LANES) if deep_entry else (LANES,), 1)
    given = [[[tape.given(x.shape[1:], 2)] for _ in x] for x in (v, u)]
    bar = Outer(Nodes(tape, 2), *given).bar((0, 0, kind), entry)
    program, begins = laid_out(tape, [[], [bar]])
    memory = program.new_memory()
    for values, numbers in zip(given, (v, u)):
        for (value,), x in zip(values, numbers):
            if value.node in program.place:
                memory[program.at(value) : program.at(value) + x.size] = x.ravel()
    for n in (0, 2):
        run(memory, program.sections[n], program.table)
    got = memory[begins[1] : begins[1] + entry.rows * LANES].reshape(entry.shape)

    def product(part):
        return sum(jnp.sum(a * linear.applied(part, kind, b, DEPTH)) for a, b in zip(v, u))

    np.testing.assert_allclose(got, jax.grad(product)(jnp.ones(entry.shape)), rtol=1e-12, atol=1e-14)

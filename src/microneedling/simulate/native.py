"""A study's laws, events and scales traced to one program for the native machine."""

from __future__ import annotations

import dataclasses
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from microneedling.core.form import Foreign, form
from microneedling.core.kept import kept
from microneedling.numerics import linear
from microneedling.numerics.jacobian import rate_and_jacobian
from microneedling.numerics.native import LANES
from microneedling.numerics.program import Program, laid_out
from microneedling.numerics.tape import Tape, Value
from microneedling.protocol.plan import Plan
from microneedling.simulate.keep import Keep
from microneedling.simulate.moving import Moving, moving_part
from microneedling.simulate.simulate import field_meanings, filled

START, LINEARISE, RATE, SOLVE, JUMP, READ = range(1, 7)  # sections; 0 is what stays the same during a stretch
CHECK = READ + 1  # of a solution; after the course's own sections
STEPPED = (LINEARISE, RATE, SOLVE, READ)  # those that are given the moving fields


@dataclasses.dataclass(frozen=True)
class Machine:
    """The program, and where its inputs and results lie."""

    program: Program
    begins: dict[int, int]  # of each section's results
    numbers: tuple[Value, ...]  # leaves of model, skin, scales
    stays: tuple[Value, ...]  # leaves of the state as it is during a stretch
    given: tuple[Value, ...]  # leaves of the state before an event
    event: tuple[Value, ...]
    fields: dict[int, int]  # where the moving fields of each stepped section begin
    shift: int
    moves: tuple[bool, ...]  # which leaves of the state are marched
    form: Any  # a state with the place of each leaf among them in place of its numbers
    negligible: np.ndarray  # size of each marched field below which nothing matters
    scales: int
    checked: tuple[int, ...] = ()  # where a solution and its right-hand side begin that are checked, and what it leaves

    @property
    def tree(self) -> Any:
        """Structure of the state."""
        return jax.tree.structure(self.form)


@dataclasses.dataclass(frozen=True)
class _Calls:
    """The functions of one course, for trees of numbers."""

    moving: Moving
    cells: int
    lanes: int
    found: list[Any] = dataclasses.field(default_factory=list)  # how the derivative is stored, once known

    def start(self, numbers: Any) -> list[Any]:
        model, skin, _ = numbers
        return [filled(x, self.cells, self.lanes) for x in jax.tree.leaves(model.start(skin))]

    def jump(self, numbers: Any, state: Any, event: Any) -> list[Any]:
        after = numbers[0].jump(state, event, numbers[1])
        return [jnp.broadcast_to(a, b.shape) for a, b in zip(jax.tree.leaves(after), jax.tree.leaves(state))]

    def rate(self, numbers: Any, state: Any, fields: list[Any]) -> list[Any]:
        return self._with(numbers).rates(fields, state)

    def linearise(self, numbers: Any, state: Any, fields: list[Any], shift: Any) -> tuple[Any, ...]:
        now = self._with(numbers)
        rates, entries = rate_and_jacobian(lambda ys: now.rates(ys, state), fields)
        factors = linear.factor(entries, shift, now.layout)
        self.found.append((list(entries), factors.order, jax.tree.structure(factors.parts)))
        return rates, list(entries.values()), jax.tree.leaves(factors.parts)

    def solve(self, entries: list[Any], parts: list[Any], right: list[Any]) -> list[Any]:
        keys, order, tree = self.found[0]
        return linear.solve(linear.Factors(order, dict(zip(keys, entries)), tree.unflatten(parts), self.cells), right)

    def read(self, numbers: Any, state: Any, fields: list[Any]) -> list[Any]:
        now = self.moving.whole(fields, state)
        return [jnp.broadcast_to(scale.read(now, numbers[1]), (self.lanes,)) for scale in numbers[2]]

    def _with(self, numbers: Any) -> Moving:
        """The marched laws with these numbers in place of those they were chosen with."""
        model, skin, _ = numbers
        of = {type(law): law for law in model.laws}
        acting = dataclasses.replace(self.moving.model, laws=tuple(of[type(law)] for law in self.moving.model.laws))
        return dataclasses.replace(self.moving, model=acting, skin=skin)


@dataclasses.dataclass(frozen=True)
class Traced:
    """The sections of a course, not yet laid out: every input and result as values of the tape."""

    tape: Tape
    results: dict[int, list[Value]]  # of each section
    numbers: tuple[Value, ...]
    stays: tuple[Value, ...]
    given: tuple[Value, ...]
    event: tuple[Value, ...]
    fields: dict[int, list[Value]]  # moving fields as each stepped section is given them
    shift: Value
    entries: dict[tuple[int, int, str], Value]  # of the derivative that the step is solved with
    parts: list[Value]  # its factors
    moving: Moving
    negligible: np.ndarray


def traced(model: Any, skin: Any, plan: Plan, keep: Keep, *, still: tuple[str, ...] = (), lanes: int = LANES) -> Traced:
    """Laws, jumps and scales as sections of one tape, for so many people side by side; arguments as for `machine_of`.

    Errors: numerics.tape.Unsupported when a law uses an operation the machine does not have.
    Checked by: tests/unit/simulate/test_native.py
    """
    event = jax.tree.map(lambda x: x[0], plan.events)
    model, skin, scales, event = (_lanes(tree, lanes) for tree in (model, skin, keep.scales, event))
    cells = skin.step.shape[0]
    start = jax.tree.map(lambda x: filled(x, cells, lanes), model.start(skin))
    call = _Calls(_moving(model, skin, start, still), cells, lanes)
    tape = Tape(lanes)
    numbers, stays = _given(tape, (model, skin, scales), 0), _given(tape, start, 0)
    given, happens = _given(tape, start, JUMP), _given(tape, event, JUMP)
    fields = {n: _given(tape, call.moving.of(start), n) for n in STEPPED}
    shift = tape.given((lanes,), LINEARISE)
    results: dict[int, Any] = {START: tape.traced(START, call.start, (numbers,))}
    made = tape.traced(LINEARISE, call.linearise, (numbers, stays, fields[LINEARISE], shift))
    results[LINEARISE], entries, parts = made
    results[RATE] = tape.traced(RATE, call.rate, (numbers, stays, fields[RATE]))
    results[SOLVE] = tape.traced(SOLVE, call.solve, (entries, parts, fields[SOLVE]))
    results[JUMP] = tape.traced(JUMP, call.jump, (numbers, given, happens))
    results[READ] = tape.traced(READ, call.read, (numbers, stays, fields[READ]))
    leaves: dict[str, Any] = {
        name: tuple(jax.tree.leaves(tree))
        for name, tree in (("numbers", numbers), ("stays", stays), ("given", given), ("event", happens))
    }
    sizes = [meaning.negligible for (_, meaning), moves in zip(field_meanings(start), call.moving.chosen) if moves]
    keys = dict(zip(call.found[0][0], entries, strict=True))
    rest: dict[str, Any] = {"fields": fields, "shift": shift, "entries": keys, "parts": parts}
    return Traced(tape, results, **leaves, **rest, moving=call.moving, negligible=np.array(sizes))


def machine_of(
    model: Any, skin: Any, plan: Plan, keep: Keep, *, still: tuple[str, ...] = (), lanes: int = LANES
) -> Machine:
    """The program of a study's courses.

    Args:
        model, skin, plan: of any people, lanes last; only shapes and structure are read
        keep: the scales to read
        still: as for `simulate_many`
        lanes: LANES, or 1 for somebody alone, who then need not pay for empty lanes

    Returns: a Machine for `course_on`.
    Errors: numerics.tape.Unsupported when a law uses an operation the machine does not have.
    Checked by: tests/unit/simulate/test_native.py
    """
    of = traced(model, skin, plan, keep, still=still, lanes=lanes)
    cells, stays = skin.step.shape[0], (*of.entries.values(), *of.parts)

    def left(entries: list[Any], shift: Any, x: list[Any], right: list[Any]) -> list[Any]:
        return linear.residual(dict(zip(of.entries, entries)), shift, x, right, depth=cells)

    pair = [[of.tape.given(v.shape, CHECK) for v in of.fields[SOLVE]] for _ in range(2)]
    check = of.tape.traced(CHECK, left, ([*of.entries.values()], of.shift, *pair))
    together = (*of.fields.values(), *pair)
    program, begins = laid_out(of.tape, [*of.results.values(), check], stays=stays, contiguous=together)
    checked = (*(program.at(fields[0]) for fields in pair), begins[CHECK - 1])
    return dataclasses.replace(machine_on(of, program, begins), checked=checked)


def machine_on(of: Traced, program: Program, begins: tuple[int, ...]) -> Machine:
    """Where a laid-out program has a course's inputs and results; its first sections are those of the course."""
    return Machine(
        program=program,
        begins=dict(zip(of.results, begins)),
        numbers=of.numbers,
        stays=of.stays,
        given=of.given,
        event=of.event,
        fields={n: program.at(group[0]) for n, group in of.fields.items()},
        shift=program.at(of.shift),
        moves=of.moving.chosen,
        form=of.moving.tree.unflatten(range(len(of.moving.chosen))),
        negligible=of.negligible,
        scales=len(of.results[READ]),
    )


def kept_machine(
    model: Any, skin: Any, plan: Plan, keep: Keep, *, still: tuple[str, ...] = (), lanes: int = LANES
) -> Machine:
    """`machine_of`, or what it gave for the same laws, shapes and structure in an earlier process (core/kept.py).

    Nothing of a trace rests on numbers, since it sees none; fixed fields and shapes are part of the name it is kept
    under. Records whose code is not the package's own are traced anew.

    Errors: numerics.tape.Unsupported.
    Checked by: tests/unit/simulate/test_native_kept.py
    """

    def made() -> Machine:
        return machine_of(model, skin, plan, keep, still=still, lanes=lanes)

    try:
        read = form((model, skin, jax.tree.map(lambda x: x[0], plan.events), keep.scales))
    except Foreign:
        return made()
    return kept("machine", f"{lanes} {jax.config.read('jax_enable_x64')} {tuple(still)!r}\n{read}", made)


def _moving(model: Any, skin: Any, start: Any, still: tuple[str, ...]) -> Moving:
    """What has to be marched, read off laws without numbers: another person's must do for the same program."""
    found: list[Moving] = []

    def seen(model: Any, skin: Any, start: Any) -> int:
        found.append(moving_part(model, skin, start, still))
        return 0

    jax.eval_shape(seen, model, skin, start)
    return dataclasses.replace(found[0], skin=skin)


def _lanes(tree: Any, lanes: int) -> Any:
    return jax.tree.map(lambda x: jnp.ones(lanes) * jnp.asarray(x, dtype=float)[..., :1], tree)


def _given(tape: Tape, tree: Any, section: int) -> Any:
    return jax.tree.map(lambda x: tape.given(jnp.shape(x), section), tree)

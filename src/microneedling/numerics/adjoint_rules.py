"""How each instruction of the native machine is transposed: from what its result is worth to what its operands are.

For out = op(a, b, ...) and L a number made of the results, the bar of a value is ∂L/∂value. A rule gives the bar of
each operand from the bar of the result; where an operand is no smooth part of the result (comparisons, rounding) it
gives none. Where two operands of `max` or `min` are equal, each counts half, as in JAX.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Sequence
from typing import Any

from microneedling.numerics.opcodes import BINARY, BROADCAST, COPY, SELECT, SOLVE, SOLVE_TURNED, SUM, UNARY
from microneedling.numerics.tape import Tape, Unsupported, Value

Signed = tuple[Value, int]  # a value and +1 or -1
Bars = list[Signed | None]  # of the operands in order


@dataclasses.dataclass(frozen=True)
class Bench:
    """Makes nodes of one section."""

    tape: Tape
    section: int

    def __call__(self, name: str, *args: Value) -> Value:
        """An elementwise operation."""
        op = BINARY.get(name, UNARY.get(name))
        assert op is not None, name
        return self.node(op, args, args[0].rows)

    def node(self, op: int, args: Sequence[Value], rows: int, extra: Any = None) -> Value:
        """What any operation makes."""
        shape = (rows, self.tape.lanes)
        return Value(self.tape.add(op, args, rows, section=self.section, extra=extra), 0, shape)

    def number(self, x: float, like: Value) -> Value:
        """A number in every row and lane."""
        return self.tape.constant(x, (like.rows, self.tape.lanes))

    def select(self, which: Value, no: Value, yes: Value) -> Value:
        """`yes` where `which`, else `no`."""
        return self.node(SELECT, (which, no, yes), yes.rows)


Rule = Callable[[Bench, Sequence[Value], Value, Signed], Bars]


def _mul(do: Bench, args: Sequence[Value], out: Value, bar: Signed) -> Bars:
    return [(do("mul", bar[0], args[1]), bar[1]), (do("mul", bar[0], args[0]), bar[1])]


def _div(do: Bench, args: Sequence[Value], out: Value, bar: Signed) -> Bars:
    by_top = do("div", bar[0], args[1])
    return [(by_top, bar[1]), (do("mul", by_top, out), -bar[1])]


def _larger(name: str) -> Rule:
    """max and min: the operand taken."""

    def rule(do: Bench, args: Sequence[Value], out: Value, bar: Signed) -> Bars:
        equal, half = do("eq", args[0], args[1]), do.number(0.5, out)
        first = do.select(equal, do(name, args[0], args[1]), half)
        by_first = do("mul", bar[0], first)
        return [(by_first, bar[1]), (do("sub", bar[0], by_first), bar[1])]

    return rule


def _pow(do: Bench, args: Sequence[Value], out: Value, bar: Signed) -> Bars:
    """x^y: y x^(y-1) by x and x^y log x by y; both nothing where a zero base leaves them without meaning."""
    x, y = args
    one = do.number(1.0, out)
    less = do.select(do("eq", y, do.number(0.0, out)), do("sub", y, one), one)
    by_base = do("mul", y, do("pow", x, less))
    base = do.select(do("eq", x, do.number(0.0, out)), x, one)
    by_power = do("mul", do("log", base), out)
    return [(do("mul", bar[0], by_base), bar[1]), (do("mul", bar[0], by_power), bar[1])]


def _slope(slope: Callable[[Bench, Value, Value], Value]) -> Rule:
    """A function of one operand with this derivative."""

    def rule(do: Bench, args: Sequence[Value], out: Value, bar: Signed) -> Bars:
        return [(do("mul", bar[0], slope(do, args[0], out)), bar[1])]

    return rule


def _quotient(below: Callable[[Bench, Value, Value], Value]) -> Rule:
    """A function of one operand whose derivative is one over this."""

    def rule(do: Bench, args: Sequence[Value], out: Value, bar: Signed) -> Bars:
        return [(do("div", bar[0], below(do, args[0], out)), bar[1])]

    return rule


def _bell(sign: float) -> Callable[[Bench, Value, Value], Value]:
    """Derivative of the error function, 2/√π exp(-x²)."""

    def slope(do: Bench, x: Value, out: Value) -> Value:
        return do("mul", do.number(sign * 2 / math.sqrt(math.pi), x), do("exp", do("neg", do("mul", x, x))))

    return slope


def _logistic(do: Bench, x: Value, out: Value) -> Value:
    return do("mul", out, do("sub", do.number(1.0, out), out))


def _tanh(do: Bench, x: Value, out: Value) -> Value:
    return do("sub", do.number(1.0, out), do("mul", out, out))


def _select(do: Bench, args: Sequence[Value], out: Value, bar: Signed) -> Bars:
    none = do.number(0.0, out)
    return [None, (do.select(args[0], bar[0], none), bar[1]), (do.select(args[0], none, bar[0]), bar[1])]


def _broadcast(do: Bench, args: Sequence[Value], out: Value, bar: Signed) -> Bars:
    return [(do.node(SUM, [bar[0]], 1, bar[0].rows), bar[1])]


def _sum(do: Bench, args: Sequence[Value], out: Value, bar: Signed) -> Bars:
    if args[0].rows == 1:
        return [bar]
    return [(do.node(BROADCAST, [bar[0]], args[0].rows), bar[1])]


def _copy(do: Bench, args: Sequence[Value], out: Value, bar: Signed) -> Bars:
    """Joined rows: each part's own rows of the bar."""
    found: Bars = []
    first = bar[0].first
    for part in args:
        found.append((Value(bar[0].node, first, part.shape), bar[1]))
        first += part.rows
    return found


def _solve(do: Bench, args: Sequence[Value], out: Value, bar: Signed) -> Bars:
    """x = B⁻¹ r for factors of B: the bar of r is B⁻ᵀ times that of x; the factors are taken as given."""
    size = len(args) - 1
    cells = out.rows // size
    parts = [Value(bar[0].node, bar[0].first + n * cells, (cells, do.tape.lanes)) for n in range(size)]
    turned = do.node(SOLVE_TURNED, [args[0], *parts], out.rows, size)
    return [None, *((Value(turned.node, n * cells, (cells, do.tape.lanes)), bar[1]) for n in range(size))]


RULES: dict[int, Rule] = {
    BINARY["add"]: lambda do, args, out, bar: [bar, bar],
    BINARY["sub"]: lambda do, args, out, bar: [bar, (bar[0], -bar[1])],
    BINARY["mul"]: _mul,
    BINARY["div"]: _div,
    BINARY["max"]: _larger("gt"),
    BINARY["min"]: _larger("lt"),
    BINARY["pow"]: _pow,
    UNARY["neg"]: lambda do, args, out, bar: [(bar[0], -bar[1])],
    UNARY["sqrt"]: _quotient(lambda do, x, out: do("add", out, out)),
    UNARY["exp"]: _slope(lambda do, x, out: out),
    UNARY["log"]: _quotient(lambda do, x, out: x),
    UNARY["log1p"]: _quotient(lambda do, x, out: do("add", x, do.number(1.0, x))),
    UNARY["expm1"]: _slope(lambda do, x, out: do("add", out, do.number(1.0, x))),
    UNARY["tanh"]: _slope(_tanh),
    UNARY["logistic"]: _slope(_logistic),
    UNARY["abs"]: _slope(lambda do, x, out: do("sign", x)),
    UNARY["erf"]: _slope(_bell(1.0)),
    UNARY["erfc"]: _slope(_bell(-1.0)),
    UNARY["sin"]: _slope(lambda do, x, out: do("cos", x)),
    UNARY["cos"]: _slope(lambda do, x, out: do("neg", do("sin", x))),
    SELECT: _select,
    COPY: _copy,
    BROADCAST: _broadcast,
    SUM: _sum,
    SOLVE: _solve,
}
_STEPS = ("gt", "ge", "lt", "le", "eq", "ne", "and", "or")
FLAT = frozenset({*(BINARY[n] for n in _STEPS), *(UNARY[n] for n in ("not", "sign", "floor"))})  # derivative nothing


def rule_of(op: int) -> Rule:
    """The rule of an operation.

    Errors: Unsupported for one that nobody has transposed (the factors of a block system).
    Checked by: tests/unit/numerics/test_adjoint.py (every instruction against JAX)
    """
    if op not in RULES:
        raise Unsupported(f"the derivative of operation {op} by its operands")
    return RULES[op]

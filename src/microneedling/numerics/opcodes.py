"""Numbers of the native machine's instructions."""

from __future__ import annotations

_TWO = ("add", "sub", "mul", "div", "max", "min", "pow", "gt", "ge", "lt", "le", "eq", "ne", "and", "or")
_ONE = ("neg", "sqrt", "exp", "log", "log1p", "expm1", "tanh", "logistic", "abs", "not", "erf", "erfc", "sign", "floor", "sin", "cos")  # fmt: skip  # noqa: E501

BINARY = {name: n for n, name in enumerate(_TWO)} | {"add_any": 0}
UNARY = {name: 32 + n for n, name in enumerate(_ONE)}
SELECT, COPY, BROADCAST, SUM, BLOCKS, SOLVE, SOLVE_TURNED = range(64, 71)
PLUS_PRODUCT, LESS_PRODUCT, PRODUCT_LESS = range(80, 83)  # a + b c, a - b c, b c - a (fused.py)
CONST, INPUT = 100, 101  # not run: places that hold a number
TOTAL, ADD_TO = 102, 103  # of a derivative, laid out as copies, sums and differences (program.py)

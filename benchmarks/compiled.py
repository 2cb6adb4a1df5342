"""A traced program as C, for one person: the compiled right-hand side and Jacobian that peers are given.

Every instruction becomes a loop of known length over the cells; the compiler makes vector instructions of it.
"""

from __future__ import annotations

import ctypes
import hashlib
import subprocess
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from microneedling.core.cache import cache_folder
from microneedling.numerics.opcodes import (
    BINARY,
    BROADCAST,
    COPY,
    LESS_PRODUCT,
    PLUS_PRODUCT,
    PRODUCT_LESS,
    SELECT,
    SUM,
    UNARY,
)
from microneedling.numerics.program import Program

_TWO = {
    "add": "x + y", "sub": "x - y", "mul": "x * y", "div": "x / y", "max": "x > y ? x : y", "min": "x < y ? x : y",
    "pow": "pow(x, y)", "gt": "x > y", "ge": "x >= y", "lt": "x < y", "le": "x <= y", "eq": "x == y", "ne": "x != y",
    "and": "x != 0 && y != 0", "or": "x != 0 || y != 0",
}  # fmt: skip
_ONE = {
    "neg": "-x", "logistic": "1 / (1 + exp(-x))", "abs": "fabs(x)", "not": "x == 0", "sign": "(x > 0) - (x < 0)",
}  # fmt: skip
FORMULA = {BINARY[k]: v for k, v in _TWO.items()} | {code: _ONE.get(name, f"{name}(x)") for name, code in UNARY.items()}
FUSED = {PLUS_PRODUCT: "x + y * z", LESS_PRODUCT: "x - y * z", PRODUCT_LESS: "y * z - x"}
HEAD = """#include <math.h>
"""
TAIL = """
void rate(double *m, const double *y, double *dy, const long *at, long in, long out, long n) {
  for (long k = 0; k < n; k++) m[in + at[k]] = y[k];
  section_rate(m);
  for (long k = 0; k < n; k++) dy[k] = m[out + at[k]];
}
void jacobian(double *m, const double *y, double *put, const long *at, long in, long n,
              long out, const long *from, const long *to, long count, long room) {
  for (long k = 0; k < n; k++) m[in + at[k]] = y[k];
  section_linearise(m);
  for (long k = 0; k < room; k++) put[k] = 0;
  for (long k = 0; k < count; k++) put[to[k]] += m[out + from[k]];
}
"""


def library(program: Program, sections: Mapping[str, int]) -> ctypes.CDLL:
    """The sections as compiled functions of memory, with `rate` and `jacobian` around two of them.

    Errors: RuntimeError where there is no C compiler.
    """
    text = HEAD + "".join(_function(name, program.sections[n]) for name, n in sections.items()) + TAIL
    folder = cache_folder() / "benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"course-{hashlib.sha256(text.encode()).hexdigest()[:16]}.so"
    if not path.exists():
        _compile(text, path)
    return ctypes.CDLL(str(path))


def _compile(text: str, path: Path) -> None:
    source = path.with_suffix(".c")
    source.write_text(text, encoding="utf-8")
    flags = ["-O3", "-march=native", "-ffp-contract=fast", "-fno-math-errno", "-fno-trapping-math", "-shared", "-fPIC"]
    try:
        subprocess.run(["cc", *flags, str(source), "-o", str(path), "-lm"], check=True, capture_output=True)
    except FileNotFoundError as missing:
        raise RuntimeError(
            "the benchmark gives its peers a compiled right-hand side and needs a C compiler"
        ) from missing


def _function(name: str, code: np.ndarray) -> str:
    """One section, cut into pieces a compiler can keep in view."""
    rows = [_loop(*map(int, row)) for row in code]
    parts = [rows[n : n + 200] for n in range(0, len(rows), 200)]
    made = "".join(f"static void {name}_{n}(double *m) {{\n{''.join(part)}}}\n" for n, part in enumerate(parts))
    calls = "".join(f"  {name}_{n}(m);\n" for n in range(len(parts)))
    return f"{made}void section_{name}(double *m) {{\n{calls}}}\n"


def _loop(op: int, to: int, a: int, b: int, c: int, n: int, _: int) -> str:
    if op == SUM:
        return f"  {{double s = 0; for (int k = 0; k < {n}; k++) s += m[{a}+k]; m[{to}] = s;}}\n"
    head = f"  for (int k = 0; k < {n}; k++) "
    if op == COPY:
        return f"{head}m[{to}+k] = m[{a}+k];\n"
    if op == BROADCAST:
        return f"{head}m[{to}+k] = m[{a}];\n"
    if op == SELECT:
        return f"{head}m[{to}+k] = m[{a}+k] != 0 ? m[{c}+k] : m[{b}+k];\n"
    if op in FUSED:
        return f"{head}{{double x = m[{a}+k], y = m[{b}+k], z = m[{c}+k]; m[{to}+k] = {FUSED[op]};}}\n"
    return f"{head}{{double x = m[{a}+k], y = m[{b}+k]; (void)y; m[{to}+k] = {FORMULA[op]};}}\n"

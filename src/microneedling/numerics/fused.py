"""Products that are only added to something become one instruction with the sum: half the traffic of a sparse solve."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable

from microneedling.numerics.opcodes import ADD_TO, BINARY, LESS_PRODUCT, PLUS_PRODUCT, PRODUCT_LESS
from microneedling.numerics.tape import Node, Tape

ADD, SUB, MUL = BINARY["add"], BINARY["sub"], BINARY["mul"]


def fused(tape: Tape, asked: Iterable[int]) -> Tape:
    """A tape with a + b c, a - b c and b c - a as one instruction each, wherever nobody else needs b c.

    Args:
        tape: as traced
        asked: nodes whose values are wanted themselves

    Returns: a tape with the same numbering; products no longer needed are left over.
    Checked by: tests/unit/numerics/test_machine.py
    """
    uses = Counter(n for node in tape.nodes for n, _ in node.args)
    uses.update(asked)
    grows = {node.args[1][0] for node in tape.nodes if node.op == ADD_TO}  # what is added to must be read when it was
    made = Tape(tape.lanes)
    made.nodes = [_whole(tape, node, uses, grows) for node in tape.nodes]
    return made


def _whole(tape: Tape, node: Node, uses: Counter[int], grows: set[int]) -> Node:
    if node.op not in (ADD, SUB):
        return node
    left, right = node.args
    for sum_of, product, op in (
        (left, right, PLUS_PRODUCT if node.op == ADD else LESS_PRODUCT),
        (right, left, PLUS_PRODUCT if node.op == ADD else PRODUCT_LESS),
    ):
        held = tape.nodes[product[0]]
        alone = uses[product[0]] == 1 and held.section == node.section and held.rows == node.rows
        steady = not grows.intersection(n for n, _ in held.args)
        if held.op == MUL and alone and steady and product[1] == 0:
            return dataclasses.replace(node, op=op, args=(sum_of, *held.args))
    return node

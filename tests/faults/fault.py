"""A planted fault: some text of the product's source changed, and the promise that must break."""

import ast
import dataclasses
import inspect
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[1]


@dataclasses.dataclass(frozen=True)
class Fault:
    """`plant` spoils the product, `check` is the body of the test `caught_by` (file::function)."""

    name: str
    caught_by: str
    plant: Callable[[Any], None]
    check: Callable[[], None]

    def is_named_rightly(self):
        """Does the test that must catch it exist?"""
        file, function = self.caught_by.split("::")
        tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
        return function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def spoilt(owner, name, old="", new=""):
    """Plant: the function `owner.name` with `old` in its source replaced by `new`, wherever the product knows it."""

    def plant(patch):
        function = inspect.unwrap(inspect.getattr_static(owner, name))
        source = textwrap.dedent(inspect.getsource(function))
        assert old in source, f"{name}: the text to spoil is gone: {old}"
        space = dict(sys.modules[function.__module__].__dict__)
        exec(compile(source.replace(old, new, 1), f"<spoilt {name}>", "exec"), space)
        known = getattr(owner, name)
        patch.setattr(owner, name, space[name])
        for module in [m for key, m in sys.modules.items() if m is not None and _ours(key)]:
            if not inspect.isclass(owner) and getattr(module, name, None) is known:
                patch.setattr(module, name, space[name])

    return plant


def _ours(key):
    return key.startswith(("microneedling", "unit.", "contracts.", "oracles.", "published.", "toy", "tissue"))


def put(owner, name, value):
    """Plant: another value in place of `owner.name`."""
    return lambda patch: patch.setattr(owner, name, value)


def both(*plants):
    """Plant: several changes that make one fault."""

    def plant(patch):
        for one in plants:
            one(patch)

    return plant

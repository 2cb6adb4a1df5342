"""The product's source as syntax trees, for the tests of its shape."""

import ast
import functools
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "microneedling"


@functools.cache
def files():
    """Every Python file of the package, by its dotted name below `microneedling`."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts)] = path
    return found


@functools.cache
def tree(name):
    """Syntax tree of one file."""
    return ast.parse(files()[name].read_text(encoding="utf-8"))


def imports(name):
    """(module, at the top of the file?, only for type checkers?) of every import in a file."""
    found = []
    _collect(tree(name), found, (True, False))
    return found


def _collect(node, found, where):
    for child in ast.iter_child_nodes(node):
        top, typing = where
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            top = False
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            typing = True
        if isinstance(child, ast.Import):
            found.extend((alias.name, top, typing) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, "imports are written in full"
            found.extend((f"{child.module}.{alias.name}", top, typing) for alias in child.names)
        _collect(child, found, (top, typing))


def own(module):
    """The file of the package a dotted import names, or none."""
    words = module.split(".")
    if words[0] != "microneedling":
        return None
    rest = words[1:]
    for length in (len(rest), len(rest) - 1):
        name = ".".join(rest[:length])
        if name in files():
            return name
        if f"{name}.__init__" in files() or (length == 0):
            return f"{name}.__init__" if name else "__init__"
    return None


def functions(name):
    """(qualified name, node, inside a class?, nested in a function?) of every function in a file."""
    found = []

    def walk(node, prefix, inside):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
                found.append((prefix + child.name, child, *inside))
                walk(child, f"{prefix}{child.name}.", (False, True))
            elif isinstance(child, ast.ClassDef):
                walk(child, f"{prefix}{child.name}.", (True, inside[1]))
            else:
                walk(child, prefix, inside)

    walk(tree(name), "", (False, False))
    return found


def classes(name):
    """Every class of a file."""
    return [node for node in ast.walk(tree(name)) if isinstance(node, ast.ClassDef)]


def length(node):
    """Lines of a function without its decorators and docstring."""
    lines = node.end_lineno - node.lineno + 1
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        lines -= first.end_lineno - first.lineno + 1
    return lines

"""Files, functions, classes and signatures stay small; the limits are those of the design."""

import ast

import pytest
from shape.source import PACKAGE, ROOT, classes, files, functions, length

LINES_A_FILE, LINES_A_FUNCTION, METHODS, POSITIONAL = 300, 40, 9, 4
# `replace(record, **changes)` takes the fields of a record by name: what they are is written at the record
FIELDS_BY_NAME = {"core.struct.replace", "core.sourced.replaced"}
EVERY = pytest.mark.parametrize("name", files())


def written():
    """Everything people write: source, templates, tests."""
    kinds = ("*.py", "*.j2", "*.css", "*.js")
    return [
        p for folder in (PACKAGE, ROOT / "tests", ROOT / "benchmarks") for kind in kinds for p in folder.rglob(kind)
    ]


def test_files_are_short():
    long = {str(p.relative_to(ROOT)): n for p in written() if (n := len(p.read_text().splitlines())) > LINES_A_FILE}
    assert not long


@EVERY
def test_functions_are_short(name):
    long = {one: n for one, node, *_ in functions(name) if (n := length(node)) > LINES_A_FUNCTION}
    assert not long


@EVERY
def test_classes_have_few_methods(name):
    for node in classes(name):
        methods = [child.name for child in node.body if isinstance(child, ast.FunctionDef)]
        assert len(methods) <= METHODS, node.name


@EVERY
def test_few_arguments_go_by_position(name):
    for one, node, inside, _ in functions(name):
        by_position = len(node.args.posonlyargs) + len(node.args.args) - (1 if inside and not _static(node) else 0)
        assert by_position <= POSITIONAL, f"{one} takes {by_position} arguments by position"


def _static(node):
    return any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in node.decorator_list)


@EVERY
def test_no_keywords_are_forwarded_in_public_signatures(name):
    for one, node, _, nested in functions(name):
        public = not nested and not any(part.startswith("_") for part in one.split("."))
        assert not (public and node.args.kwarg) or f"{name}.{one}" in FIELDS_BY_NAME, (
            f"{one} takes **{node.args.kwarg.arg}"
        )


@EVERY
def test_inheritance_is_shallow_and_calls_no_super(name):
    known = {node.name for other in files() for node in classes(other)}
    for node in classes(name):
        if any(_name(b).endswith(("Error", "Exception")) for b in node.bases):
            continue  # an exception tells its sentence to Python's own
        bases = [b.id for b in node.bases if isinstance(b, ast.Name) and b.id in known]
        parents = {b for other in files() for c in classes(other) if c.name in bases for b in map(_name, c.bases)}
        assert not parents & known, f"{node.name} inherits over two generations"
        called = [n for n in ast.walk(node) if isinstance(n, ast.Call) and _name(n.func) == "super"]
        assert not called, f"{node.name} calls super()"


def _name(node):
    return node.id if isinstance(node, ast.Name) else ""

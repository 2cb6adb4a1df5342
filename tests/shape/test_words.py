"""Names of files, docstrings, and what the product must not speak of."""

import ast
import re

import pytest
from shape.source import PACKAGE, ROOT, classes, files, functions, tree

REFUSED = {"utils", "util", "helpers", "helper", "base", "manager", "managers", "options", "misc", "common"}
AVOIDED = re.compile(r"(Manager|Handler|Engine|Context|Options|Helper|Utils|Base)$")
VERBS = re.compile(r"^(get|do|compute|calculate|calc|process|handle)_")
OUTSIDE = re.compile(r"(\.\./shared|/work/|shared/evidence|shared/background|SCIENCE\.md|anchors\.md)")
SPELLING = re.compile(r"\b(behavior|color(?!s?:|-)|fiber|edema|center(?!:)|aging)\b")
EVERY = pytest.mark.parametrize("name", files())


def texts():
    """Every text file of the product."""
    kinds = ("*.py", "*.toml", "*.j2", "*.css", "*.bib", "*.md")
    folders = (PACKAGE, ROOT / "examples", ROOT / "docs", ROOT / "validation", ROOT / "benchmarks")
    found = [p for folder in folders if folder.is_dir() for kind in kinds for p in folder.rglob(kind)]
    return found + list(ROOT.glob("*.md"))


@EVERY
def test_no_file_is_a_drawer_for_everything(name):
    assert not set(name.split(".")) & REFUSED


@EVERY
def test_classes_are_named_after_things(name):
    for node in classes(name):
        assert not AVOIDED.search(node.name), node.name


@EVERY
def test_functions_are_named_after_what_they_return(name):
    for one, *_ in functions(name):
        assert not VERBS.match(one.rsplit(".", 1)[-1]), one


@EVERY
def test_units_stand_beside_names_and_not_in_them(name):
    for one, node, *_ in functions(name):
        for arg in (*node.args.args, *node.args.kwonlyargs):
            assert not re.search(r"_(mm|um|cm|sec|seconds|hours|days|kg)$", arg.arg), f"{one}({arg.arg})"


@EVERY
def test_every_file_and_public_function_says_what_it_is(name):
    if name.endswith("__init__"):
        return
    assert ast.get_docstring(tree(name)), "the file says nothing"
    for one, node, inside, nested in functions(name):
        public = not nested and not any(part.startswith("_") for part in one.split("."))
        short = inside and node.name in ("start", "jump", "rate", "read")  # the four members: law.py says what they are
        traced = node.name.startswith("mn_")  # bodies the solver knows by name
        assert ast.get_docstring(node) or not public or short or traced, f"{one} says nothing"
    for node in classes(name):
        assert ast.get_docstring(node) or node.name.startswith("_"), f"{node.name} says nothing"


def test_the_product_does_not_speak_of_what_lies_outside_it():
    found = {str(p.relative_to(ROOT)): OUTSIDE.findall(p.read_text(encoding="utf-8")) for p in texts()}
    assert not {path: words for path, words in found.items() if words}


@EVERY
def test_nothing_is_left_to_do(name):
    text = files()[name].read_text(encoding="utf-8")
    assert not re.search(r"\b(TODO|FIXME|XXX|HACK)\b", text)


@EVERY
def test_checked_by_names_tests_that_exist(name):
    text = files()[name].read_text(encoding="utf-8")
    for group in re.findall(r"Checked by: (.*)", text):
        for path in re.findall(r"tests/[\w/]+(?:\.py)?", group):
            assert (ROOT / path).exists(), f"{path} does not exist"

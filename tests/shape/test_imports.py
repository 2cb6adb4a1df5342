"""Imports go down the levels, in no ring, and stand at the top of a file."""

from graphlib import CycleError, TopologicalSorter

import pytest
from shape.source import ROOT, files, imports, own

LEVELS = {
    "core": 0,
    "numerics": 1,
    "skin": 2,
    "formulation": 2,
    "laws": 3,
    "treatments": 3,
    "scales": 3,
    "protocol": 4,
    "simulate": 5,
    "safety": 6,
    "study": 7,
    "evaluation": 8,
    "report": 8,
    "fitting": 9,
    "faces": 10,
}
# heavy, and not needed by every command: may be imported where they are used
LATE = {"pint", "xarray", "zarr", "jinja2", "jax", "matplotlib", "pybtex", "typer", "rich", "importlib", "typst"}
LATE_OWN = (
    "report",
    "evaluation",
    "fitting",
    "study",
    "simulate",
    "faces",
)  # what faces and reports load late, so that help comes at once
EVERY = pytest.mark.parametrize("name", files())


def test_every_folder_has_a_level():
    folders = {name.split(".")[0] for name in files() if "." in name}
    assert folders == set(LEVELS)


@EVERY
def test_imports_go_down(name):
    here = name.split(".")[0]
    if "." not in name:
        return  # the public names
    for module, _, _ in imports(name):
        there = own(module)
        if there is None or there == "__init__":
            assert there is None or here == "faces", f"{name} imports the public names"
            continue
        folder = there.split(".")[0]
        assert folder == here or LEVELS[folder] < LEVELS[here], f"{name} imports {module}"


def test_there_are_no_rings():
    graph = {
        name: {own(module) for module, _, typing in imports(name) if not typing} - {None}
        for name in files()
        if "." in name
    }
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError as ring:
        pytest.fail(" -> ".join(ring.args[1]))


@EVERY
def test_imports_stand_at_the_top(name):
    for module, top, _ in imports(name):
        late = module.split(".")[0] in LATE
        face = name.startswith(("faces.", "report.")) and (own(module) or "").split(".")[0] in LATE_OWN
        assert top or late or face, f"{name} imports {module} inside a function"


@EVERY
def test_nobody_imports_a_face(name):
    faces = [module for module, _, _ in imports(name) if module.startswith("microneedling.faces")]
    assert not faces or name.startswith("faces.")


@EVERY
def test_the_core_knows_no_mathematics_and_the_numerics_no_biology(name):
    known = {module.split(".")[0] for module, top, _ in imports(name) if top}
    if name.startswith("numerics."):
        assert not known & {"pydantic", "pint", "xarray", "zarr"}
    if name.startswith("core."):
        assert not known & {"numpy", "scipy", "pydantic", "xarray"}


def test_pydantic_stands_only_at_the_border():
    users = {name.split(".")[0] for name in files() for module, _, _ in imports(name) if module.startswith("pydantic")}
    assert users <= {"study", "safety", "faces", "evaluation", "fitting"}


def test_tests_and_product_are_apart():
    for name, path in files().items():
        assert "import tests" not in path.read_text(encoding="utf-8"), name
    assert (ROOT / "tests").is_dir()

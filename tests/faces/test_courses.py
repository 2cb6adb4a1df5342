"""Which way a study's courses are computed, and that it does not matter."""

import importlib.util

import numpy as np
import pytest

from microneedling.study import courses
from microneedling.study.run import course_of
from microneedling.study.schema import Study

# the quickest there is to compile: excised skin that no needle enters
CELL = {
    "title": "t",
    "setup": "in vitro",
    "horizon": "4 h",
    "members": 10,
    "outcomes": ["receptor.caffeine"],
    "person": {"age": "35 y", "sex": "female", "phototype": 2},
    "site": {"card": "abdomen"},
    "in_vitro": {
        "thickness": "400 um", "area": "1 cm2", "temperature": "32 degC", "layer": "dermatomed",
    },
    "protocol": {
        "name": "film",
        "topical": [
            {"active": "caffeine", "concentration": "10 mg/ml", "vehicle": "water", "film": "2 mm", "time": "0 h"}
        ],
    },
}  # fmt: skip


@pytest.fixture(autouse=True)
def fresh():
    courses._say_once.cache_clear()
    yield
    courses._say_once.cache_clear()


def receptor(run):
    cards = [card.name for card in run.parts.cards]
    return np.asarray(run.courses[0].readings)[:, cards.index("receptor.caffeine")]


@pytest.fixture(scope="module")
def native():
    return receptor(course_of(Study.of(CELL)))


def test_the_switch_gives_the_same_numbers_by_jax(native, monkeypatch, capsys):
    monkeypatch.setenv(courses.SWITCH, "0")
    jaxed = receptor(course_of(Study.of(CELL)))
    assert native.shape == jaxed.shape == (jaxed.shape[0], 11)
    # the same steps in another order of additions
    np.testing.assert_allclose(native, jaxed, rtol=1e-8, atol=1e-12 * np.max(jaxed))
    assert capsys.readouterr().err == ""  # asked for: nothing to say


def test_without_the_compiler_it_says_so_once(native, monkeypatch, capsys):
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *a: None if name == "numba" else found(name, *a))
    for _ in range(2):
        jaxed = receptor(course_of(Study.of(CELL)))
    np.testing.assert_allclose(native, jaxed, rtol=1e-8, atol=1e-12 * np.max(jaxed))
    said = capsys.readouterr().err
    assert said.count("native machine is not used") == 1 and "numba is not installed" in said


def test_what_the_machine_does_not_know_goes_to_jax(native, monkeypatch, capsys):
    from microneedling.numerics import tape

    monkeypatch.delitem(tape.BINARY, "div")
    jaxed = receptor(course_of(Study.of(CELL)))
    np.testing.assert_allclose(native, jaxed, rtol=1e-8, atol=1e-12 * np.max(jaxed))
    assert "it does not know 'div'" in capsys.readouterr().err

"""What is kept between processes is the same thing, or it is made anew."""

import pickle

import numpy as np
import pytest

from microneedling.core import kept as keeping
from microneedling.core import loaded
from microneedling.core.form import Foreign, form
from microneedling.core.kept import kept
from microneedling.core.struct import static, struct
from microneedling.laws import collagen, standard
from microneedling.laws.effects import ActiveEffects
from microneedling.numerics import flux
from microneedling.scales.amounts import Amount


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    monkeypatch.setenv("MICRONEEDLING_CACHE", str(tmp_path))
    monkeypatch.delenv(keeping.SWITCH, raising=False)
    monkeypatch.setattr(loaded, "SETTLED", True)  # these sources may have been written just now
    return tmp_path / "kept"


def asked(known="a", value=1):
    """(what `kept` gives, whether it was made now)."""
    made = []

    def make():
        made.append(value)
        return value

    return kept("number", known, make), bool(made)


def test_it_is_made_once():
    assert [asked(value=n) for n in (1, 2)] == [(1, True), (1, False)]


def test_what_it_depends_on_tells_it_apart():
    assert [asked(known, n) for n, known in enumerate("ab")] == [(0, True), (1, True)]


def test_other_sources_tell_it_apart(monkeypatch):
    asked()
    monkeypatch.setattr(loaded, "SOURCES", "of another version")
    assert asked(value=2) == (2, True)


@pytest.mark.parametrize("text", [b"", b"no pickle", pickle.dumps(5), pickle.dumps((1, 2)), pickle.dumps(("k", 3, 4))])
def test_a_broken_or_foreign_file_is_replaced(folder, text):
    asked()
    (path,) = folder.iterdir()
    path.write_bytes(text)
    assert asked(value=2) == (2, True) and asked(value=3) == (2, False)


def test_a_file_cut_short_is_replaced(folder):
    asked()
    (path,) = folder.iterdir()
    path.write_bytes(path.read_bytes()[:-9])
    assert asked(value=2) == (2, True) and asked(value=3) == (2, False)


def test_what_was_kept_for_something_else_is_not_served(folder):
    asked("a", 1)
    (mine,) = folder.iterdir()
    asked("b", 2)
    (other,) = set(folder.iterdir()) - {mine}
    mine.write_bytes(other.read_bytes())  # a name given by hand, or two keys with one name
    assert asked("a", 3) == (3, True)


def test_code_changed_while_it_runs_is_seen(monkeypatch):
    asked()
    with monkeypatch.context() as patch:
        patch.setattr(collagen.CollagenTurnover, "synthesis", lambda *of: 0.0)
        assert asked(value=2) == (2, True)  # a method of a law
    assert asked(value=3) == (3, True) and asked(value=4) == (3, False)
    monkeypatch.setattr(flux, "integral", lambda *of: 0.0)
    assert asked(value=5) == (5, True)  # a function


def test_a_constant_changed_while_it_runs_is_seen(monkeypatch):
    asked()
    monkeypatch.setattr(standard, "LAWS", standard.LAWS[1:])
    assert asked(value=2) == (2, True)


def test_sources_written_while_the_program_started_are_not_trusted(monkeypatch, folder):
    monkeypatch.setattr(loaded, "SETTLED", False)
    assert [asked(value=n) for n in (1, 2)] == [(1, True), (2, True)] and not folder.exists()


def test_a_folder_that_cannot_be_written_only_costs_time(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("MICRONEEDLING_CACHE", str(tmp_path / "file"))
    assert [asked(value=n) for n in (1, 2)] == [(1, True), (2, True)]


def test_the_oldest_go(folder, monkeypatch):
    monkeypatch.setattr(keeping, "MOST", 3)
    for n in range(6):
        asked(str(n))
    assert len(list(folder.iterdir())) == 3


def test_a_form_tells_fixed_fields_and_shapes_apart_and_nothing_else():
    one, two = np.ones(3), np.full((4, 3), 2.0)
    felt = [ActiveEffects(felt=((0, ("perfusion",)),)), ActiveEffects(felt=((1, ("perfusion",)),)), ActiveEffects()]
    assert len(set(map(form, felt))) == 3
    assert form(Amount(place="blood", index=0)) != form(Amount(place="blood", index=1))
    assert form(Amount(noticeable=one)) == form(Amount(noticeable=2 * one)) != form(Amount(noticeable=two))
    assert form((one, two)) != form((two, one)) != form([two, one])
    assert form({"a": one}) != form({"b": one})


@struct
class Strange:
    """A record of somebody else's."""

    number: float = 0.0
    word: str = static(default="")


def test_what_is_not_the_packages_own_has_no_form():
    with pytest.raises(Foreign, match="not the package's own"):
        form(Strange())
    with pytest.raises(Foreign, match="holds a ndarray"):
        form(Amount(place=np.ones(2)))
    with pytest.raises(Foreign, match="no number"):
        form(("a word",))

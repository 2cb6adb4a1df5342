"""A program kept on disk is the program that would be traced now."""

import dataclasses
from typing import ClassVar

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from course import needling_series
from tissue import DAY, cheek, lanes, model_of

from microneedling.core import kept, loaded
from microneedling.core.struct import struct
from microneedling.laws.collagen import CollagenTurnover
from microneedling.protocol.plan import plan
from microneedling.scales.scale import Card
from microneedling.scales.standard import standard as scales
from microneedling.simulate import native
from microneedling.simulate.keep import Keep
from microneedling.simulate.native_course import course_on
from microneedling.skin.components import Cover

MOST = ("Collagen", "Elastin", "Vessels", "Epidermis", "Wound", "Punctures", "Pigment", "Pores", "Relief", "Follicles")
DAYS = 2


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    monkeypatch.setenv("MICRONEEDLING_CACHE", str(tmp_path))
    monkeypatch.delenv(kept.SWITCH, raising=False)
    monkeypatch.setattr(loaded, "SETTLED", True)
    return tmp_path / "kept"


@pytest.fixture(scope="module")
def given():
    """Model, skin, plan of two people and what to read."""
    skin = cheek()
    one = plan(needling_series(1), skin, end=DAYS * DAY, begin=-DAY, actives=1, length=4)
    read = scales(actives=("caffeine",))
    both = [lanes(x, x) for x in (model_of(skin, "caffeine"), skin, one)]
    return (*both, Keep(times=np.linspace(0.0, DAYS * DAY, 9), scales=lanes(read, read)))


def counted(monkeypatch):
    """How often the laws were traced."""
    made, trace = [], native.machine_of

    def machine_of(*args, **named):
        made.append(1)
        return trace(*args, **named)

    monkeypatch.setattr(native, "machine_of", machine_of)
    return made


def same(a, b):
    """Whether two machines are the same to the last digit."""
    p, q = a.program, b.program
    return (
        all(map(np.array_equal, p.sections, q.sections))
        and np.array_equal(p.table, q.table)
        and [begin for begin, _ in p.constants] == [begin for begin, _ in q.constants]
        and all(np.array_equal(x, y, equal_nan=True) for (_, x), (_, y) in zip(p.constants, q.constants))
        and (p.memory, p.place, a.begins, a.fields, a.shift) == (q.memory, q.place, b.begins, b.fields, b.shift)
        and (a.moves, a.tree, a.numbers, a.stays) == (b.moves, b.tree, b.numbers, b.stays)
    )


def test_a_program_holds_nobodys_numbers(given):
    model, skin, happens, keep = given
    draw = np.random.default_rng(1)
    others = jax.tree.map(lambda x: jnp.asarray(x) * draw.choice([0.0, 0.5, 3.0]), (model, skin, happens, keep.scales))
    other = native.machine_of(*others[:3], Keep(times=keep.times, scales=others[3]), still=MOST)
    assert same(native.machine_of(*given, still=MOST), other)


def test_a_kept_program_gives_the_same_course(given, monkeypatch):
    made = counted(monkeypatch)
    first, second = (native.kept_machine(*given, still=MOST) for _ in range(2))
    assert len(made) == 1 and same(first, second)
    a, b = (course_on(one, *given[:3], keep=given[3]) for one in (first, second))
    assert np.array_equal(a.readings, b.readings) and np.isfinite(a.readings).all()
    assert jax.tree.structure(a.end) == jax.tree.structure(b.end)


def test_another_structure_is_traced_anew(given, monkeypatch):
    made = counted(monkeypatch)
    model, skin, happens, keep = given
    native.kept_machine(*given, still=MOST)
    native.kept_machine(*given, still=MOST[1:])
    fewer = dataclasses.replace(keep, scales=keep.scales[1:])
    native.kept_machine(model, skin, happens, fewer, still=MOST)
    named = dataclasses.replace(model, laws=tuple(_renamed(law) for law in model.laws))
    native.kept_machine(named, skin, happens, keep, still=MOST)
    assert len(made) == 4


def _renamed(law):
    """A law whose fixed fields differ."""
    return dataclasses.replace(law, names=("other",)) if hasattr(law, "names") else law


def test_a_law_changed_while_the_program_runs_is_traced_anew(given, monkeypatch):
    native.kept_machine(*given, still=MOST)
    made = counted(monkeypatch)
    monkeypatch.setattr(CollagenTurnover, "rate", lambda law, state, skin: CollagenTurnover.start(law, skin))
    native.kept_machine(*given, still=MOST)
    assert len(made) == 1


@struct
class Own:
    """A scale of somebody else's."""

    CARD: ClassVar[Card] = Card("own", "Own", "1", "1", 0.0, 1.0, 1.0)

    def read(self, state, skin):
        return 2.0 * state[Cover].film


def test_records_of_others_are_traced_anew(given, monkeypatch, folder):
    made = counted(monkeypatch)
    keep = dataclasses.replace(given[3], scales=(*given[3].scales, Own()))
    for _ in range(2):
        native.kept_machine(*given[:3], keep, still=MOST)
    assert len(made) == 2 and not folder.exists()

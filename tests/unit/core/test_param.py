"""Numbers with where they come from, and the records that hold them."""

import dataclasses

import jax
import jax.numpy as jnp
import pytest

from microneedling.core.param import FieldMeaning, param, provenance, state_field
from microneedling.core.sourced import replaced, sourced
from microneedling.core.state import Component, State
from microneedling.core.struct import replace, static, struct
from microneedling.core.units import UnitError


@struct
class Closing:
    """A small law."""

    rate: float = param(
        default="0.5 d-1", unit="s-1", source="key2000", where="Table 1", spread="0.2 .. 0.9", grade="in animals"
    )
    share: float = param(default=0.3, unit="1", spread="± 0.1", note="a guess", varies="people", meaning="a share")
    name: str = static(default="x")


@struct
class Area(Component):
    """A small component."""

    open: jax.Array = state_field(meaning="open area", unit="1", negligible=1e-6)
    width: jax.Array = state_field(meaning="width", unit="m", negligible="0.1 um")


def test_text_is_stored_in_si_with_its_facts():
    fact = provenance(Closing)["rate"]
    assert Closing().rate == pytest.approx(0.5 / 86400)
    assert (fact.unit, fact.source, fact.grade, fact.text) == ("s-1", ("key2000",), "in animals", "0.5 d-1")
    assert fact.spread.high == pytest.approx(0.9 / 86400)  # the spread is in the unit of the value's text


def test_provenance_lists_numbers_only():
    assert list(provenance(Closing)) == ["rate", "share"]
    assert provenance(Closing())["share"].varies == "people"


@pytest.mark.parametrize(
    "wrong", [{"grade": "certain"}, {"varies": "weather"}], ids=["unknown grade", "unknown kind of spread"]
)
def test_unknown_words_are_refused(wrong):
    with pytest.raises(ValueError, match="not a known word"):
        param(default=1.0, unit="1", **wrong)


def test_a_unit_that_does_not_fit_is_refused():
    with pytest.raises(UnitError):
        param(default="3 kg", unit="m")


def test_records_are_frozen_and_take_names_only():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Closing().rate = 1.0
    with pytest.raises(TypeError):
        Closing(1.0)


def test_jax_maps_over_numbers_and_not_over_names():
    doubled = jax.tree.map(lambda x: 2 * x, Closing())
    assert doubled.rate == pytest.approx(1 / 86400) and doubled.name == "x"
    assert float(jax.grad(lambda law: law.rate * law.share)(Closing()).rate) == pytest.approx(0.3)
    many = jax.vmap(lambda share: replace(Closing(), share=share))(jnp.arange(3.0))
    assert many.share.shape == (3,)


def test_state_fields_carry_meaning_unit_and_size():
    known = {f.name: f.metadata["state"] for f in dataclasses.fields(Area)}
    assert known["width"] == FieldMeaning("width", "m", pytest.approx(1e-7))


def test_a_state_is_keyed_by_type():
    state = State(parts={"Area": Area(open=jnp.zeros(2), width=jnp.ones(2))})
    assert state[Area].width.shape == (2,)
    with pytest.raises(KeyError):
        state[Component]


def test_a_sourced_record_keeps_its_facts_when_numbers_change():
    known = replaced(sourced(Closing()), share=0.7)
    assert known.name == "Closing" and known.record.share == 0.7 and known.facts["share"].note == "a guess"

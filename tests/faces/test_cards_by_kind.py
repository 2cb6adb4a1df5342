"""Any card by kind and name."""

from __future__ import annotations

import pytest

from microneedling.core.card import CardError
from microneedling.study.cards import RECORDS, card


def test_a_card_gives_si_numbers():
    assert card("devices", "roller_192").known.record.needle_length == pytest.approx(1.5e-3)


@pytest.mark.parametrize(("kind", "name", "said"), [("device", "roller_192", "devices"), ("sites", "chek", "cheek")])
def test_an_unknown_kind_or_name_gets_the_nearest(kind, name, said):
    with pytest.raises(CardError, match=said):
        card(kind, name)


def test_every_kind_has_a_record():
    assert set(RECORDS) == {"actives", "devices", "exfoliants", "habits", "sites", "vehicles"}

"""Any card by kind and name."""

from __future__ import annotations

import numpy as np
import pytest

from microneedling.core.card import CardError
from microneedling.faces.listing import least_shows
from microneedling.scales import standard
from microneedling.study.cards import RECORDS, card


def test_a_card_gives_si_numbers():
    assert card("devices", "roller_192").known.record.needle_length == pytest.approx(1.5e-3)


@pytest.mark.parametrize(("kind", "name", "said"), [("device", "roller_192", "devices"), ("sites", "chek", "cheek")])
def test_an_unknown_kind_or_name_gets_the_nearest(kind, name, said):
    with pytest.raises(CardError, match=said):
        card(kind, name)


def test_every_kind_has_a_record():
    assert set(RECORDS) == {"actives", "devices", "clinic", "exfoliants", "habits", "sites", "vehicles"}


def test_what_shows_in_one_person_is_at_least_what_is_noticed_and_known_for_all_a_clinic_reads():
    noticed = {cls.CARD.name: float(cls().noticeable) for cls in standard.SCALES}
    shows = least_shows(noticed)
    assert {"lemperle", "masi_open", "hair_gain", "erythema", "firmness"} <= set(shows)
    assert all(shows[name] >= noticed[name] for name in shows if name in noticed)
    assert np.isclose(shows["hair_gain"], 1.96 * np.sqrt(2) * 7e4, rtol=1e-3)  # per square metre

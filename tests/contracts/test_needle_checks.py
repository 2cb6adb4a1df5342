"""Devices that cannot be are refused with one line: card, key, what was found, what is allowed."""

import dataclasses

import pytest

from microneedling.core.card import CardError, read_card
from microneedling.core.catalogue import names, path_of
from microneedling.core.sourced import replaced
from microneedling.skin.site import Site
from microneedling.study.needle_checks import checked, device_problems, thickest, thickness
from microneedling.treatments.coverage import packing
from microneedling.treatments.device import NEEDLES, Device

WRONG = {
    "a needle longer than any skin": ({"needle_length": 30e-3}, "needle_length: found 30 mm, allowed at most "),
    "needles denser than they are wide": (
        {"puncture_density_per_pass": 1e9},
        "puncture_density_per_pass: found 1e+05 cm-2, allowed at most 5891 cm-2, close packing of needles 140 um wide",
    ),
    "needles closer than they are wide": ({"spacing": 90e-6}, "spacing: found 90 um, allowed 0 or at least 140 um"),
    "a hand of nothing": ({"contact_force": 0.0}, "contact_force: found 0 N, allowed more than 0 N and at most 250 N"),
    "a hand that pulls": ({"contact_force": -2.0}, "contact_force: found -2 N, allowed more than 0 N"),
    "a hand like a press": (
        {"contact_force": 3e3},
        "contact_force: found 3000 N, allowed more than 0 N and at most 250",
    ),
    "a bore wider than the needle": ({"inner_radius": 80e-6}, "inner_radius: found 80 um, allowed less than"),
    "a coat longer than the needle": ({"coated_length": 9e-4}, "coated_length: found 900 um, allowed at most 750 um"),
}


def array(**changes):
    """The card of a stamp with some numbers spoilt."""
    card = read_card(path_of("devices", "stamp_array"), Device)
    return dataclasses.replace(card, known=replaced(card.known, **changes))


@pytest.mark.parametrize("what", WRONG)
def test_a_device_that_cannot_be_is_refused_in_one_line(what):
    changes, expected = WRONG[what]
    with pytest.raises(CardError) as error:
        checked(array(**changes))
    assert str(error.value).startswith(f"stamp_array.toml: {expected}")
    assert "\n" not in str(error.value)


def test_a_pen_cannot_hold_more_needles_than_fit_its_opening():
    card = read_card(path_of("devices", "skinpen_precision"), Device)
    full = packing(card.known.record.base_radius) * card.known.record.head_area
    crowded = dataclasses.replace(card, known=replaced(card.known, needles=round(1.01 * full)))
    assert [one.key for one in device_problems(crowded)] == ["needles"]


@pytest.mark.parametrize("name", names("devices"))
def test_every_card_can_be(name):
    assert not list(device_problems(read_card(path_of("devices", name), Device)))


def test_an_unknown_kind_of_needle_is_refused_with_the_known_ones(tmp_path):
    text = path_of("devices", "stamp_array").read_text(encoding="utf-8")
    own = tmp_path / "mine.toml"
    assert 'needle_kind = "solid"' in text
    own.write_text(text.replace('needle_kind = "solid"', 'needle_kind = "holow"'), encoding="utf-8")
    with pytest.raises(CardError) as error:
        read_card(own, Device)
    assert str(error.value).endswith(
        f"mine.toml: needle_kind: found 'holow'; nearest: hollow; known: {', '.join(NEEDLES)}"
    )


def test_the_thickest_skin_is_thicker_than_every_site():
    sites = [read_card(path_of("sites", name), Site).known for name in names("sites")]
    assert all(thickness(site) < thickest() for site in sites)
    assert 2e-3 < thickest() < 10e-3

"""What every card of the package promises."""

import dataclasses

import pytest

from microneedling.core.card import card_text, read_card, read_parameter_set, read_table
from microneedling.core.catalogue import KINDS, names, path_of
from microneedling.core.cite import known_keys
from microneedling.core.param import GRADES, provenance
from microneedling.core.sourced import sourced
from microneedling.core.spread import Z95
from microneedling.formulation.active import Active
from microneedling.formulation.vehicle import Vehicle
from microneedling.laws import standard as laws
from microneedling.safety.vocabulary import check_care, check_flags, check_words
from microneedling.scales import standard as scales
from microneedling.scales.clinical import ClinicScale
from microneedling.skin.habit import Habit
from microneedling.skin.person import BASELINE
from microneedling.skin.site import Site
from microneedling.study.schema import Study
from microneedling.treatments.device import Device
from microneedling.treatments.exfoliant import FAMILIES, Exfoliant
from microneedling.treatments.insertion import Insertion

RECORDS = {cls.KIND: cls for cls in (Device, Active, Vehicle, Site, Exfoliant, Habit, ClinicScale)}
CARDS = [(kind, name) for kind in RECORDS for name in names(kind)]
FEWEST = {
    "devices": 6,
    "actives": 70,
    "vehicles": 10,
    "exfoliants": 8,
    "habits": 30,
    "sites": 11,
    "people": 3,
    "protocols": 2,
    "clinic": 12,
    "parameter_sets": 1,
}
LOGARITHMS = ("log_kow",)  # have no sign to keep
SITE = {"card": "cheek", "area": "60 cm2"}


@pytest.fixture(params=CARDS, ids=[f"{kind}/{name}" for kind, name in CARDS])
def card(request):
    kind, name = request.param
    return read_card(path_of(kind, name), RECORDS[kind])


def study_of(person, protocol):
    return Study.of({"title": "t", "horizon": "400 d", "site": SITE, "person": person, "protocol": protocol})


@pytest.mark.parametrize("kind", KINDS)
def test_there_are_enough_cards(kind):
    assert len(names(kind)) >= FEWEST[kind]


def test_every_number_is_known_by_unit_source_grade_and_spread(card):
    keys, record = set(known_keys()), card.known.record
    for name, fact in card.known.facts.items():
        value, place = getattr(record, name), f"{card.known.name}.{name}"
        assert fact.unit and fact.meaning, place
        assert fact.grade in GRADES, place
        assert set(fact.source) <= keys, f"{place}: unknown source {set(fact.source) - keys}"
        assert fact.grade == "assumed" or (fact.source and fact.where), f"{place}: no source or no place in it"
        assert fact.note or fact.grade not in ("assumed", "inferred"), f"{place}: no note"
        assert fact.spread.around(value), place
        low, high = fact.spread.at(value, -Z95), fact.spread.at(value, Z95)
        assert low <= value <= high, place
        assert value <= 0 or low >= 0 or name in LOGARITHMS, f"{place}: the spread turns the sign"


def test_every_text_is_written(card):
    assert card.title and all(text or key == "flags" for key, text in card.texts.items())


def test_every_card_survives_being_written_and_read_again(card, tmp_path):
    again = tmp_path / f"{card.name}.toml"
    again.write_text(card_text(card), encoding="utf-8")
    assert dataclasses.replace(read_card(again, RECORDS[card.kind]), path=card.path) == card


def test_devices_can_be_used():
    for name in names("devices"):
        card = read_card(path_of("devices", name), Device)
        device = card.known.record
        assert 0 <= device.depth_min <= device.depth_max <= device.needle_length, name
        assert 0 < device.tip_radius < device.base_radius < device.needle_length, name
        assert 0 < device.success <= 1 and device.needles >= 1, name
        is_pen = card.texts["family"] == "pen"
        assert (device.frequency > 0) == is_pen and (device.puncture_density_per_pass > 0) != is_pen, name


def test_exfoliants_of_every_family_take_something():
    families = set()
    for name in names("exfoliants"):
        card = read_card(path_of("exfoliants", name), Exfoliant)
        what, grit = card.known.record, card.texts["family"] == "grit"
        families.add(card.texts["family"])
        assert (what.abrasion > 0) == grit and (what.layers > 0) != grit, name
        assert not grit or (what.contact > 0 and what.unevenness > 0 and what.debris > 0), name
        assert all(0 <= share < 1 for share in (what.lipids, what.plugs, what.vellus)), name
    assert families == set(FAMILIES)


def test_molar_mass_and_volume_grow_together():
    for card in (read_card(path_of("actives", name), Active) for name in names("actives")):
        active = card.known.record
        density = active.molar_mass / active.molar_volume
        # kg m-3: between liquids at their boiling point and protein; a chain's volume is that of its swollen coil
        least = 100 if "polysaccharide" in card.texts["class"] else 500
        assert least < density < 1700, active


def test_layers_of_a_site_are_in_order():
    for name in names("sites"):
        site = read_card(path_of("sites", name), Site).known.record
        assert site.sc_thickness < site.epidermis < site.reticular and site.papillary < site.reticular, name
        assert site.sc_transit / site.sc_layers > 3600, name  # s: a layer lasts hours at least


def test_flags_are_words_of_the_vocabulary():
    for kind in ("actives", "vehicles"):
        for name in names(kind):
            assert not check_flags(read_card(path_of(kind, name), RECORDS[kind]).texts["flags"]), name


@pytest.mark.parametrize("name", names("people"))
def test_people_can_be_treated(name):
    plan = {"name": "p", "session": [{"device": "skinpen_precision", "depth": "1.5 mm", "dwell": "3 min"}]}
    person = study_of({"card": name}, plan).plain().person
    assert person.baseline and set(person.baseline) <= set(BASELINE)
    assert not check_words(person)


@pytest.mark.parametrize("name", names("protocols"))
def test_protocols_can_be_run_and_name_their_source(name):
    content = read_table(path_of("protocols", name))
    assert set(content) == {"title", "source", "protocol"}
    assert content["source"] and set(content["source"]) <= set(known_keys())
    plain = study_of({"card": "acne_scars_34"}, content["protocol"]).plain()
    assert plain.arms[0].sessions and not check_care(plain.arms[0])


@pytest.mark.parametrize("name", names("parameter_sets"))
def test_parameter_sets_replace_numbers_that_exist(name):
    allowed = {f"sites/{site}.{field}": fact for site in names("sites") for field, fact in provenance(Site).items()}
    made = (*laws.numbers(), *scales.numbers(), sourced(Insertion()))
    allowed |= {f"{one.name}.{field}": fact for one in made for field, fact in one.facts.items()}
    found = read_parameter_set(path_of("parameter_sets", name), allowed)
    assert all(set(fact.source) <= set(known_keys()) and fact.grade in GRADES for _, fact in found.values())

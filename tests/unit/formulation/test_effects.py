"""The effects table of an active's card."""

import pytest

from microneedling.core.card import CardError, read_card
from microneedling.core.catalogue import names, path_of
from microneedling.core.cite import known_keys
from microneedling.formulation.active import Active
from microneedling.formulation.effects import NAMES, effects_of
from microneedling.formulation.own import active_of

HEAD = 'title = "A"\nlog_kow = "1"\nmolar_mass = "200 g/mol"\n'
GOOD = 'grade = "assumed", note = "n", spread = "exact"'


def card(tmp_path, *lines):
    path = tmp_path / "a.toml"
    path.write_text(HEAD + "\n[effects]\n" + "\n".join(lines), encoding="utf-8")
    return path


def test_an_active_without_the_table_has_none():
    assert effects_of(path_of("actives", "caffeine")) is None


def test_what_a_card_states_is_read_and_the_active_does_not_mind(tmp_path):
    path = card(
        tmp_path,
        f'melanin = {{ value = "-0.4", {GOOD} }}',
        f'melanin_half = {{ value = "2 mmol/l", {GOOD} }}',
    )
    found = effects_of(path).known
    assert found.name == "effects/a" and found.record.melanin == -0.4
    assert found.record.melanin_half == pytest.approx(2.0) and found.record.birth == 0
    assert active_of(path).known.record.log_kow == 1.0


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([f'melannin = {{ value = "1", {GOOD} }}'], "melannin: unknown key; nearest: melanin"),
        ([f'melanin = {{ value = "1", {GOOD} }}'], "stand together"),
        ([f'melanin_half = {{ value = "1 mol/m3", {GOOD} }}'], "stand together"),
        (
            [f'melanin = {{ value = "-1.5", {GOOD} }}', f'melanin_half = {{ value = "1 mol/m3", {GOOD} }}'],
            "found -1.5, allowed -1",
        ),
        (
            [f'birth = {{ value = "1", {GOOD} }}', f'birth_half = {{ value = "0 mol/m3", {GOOD} }}'],
            "allowed more than 0",
        ),
        (["birth = 3"], "a bare number is not enough"),
    ],
)
def test_bad_effects_are_refused(tmp_path, lines, said):
    with pytest.raises(CardError, match=said):
        effects_of(card(tmp_path, *lines))


def test_a_number_in_place_of_the_table_is_refused(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text(HEAD + "effects = 3\n", encoding="utf-8")
    with pytest.raises(CardError, match="a table is needed"):
        effects_of(path)


@pytest.mark.parametrize("name", names("actives"))
def test_shipped_effects_have_known_sources(name):
    stated = effects_of(path_of("actives", name))
    for key, fact in stated.known.facts.items() if stated else ():
        assert set(fact.source) <= set(known_keys()), key
    assert read_card(path_of("actives", name), Active).name == name


def test_names_are_the_rates():
    assert "melanin" in NAMES and not any(name.endswith("_half") for name in NAMES)

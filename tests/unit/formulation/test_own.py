"""A user's own active from a few keys, and what no molecule can be."""

from pathlib import Path

import pytest

from microneedling.core.card import CardError, card_text
from microneedling.core.catalogue import names, path_of
from microneedling.formulation.own import LIMITS, active_of

FEW = 'title = "Mine"\nmolar_mass = "300 g/mol"\nlog_kow = "2.1"\n'


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "mine.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_three_keys_are_enough(written):
    card = active_of(written(FEW))
    one, facts = card.known.record, card.known.facts
    assert (one.molar_mass, one.log_kow) == (pytest.approx(0.3), 2.1)
    assert one.molar_volume == pytest.approx(300e-6) and facts["molar_volume"].spread.kind == "range"
    assert (one.pka_acid, one.pka_base, one.fu, one.permeability_shift) == (99, -99, -1, 0)
    assert facts["log_kow"].grade == "assumed" and facts["log_kow"].spread.low < 2.1 < facts["log_kow"].spread.high
    for word in ("molar volume from the molar mass alone", "no pKa given", "binding not given"):
        assert word in card.texts["missing"]


def test_a_formula_gives_mass_and_volume(written):
    text = 'title = "t"\nlog_kow = -0.08\nformula = "C8H10N4O2"\n'
    card = active_of(written(text + "rings = 2\ndouble_bonds = 4\n"))
    assert card.known.record.molar_mass == pytest.approx(0.19419, abs=2e-5)
    assert card.known.record.molar_volume == pytest.approx(182e-6)
    loose = active_of(written(text)).known
    assert loose.facts["molar_volume"].spread.high > card.known.facts["molar_volume"].spread.high


def test_numbers_of_ones_own_win_over_what_would_be_filled_in(written):
    text = FEW + 'molar_volume = "350 cm3/mol"\npka_base = "8.9"\nfu = "0.4"\n'
    card = active_of(written(text))
    one = card.known.record
    assert (one.molar_volume, one.pka_base, one.fu) == (pytest.approx(350e-6), 8.9, 0.4)
    assert "missing" not in card.texts


def test_whole_and_short_numbers_may_stand_together(written):
    text = FEW.replace('log_kow = "2.1"\n', "") + (
        "[partition]\n"
        'log_kow = { value = "2.1", spread = "1.9 .. 2.3", source = "cheruvu2022", where = "t",'
        ' grade = "on the bench" }\n'
    )
    assert active_of(written(text)).known.facts["log_kow"].source == ("cheruvu2022",)


def test_a_short_card_can_be_written_in_full(written):
    short = active_of(written(FEW))
    again = active_of(written(card_text(short)))
    assert again.known.record == short.known.record and again.known.facts == short.known.facts


@pytest.mark.parametrize("name", names("actives"))
def test_cards_of_the_package_are_within_the_limits(name):
    assert active_of(path_of("actives", name)).known.record.molar_mass > 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (FEW.replace('log_kow = "2.1"\n', ""), "log_kow: missing"),
        (FEW.replace('molar_mass = "300 g/mol"\n', ""), "molar_mass: missing"),
        (FEW.replace("300 g/mol", "0.3 g/mol"), "molar_mass: found 0.3 g/mol, allowed 1 g/mol to 1e8 g/mol"),
        (FEW.replace("300 g/mol", "300"), "molar_mass"),
        (FEW.replace("300 g/mol", "300 m"), 'unit "m" does not fit'),
        (FEW.replace("2.1", "31"), "log_kow: found 31, allowed -15 to 15"),
        (FEW + 'pka_acid = "200"\n', "pka_acid: found 200, allowed -20 to 99"),
        (FEW + 'fu = "1.2"\n', "fu: found 1.2"),
        (FEW + 'molar_volume = "3 m3/mol"\n', "molar_volume: found molar_mass over molar_volume"),
        (FEW + 'formula = "NaCl"\n', "formula: found"),
        (FEW + "rings = -1\n", "rings: found -1"),
        (FEW + 'colour = "red"\n', "colour: unknown key"),
        (FEW + "[molecule]\nsize = 3\n", "size: unknown key"),
        (FEW.replace("title", "name"), "title: missing"),
        (FEW + "log_kow = true\n", "not a TOML file"),
        (FEW.replace('"2.1"', "true"), "log_kow: found True"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(written, text, said):
    with pytest.raises(CardError) as error:
        active_of(written(text))
    assert said in str(error.value) and "mine.toml" in str(error.value) and "\n" not in str(error.value)


def test_limits_are_wide():
    assert set(LIMITS) == {"molar_mass", "molar_volume", "log_kow", "pka_acid", "pka_base", "permeability_shift"}


def test_the_card_printed_in_the_documentation_can_be_read(written):
    page = (Path(__file__).parents[3] / "docs" / "molecules.md").read_text(encoding="utf-8")
    text = page.split("```toml\n", 1)[1].split("```", 1)[0]
    one = active_of(written(text)).known.record
    assert (one.log_kow, one.pka_base) == (1.2, 8.9) and 0.35 < one.molar_mass < 0.45

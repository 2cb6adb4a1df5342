"""Cards of habits: what is refused, how factors multiply, and what an age does to a factor."""

import pytest

from microneedling.core.card import CardError
from microneedling.skin.habit import RATES, habit_of, modifiers_of, weight, words_of
from microneedling.skin.skin import YEAR

HEAD = 'title = "T"\nreason = "r"\n'
NUMBER = '{ value = "0.5", spread = "0.4 .. 1", grade = "assumed", note = "n" }'
MORE = '{ value = "1.5", spread = "1 .. 2", grade = "assumed", note = "n" }'
FILM = '{ value = "20 um", spread = "exact", grade = "assumed", note = "n" }'


def card(tmp_path, words, *lines):
    path = tmp_path / "habits" / "mine.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEAD + words + "\n\n[numbers]\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_good_card_is_read(tmp_path):
    found = habit_of(card(tmp_path, 'habits = ["smoking"]\nacts_on = "synthesis"', f"factor = {NUMBER}"))
    assert found.known.record.factor == 0.5 and words_of(found) == (("habits", "smoking"),)


@pytest.mark.parametrize(
    ("words", "lines", "said"),
    [
        ('habits = ["a"]\nacts_on = "sinthesis"', [f"factor = {NUMBER}"], "nearest: synthesis"),
        ('habits = ["a"]\nacts_on = "synthesis"', [], "factor: missing"),
        ('habits = ["a"]\nacts_on = "nothing"', [f"factor = {NUMBER}"], "factor: found a number, allowed none"),
        ('habits = ["a"]\nacts_on = "synthesis"', [f"factor = {NUMBER}", f"film = {FILM}"], "film: found a number"),
        ('care = ["a"]\nacts_on = "film"', [f"film = {FILM}"], "vehicle: stands with"),
        ('habits = ["a"]\nacts_on = "hair"\nvehicle = "ointment"', [f"factor = {NUMBER}"], "vehicle: stands with"),
        ('care = ["a"]\nacts_on = "film"\nvehicle = "ointment"\nactive = "urea"', [f"film = {FILM}"], "concentration"),
        ('acts_on = "synthesis"', [f"factor = {NUMBER}"], "habits: missing"),
        ('care = ["a"]\nacts_on = "synthesis"', [f"factor = {NUMBER}"], "no span can change"),
        ('habits = ["a"]\nacts_on = "shielded"', [f"factor = {MORE}"], "at most 1"),
        ('habits = ["a"]\nacts_on = "lipids"', ["factor = 0.5"], "a bare number is not enough"),
        ('habit = ["a"]\nacts_on = "lipids"', [f"factor = {NUMBER}"], "habit: unknown key; nearest: habits"),
    ],
)  # fmt: skip
def test_bad_cards_are_refused_in_one_line(tmp_path, words, lines, said):
    with pytest.raises(CardError, match=said) as caught:
        habit_of(card(tmp_path, words, *lines))
    assert "habits/mine.toml" in str(caught.value) and "\n" not in str(caught.value)


def test_factors_on_one_rate_multiply_and_the_others_stay():
    made = modifiers_of([("synthesis", 0.8), ("flow", 0.7), ("synthesis", 0.5)])
    assert float(made.synthesis) == pytest.approx(0.4) and float(made.flow) == pytest.approx(0.7)
    assert all(float(getattr(made, rate)) == 1.0 for rate in RATES if rate not in ("synthesis", "flow"))


def test_an_age_reaches_its_factor_evenly(tmp_path):
    age = '{ value = "80 y", spread = "exact", grade = "assumed", note = "n" }'
    old = habit_of(card(tmp_path, 'acts_on = "synthesis"', f"factor = {NUMBER}", f"from_age = {age}"))
    found = [weight(old, years * YEAR) for years in (20, 35, 57.5, 80, 99)]
    assert found == pytest.approx([0, 0, 0.5, 1, 1], abs=1e-9)  # rounding of years to seconds

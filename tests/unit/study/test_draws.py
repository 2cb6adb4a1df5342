"""Joint draws survive a round trip; a bad file is told by line."""

import numpy as np
import pytest

from microneedling.core.card import CardError
from microneedling.study.draws import Draws, draws_text, read_draws

GOOD = Draws(("Law.a", "Law.b"), np.array([[1.0, 2.5e-7], [3.0, 4.0]]))


def write(tmp_path, text):
    path = tmp_path / "draws.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_round_trip_keeps_numbers(tmp_path):
    found = read_draws(write(tmp_path, draws_text(GOOD)))
    assert found.names == GOOD.names and np.allclose(found.numbers, GOOD.numbers, rtol=1e-6)
    assert found.column("Law.b") == pytest.approx([2.5e-7, 4.0])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Law.a\n", "at least one draw"),
        ("Law.a,Law.b\n1\n", "line 2: found 1 numbers, allowed 2"),
        ("Law.a\nx\n", "line 2"),
        ("Law.a\nnan\n", "not finite"),
    ],
)
def test_a_bad_file_is_told(tmp_path, text, said):
    with pytest.raises(CardError, match=said):
        read_draws(write(tmp_path, text))


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(CardError, match="do not exist"):
        read_draws(tmp_path / "none.csv")

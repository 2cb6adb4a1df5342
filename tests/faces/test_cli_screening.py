"""`screen --out`: what was found, why, and what clears it, as page and paper; a refusal keeps its exit code."""

from pathlib import Path

import pytest
from faces.test_cli import ended

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("screened") / "out"
    assert ended("screen", str(EXAMPLES / "vitamin_c_serum.toml"), "--out", str(made)) == 4
    return made


def test_both_files_are_there(folder):
    assert sorted(one.name for one in folder.iterdir()) == ["screening.html", "screening.pdf"]
    assert (folder / "screening.pdf").read_bytes().startswith(b"%PDF")


def test_the_page_says_what_stops_it_why_and_what_clears_it(folder):
    text = (folder / "screening.html").read_text(encoding="utf-8")
    for words in ("Refused. Nothing was simulated", "granulomas", "What clears it", "at least 48 h", "The other side"):
        assert words in text
    assert "Arms without a contraindication:</strong> needling only and serum a week later." in text
    assert text.index("What clears it") < text.index("Findings about this plan")


def test_a_page_that_is_there_is_kept(folder, capsys):
    assert ended("screen", str(EXAMPLES / "vitamin_c_serum.toml"), "--out", str(folder)) == 2
    assert "found an output folder" in capsys.readouterr().err
    assert ended("screen", str(EXAMPLES / "vitamin_c_serum.toml"), "--out", str(folder), "--force") == 4

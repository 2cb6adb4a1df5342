"""The command `explain`: what it prints and writes, and how it refuses."""

import json
import re

import pytest
from stub import tree

from microneedling.faces.cli import code_of
from microneedling.simulate import result


def ended(*words):
    return code_of([str(word) for word in words])


def test_it_prints_formulas_inputs_sources_and_ranges(capsys):
    assert ended("explain", "lidocaine", "--site", "cheek") == 0
    out = capsys.readouterr().out
    for text in (["R", "k_trans l²/(δ D_lip)"][1], "K_lip = ", "pKb = 7.9", "holds for:", "excised: ", "P_PG = "):
        assert text in out, text
    assert re.search(r"k_p = \S+ \(\S+ \.\. \S+\) cm/h", out)
    assert "EXTRAPOLATION" not in out and "- osp_skin: " in out


def test_extrapolation_is_seen_in_text_and_page(tmp_path, capsys):
    page = tmp_path / "deep" / "x.html"
    assert ended("explain", "retinol", "--vehicle", "cream", "--in-vitro", "--html", page) == 0
    out, html = capsys.readouterr().out, page.read_text(encoding="utf-8")
    assert "EXTRAPOLATION  Retinol: log Kow 5.51, outside -4.7 to 4" in out and str(page) in out
    assert "Retinol: log Kow 5.51, outside -4.7 to 4" in html and "▲ Extrapolation" in html
    assert "excised, whole and hydrated" in html and "<script" not in html and "http://" not in html
    assert [path.name for path in page.parent.iterdir()] == ["x.html"]


def test_a_card_of_ones_own(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.toml").write_text('title = "Mine"\nmolar_mass = "300 g/mol"\nlog_kow = "2.1"\n')
    assert ended("explain", "mine.toml") == 0
    assert "no pKa given: taken as uncharged at any acidity" in capsys.readouterr().out


def test_an_own_card_is_shown_with_what_was_filled_in(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.toml").write_text('title = "Mine"\nformula = "C8H10N4O2"\nlog_kow = "2.1"\n')
    assert ended("cards", "show", "mine.toml") == 0
    out = capsys.readouterr().out
    assert "actives/mine" in out and "molar_mass = 194.19 g/mol" in out and "- atomic_weights: " in out


def test_the_summary_tells_what_was_extrapolated():
    made = tree()
    made["run"].attrs["extrapolations"] = json.dumps(["a mark"])
    assert result.summary(made)["extrapolations"] == ["a mark"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("caffein",), "'caffein' is not among the actives; nearest: caffeine"),
        (("caffeine", "--site", "moon"), "'moon' is not among the sites"),
        (("caffeine", "--vehicle", "mud"), "'mud' is not among the vehicles"),
        (("caffeine", "--ph", "12"), "pH: found 12, allowed 4.5 to 7, which aqueous_serum has"),
        (("caffeine", "--html", "."), "--html: found the folder"),
        (("absent.toml",), "absent.toml: this card does not exist"),
        ((), "Missing argument"),
    ],
)
def test_bad_input_is_refused_in_one_line(words, said, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert ended("explain", *words) == 2
    caught = capsys.readouterr()
    assert said in caught.err and caught.err.count("\n") == 1 and not caught.out
    assert not list(tmp_path.iterdir())


def test_starting_it_wrong_leaves_nothing(tmp_path, capsys):
    page = tmp_path / "x.html"
    assert ended("explain", "nobody", "--html", page) == 2
    assert not page.exists() and "nobody" in capsys.readouterr().err

"""The command `active`: a card from a structure, or one line saying why not."""

import pytest
from unit.formulation.test_molecule import NEEDS_RDKIT, without_rdkit

from microneedling.faces.cli import code_of
from microneedling.formulation.own import active_of

ASPIRIN_LIKE = "CCOC(=O)c1ccccc1OC(C)=O"


def ended(*words):
    return code_of(["active", *(str(word) for word in words)])


@NEEDS_RDKIT
def test_a_card_is_written_and_can_be_explained(tmp_path, capsys):
    out = tmp_path / "new" / "mine.toml"
    assert ended("--smiles", ASPIRIN_LIKE, "--name", "Mine", "--log-kow", "1.9", "--out", out) == 0
    caught = capsys.readouterr()
    assert caught.out.strip() == str(out) and "log_kow: your own number" in caught.err
    assert active_of(out).title == "Mine" and active_of(out).known.record.log_kow == 1.9
    assert code_of(["explain", str(out)]) == 0 and "Mine" in capsys.readouterr().out


@NEEDS_RDKIT
def test_a_file_is_replaced_only_when_asked(tmp_path, capsys):
    out = tmp_path / "mine.toml"
    out.write_text("mine", encoding="utf-8")
    assert ended("--smiles", ASPIRIN_LIKE, "--out", out) == 2
    assert out.read_text() == "mine" and "--force" in capsys.readouterr().err
    assert ended("--smiles", ASPIRIN_LIKE, "--out", out, "--force") == 0 and out.read_text() != "mine"


@NEEDS_RDKIT
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--smiles", "CC(=O)[O-].[Na+]"), "--smiles: found"),
        (("--smiles", "nonsense"), "which is no SMILES"),
        (("--smiles", "CCO", "--log-kow", "44"), "log_kow"),
    ],
)
def test_bad_structures_are_refused(tmp_path, capsys, words, said):
    out = tmp_path / "mine.toml"
    assert ended(*words, "--out", out) == 2
    err = capsys.readouterr().err
    assert said in err and err.count("\n") == 1 and not out.exists()


def test_a_wrong_place_is_refused(tmp_path, capsys):
    assert ended("--smiles", "CCO", "--out", tmp_path / "mine.txt") == 2
    assert "allowed a path ending in .toml" in capsys.readouterr().err


def test_without_rdkit_it_says_how_to_install_it(tmp_path, capsys, monkeypatch):
    without_rdkit(monkeypatch)
    assert ended("--smiles", "CCO", "--out", tmp_path / "mine.toml") == 2
    err = capsys.readouterr().err
    assert 'pip install "microneedling[chemistry]"' in err and err.count("\n") == 1
    assert not list(tmp_path.iterdir())

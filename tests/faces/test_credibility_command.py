"""The command `credibility`: whole or not at all, with what there is."""

import shutil
from pathlib import Path

import pytest
from test_cli import ended

ROOT = Path(__file__).parents[2]


@pytest.fixture
def alone(tmp_path, monkeypatch):
    """A folder that is not the repository."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_writes_page_and_paper_of_the_repository(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    out = tmp_path / "made"
    assert ended("credibility", "--out", out) == 0
    said = capsys.readouterr().out
    assert "validation: " in said and str(out / "credibility.pdf") in said
    assert sorted(path.name for path in out.iterdir()) == ["credibility.html", "credibility.pdf"]
    text = (out / "credibility.html").read_text()
    assert "Planted faults" in text and "Misses among validation rows" in text
    assert ended("credibility", "--out", out) == 0, "an older report is replaced"


def test_elsewhere_it_says_what_is_missing(alone, capsys):
    assert ended("credibility") == 0
    assert "no validation results" in capsys.readouterr().out
    assert "No validation results were found" in (alone / "out" / "credibility" / "credibility.html").read_text()


def test_reads_a_folder_that_validate_wrote(alone, capsys):
    shutil.copy(ROOT / "validation" / "results" / "validation.json", alone)
    assert ended("credibility", "--validation", ".") == 0
    assert "calibration: " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--validation", "none"), "--validation: found no validation.json in none"),
        (("--fit", "none.json"), "--fit: found no file none.json"),
        (("--run", "none"), "--run: found no file none/summary.json"),
    ],
)
def test_a_record_that_is_not_there_is_refused(alone, capsys, given, told):
    assert ended("credibility", *given) == 2
    assert told in capsys.readouterr().err
    assert not (alone / "out").exists()


def test_a_broken_record_leaves_nothing_behind(alone, capsys):
    (alone / "validation.json").write_text("{")
    assert ended("credibility", "--validation", ".") == 2
    assert "validation.json: found no JSON" in capsys.readouterr().err
    assert not (alone / "out" / "credibility").exists()


WHOLE = '{"title": "A", "balance_error": 0.0, "status": {}, "arms": {}}'


@pytest.mark.parametrize(
    ("summary", "told"),
    [
        ("{", "summary.json: found no JSON"),
        ("[]", "summary.json: title: found nothing, allowed the summary of a run"),
        (WHOLE.replace("{}}", '{"needling": {"tewl": 1}}}'), "summary.json: found a record of another form"),
        (WHOLE.replace('"status": {}', '"status": []'), "summary.json: found a record of another form"),
        (WHOLE, "found no result.zarr in half, allowed a whole folder"),
    ],
)
def test_a_run_half_written_is_refused(alone, capsys, summary, told):
    (alone / "half").mkdir()
    (alone / "half" / "summary.json").write_text(summary, encoding="utf-8")
    if summary != WHOLE:
        (alone / "half" / "result.zarr").mkdir()
    assert ended("credibility", "--run", "half") == 2
    assert told in capsys.readouterr().err
    assert not (alone / "out").exists()


def test_a_result_that_cannot_be_read_is_refused(alone, capsys):
    shutil.copy(ROOT / "validation" / "results" / "validation.json", alone)
    shutil.copytree(ROOT / "validation" / "rest_cheek", alone / "rest_cheek")
    (alone / "half" / "result.zarr").mkdir(parents=True)
    (alone / "half" / "summary.json").write_text(WHOLE, encoding="utf-8")
    assert ended("credibility", "--run", "half", "--validation", ".") == 2
    assert "result.zarr: found no result that can be read" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["{", "[]", '{"settings": 1, "convergence": {}, "numbers": [], "rows": [{}]}'])
def test_a_broken_fit_is_refused(alone, capsys, text):
    (alone / "fit.json").write_text(text, encoding="utf-8")
    assert ended("credibility", "--fit", "fit.json") == 2
    assert "fit.json: " in capsys.readouterr().err and not (alone / "out").exists()


def test_a_folder_in_place_of_a_file_and_a_file_in_place_of_a_folder(alone, capsys):
    (alone / "folder").mkdir()
    (alone / "file").write_text("a", encoding="utf-8")
    for words, told in (
        (("--fit", "folder"), "--fit: found no file folder"),
        (("--validation", "file"), "--validation: found no validation.json in file"),
        (("--run", "file"), "--run: found no file file/summary.json"),
        (("--out", "file"), "file: found a file, allowed a folder"),
    ):
        assert ended("credibility", *words) == 2
        assert told in capsys.readouterr().err


def test_a_folder_of_something_else_is_not_replaced(alone, capsys):
    (alone / "kept").mkdir()
    (alone / "kept" / "mine.txt").write_text("mine")
    assert ended("credibility", "--out", "kept") == 2
    assert "mine.txt" in capsys.readouterr().err

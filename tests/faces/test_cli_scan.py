"""The command `scan`: what it writes, and that a slip writes nothing."""

import os

import pytest
from test_cli import ROOT, ended, lines
from unit.study import scan_cases

from microneedling.study import scan as scanning
from microneedling.study.scan import points
from microneedling.study.schema import Study

DAY = 86400.0
EXAMPLE = (ROOT / "examples" / "scan_depth.toml").read_text(encoding="utf-8")
SHIPPED = sorted((ROOT / "examples").glob("scan_*.toml"))


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A study in a folder of its own, and runs that take no time."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deep.toml").write_text(EXAMPLE, encoding="utf-8")
    monkeypatch.setattr(scanning, "run", lambda one, override="": scan_cases.tree(one))
    return tmp_path


def test_it_writes_a_table_and_a_page_and_says_what_came_out(folder, capsys):
    assert ended("scan", "deep.toml") == 0
    assert sorted(os.listdir(folder / "out" / "deep_scan")) == ["scan.csv", "scan.html", "values"]
    out, _ = lines(capsys)
    assert out[-2:] == ["out/deep_scan/scan.csv", "out/deep_scan/scan.html"]
    assert any("median best at 2.5 mm" in line for line in out)


def test_a_second_call_runs_nothing_again(folder, monkeypatch, capsys):
    assert ended("scan", "deep.toml", "--out", "there") == 0
    first = capsys.readouterr().out

    def never(one, override=""):
        pytest.fail("a finished value was run again")

    monkeypatch.setattr(scanning, "run", never)
    assert ended("scan", "deep.toml", "--out", "there") == 0
    assert capsys.readouterr().out == first


def test_a_stopped_call_keeps_what_is_finished_and_writes_no_table(folder, monkeypatch):
    done = []

    def stopped(one, override=""):
        if done:
            raise KeyboardInterrupt
        done.append(one)
        return scan_cases.tree(one)

    monkeypatch.setattr(scanning, "run", stopped)
    assert ended("scan", "deep.toml", "--out", "there") == 130
    assert os.listdir(folder / "there") == ["values"] and len(os.listdir(folder / "there" / "values")) == 1


@pytest.mark.parametrize(
    ("spoil", "words", "sentence"),
    [
        (('"0.25 mm", ', '"25 mm", '), [], 'deep.toml: scan.values[0]: found "25 mm", allowed'),
        (("protocol.session.depth", "protocol.session.lenght"), [], "deep.toml: scan.key: found"),
        (('at = ["56 d", "365 d"]', "at = [56]"), [], "deep.toml: scan.at[0]: found 56 (a number without a unit)"),
        (("[scan]\n", "[scann]\n"), [], "deep.toml: scann: found an unknown key"),
        (("", ""), ["--override", " "], "--override: found nothing, allowed a reason in words"),
        (("", ""), ["--out", "deep.toml"], "deep.toml: found a file, allowed a folder"),
    ],
    ids=("value", "key", "time", "table", "override", "place"),
)
def test_a_slip_ends_with_one_line_and_writes_nothing(folder, capsys, spoil, words, sentence):
    (folder / "deep.toml").write_text(EXAMPLE.replace(*spoil, 1), encoding="utf-8")
    assert ended("scan", "deep.toml", *words) == 2
    told = capsys.readouterr().err
    assert sentence in told and "Traceback" not in told
    assert os.listdir(folder) == ["deep.toml"]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_is_shipped_can_be_scanned(path):
    study = Study.load(path)
    found = points(study)
    assert len(found) == len(study.scan.values) and "pain" in found[0].study.outcomes
    assert [one.study.horizon.value - one.last for one in found] == [365 * DAY] * len(found)


def test_the_three_scans_cover_what_people_ask():
    spans = {path.stem: [one.text for one in points(Study.load(path))] for path in SHIPPED}
    assert {name: (texts[0], texts[-1]) for name, texts in spans.items()} == {
        "scan_depth": ("0.25 mm", "2.5 mm"),
        "scan_interval": ("7 d", "84 d"),
        "scan_sessions": ("1", "8"),
    }

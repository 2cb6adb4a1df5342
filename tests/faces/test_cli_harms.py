"""The command `harms`."""

import pytest
from test_cli import ended, study_file  # noqa: F401

from microneedling.faces.terminal import columns as readable


def test_all_counts_are_printed_with_rates_and_without(capsys):
    assert ended("harms") == 0
    out = capsys.readouterr().out
    assert "reported, no denominator" in out and "5 of 30 (17 %, 8.4 % to 30 %)" in out
    assert "Counts kept apart" in out and "inside" in out


def test_with_a_study_only_what_concerns_it_is_told(capsys, study_file):  # noqa: F811
    assert ended("harms", study_file / "quick.toml") == 0
    out = capsys.readouterr().out
    assert "Dark marks" in out and "Herpes" not in out and "run the study to compute it" in out


def test_a_study_that_is_not_there_is_refused(capsys):
    assert ended("harms", "nowhere.toml") == 2
    assert "nowhere.toml" in capsys.readouterr().err


@pytest.mark.parametrize("columns", [80, 200])
def test_no_line_is_wider_than_reads_well(capsys, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    assert ended("harms") == 0
    widest = max(len(line) for line in capsys.readouterr().out.splitlines())
    assert widest <= min(columns, 100) == readable()

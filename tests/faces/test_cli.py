"""The command line: what it prints, what it writes, how it ends."""

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from stub import tree
from typer.testing import CliRunner

from microneedling.evaluation.observed import COLUMNS
from microneedling.faces import running
from microneedling.faces.cli import app, code_of
from microneedling.study.courses import Failed

ROOT = Path(__file__).parents[2]
QUICK = (ROOT / "examples" / "quick.toml").read_text(encoding="utf-8")
COMMANDS = (
    "run",
    "window",
    "exfoliation",
    "screen",
    "cards",
    "explain",
    "active",
    "scales",
    "cite",
    "schema",
    "compare",
    "validate",
    "claims",
    "sensitivity",
)


def written(tree, path):
    """In place of a report: two files that are there."""
    path.write_text("<html>", encoding="utf-8")
    path.with_suffix(".pdf").write_bytes(b"%PDF")


@pytest.fixture(autouse=True)
def study_file(tmp_path, monkeypatch):
    """A study in a folder of its own, and a run that takes no time."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "quick.toml").write_text(QUICK, encoding="utf-8")
    monkeypatch.setattr(running, "run", lambda study, **known: tree())
    monkeypatch.setattr(running, "write_report", written)
    return tmp_path


def ended(*words):
    return code_of([str(word) for word in words])


def lines(capsys):
    caught = capsys.readouterr()
    return caught.out.splitlines(), caught.err.splitlines()


# --- without a run ---


def test_help_names_every_command():
    shown = CliRunner().invoke(app, ["--help"])
    assert shown.exit_code == 0
    assert all(f"\n  {name} " in shown.output for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command):
    shown = CliRunner().invoke(app, [command, "--help"])
    assert shown.exit_code == 0
    assert f"Usage: microneedling {command}" in shown.output


def test_starting_imports_nothing_heavy():
    heavy = ("jax", "numpy", "xarray", "pint", "matplotlib", "pydantic", "zarr", "jinja2", "rich")
    code = f"import sys, microneedling.faces.cli; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_version(capsys):
    assert ended("--version") == 0
    assert capsys.readouterr().out.startswith("microneedling 0.")


def test_no_command_lists_commands(capsys):
    assert ended() == 0
    assert "Commands:" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["frun"], "No such command 'frun'"),
        (["run"], "STUDY.toml"),
        (["run", "quick.toml", "--forse"], "No such option: --forse"),
        (["run", "nope.toml"], "nope.toml: file: found no such file"),
        (["run", "quick.toml", "--override", " "], "--override: found nothing"),
        (["screen", "nope.toml"], "nope.toml: file: found no such file"),
        (["cards", "device"], "'device' is no kind of card; nearest: devices"),
        (["cards", "show"], "cards show: found no name"),
        (["cards", "devices", "x"], 'found "devices x"'),
        (["cards", "show", "skinpen"], 'found "skinpen", which is no card; nearest: '),
        (["cards", "show", "mine.toml"], "mine.toml: this card does not exist"),
        (["cite", "nowhere"], "nowhere: found no result"),
        (["compare", "quick.toml", "nope.csv"], "this file does not exist"),
        (["validate", "nowhere"], "nowhere: found no case"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_input_is_one_line(capsys, words, sentence):
    assert ended(*words) == 2
    out, err = lines(capsys)
    assert out == []
    assert len(err) == 1 and sentence in err[0]


def test_unknown_outcome(study_file, capsys):
    (study_file / "quick.toml").write_text(QUICK.replace("seed = 1", 'seed = 1\noutcomes = ["tewl", "erytema"]'))
    assert ended("run", "quick.toml") == 2
    assert 'outcomes[1]: found "erytema", allowed erythema' in capsys.readouterr().err


def test_outcomes_of_the_study_are_known(study_file):
    outcomes = 'outcomes = ["tewl", "synthesis", "downtime", "blood", "flux.caffeine", "dermis.caffeine"]'
    topical = '[[protocol.topical]]\nactive = "caffeine"\nconcentration = "1 mg/ml"\nvehicle = "hydrogel"'
    text = QUICK.replace("seed = 1", outcomes) + topical + '\nfilm = "50 um"\nafter_session = "0 min"\n'
    (study_file / "quick.toml").write_text(text)
    assert ended("run", "quick.toml") == 0


def test_cards_lists_and_shows(capsys):
    assert ended("cards") == 0
    everything = capsys.readouterr().out
    assert "skinpen_precision" in everything and "cheek" in everything
    assert ended("cards", "sites") == 0
    assert "skinpen_precision" not in capsys.readouterr().out
    assert ended("cards", "show", "sites/cheek") == 0
    shown = capsys.readouterr().out
    assert "sites/cheek" in shown and "\nSources\n" in shown


@pytest.mark.parametrize("kind", ["devices", "actives", "vehicles", "sites", "people", "protocols", "parameter_sets"])
def test_every_card_can_be_shown(kind, capsys):
    from microneedling.core.catalogue import names

    for name in names(kind):
        assert ended("cards", "show", f"{kind}/{name}") == 0
        assert f"{kind}/{name}" in capsys.readouterr().out


def test_scales(capsys):
    assert ended("scales") == 0
    out, _ = lines(capsys)
    assert any(line.split()[:1] == ["tewl"] for line in out)


def test_schemas(capsys):
    assert ended("schema") == 0
    assert "protocol" in json.loads(capsys.readouterr().out)["properties"]
    assert ended("schema", "--observed") == 0
    assert tuple(json.loads(capsys.readouterr().out)["properties"]) == COLUMNS


# --- run and screen ---


def test_run_writes_all(study_file, capsys):
    assert ended("run", "quick.toml") == 0
    folder = study_file / "out" / "quick"
    assert sorted(os.listdir(folder)) == ["report.html", "report.pdf", "result.zarr", "summary.json"]
    assert json.loads((folder / "summary.json").read_text())["title"] == "stub"
    out, err = lines(capsys)
    assert out == ["out/quick/report.html", "out/quick/report.pdf", "out/quick/summary.json", "out/quick/result.zarr"]
    assert err[0].startswith("Screening:")


def test_run_refuses_an_output_folder_that_exists(study_file, capsys):
    assert ended("run", "quick.toml", "--out", "there") == 0
    before = (study_file / "there" / "summary.json").stat().st_mtime_ns
    assert ended("run", "quick.toml", "--out", "there") == 2
    assert "there: found an output folder" in capsys.readouterr().err
    assert (study_file / "there" / "summary.json").stat().st_mtime_ns == before
    assert ended("run", "quick.toml", "--out", "there", "--force") == 0


def _fails(monkeypatch, name, error):
    def fails(*given, **known):
        raise error

    monkeypatch.setattr(running, name, fails)


@pytest.mark.parametrize("name", ["run", "write_report"])
@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (KeyboardInterrupt(), 130, "stopped; nothing was left half-written"),
        (OSError(errno.ENOSPC, "No space left on device"), 3, "the disk is full"),
        (Failed('arm "needling": the step limit was reached'), 3, "the step limit was reached"),
        (RuntimeError("unforeseen"), 3, "RuntimeError: unforeseen"),
    ],
    ids=["interrupted", "full", "failed", "unforeseen"],
)
def test_nothing_half_written(study_file, monkeypatch, capsys, name, error, code, sentence):
    _fails(monkeypatch, name, error)
    assert ended("run", "quick.toml") == code
    assert sentence in capsys.readouterr().err
    assert os.listdir(study_file / "out") == []


def test_full_disk_within_the_store(study_file, monkeypatch, capsys):
    import zarr.storage

    async def fails(*given, **known):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(zarr.storage.LocalStore, "set", fails)
    assert ended("run", "quick.toml") == 3
    assert "the disk is full" in capsys.readouterr().err
    assert os.listdir(study_file / "out") == []


REFUSING = QUICK.replace("phototype = 3", 'phototype = 3\nconditions = ["active skin cancer"]')


@pytest.fixture
def refusing(study_file):
    """A study with an absolute finding."""
    (study_file / "quick.toml").write_text(REFUSING, encoding="utf-8")
    return study_file


def test_a_contraindication_refuses(refusing, capsys):
    assert ended("run", "quick.toml") == 4
    out, err = lines(capsys)
    assert out == []
    assert any(line.startswith("[absolute]") for line in err)
    assert err[-1].startswith("refused by screening: ")
    assert not (refusing / "out").exists()


def test_a_reason_overrides(refusing, monkeypatch):
    reasons = []
    monkeypatch.setattr(running, "run", lambda study, *, override, **other: reasons.append(override) or tree())
    assert ended("run", "quick.toml", "--override", "a thought experiment") == 0
    assert reasons == ["a thought experiment"]


def test_screen_ends_as_run_would(refusing, capsys):
    assert ended("screen", "quick.toml") == 4
    assert "[absolute]" in capsys.readouterr().out
    (refusing / "quick.toml").write_text(QUICK)
    assert ended("screen", "quick.toml") == 0
    assert "To be known about any plan" in capsys.readouterr().out


def test_cite(study_file, capsys):
    assert ended("run", "quick.toml") == 0
    capsys.readouterr()
    assert ended("cite", "out/quick") == 0
    out, _ = lines(capsys)
    assert any("Kalluri" in line for line in out) and "A label, section 3" in out
    assert ended("cite", "out/quick/result.zarr") == 0
    assert ended("cite", "out") == 2


def test_a_polite_kill_ends_like_an_interruption(study_file):
    code = (
        "import os, signal, sys\n"
        "from microneedling.faces import cli, running\n"
        "running.run = lambda study, **known: os.kill(os.getpid(), signal.SIGTERM)\n"
        "cli.main(['run', 'quick.toml'])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=study_file)
    assert done.returncode == 130, done.stderr
    assert os.listdir(study_file / "out") == []
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL

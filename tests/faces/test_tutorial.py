"""The tutorial, run as printed."""

import doctest
import re
from pathlib import Path

import pytest

from microneedling.faces.cli import code_of

PAGE = Path(__file__).parents[2] / "docs" / "tutorial.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SAVED = re.compile(r"`(\w+\.(?:toml|csv))`")
CHECK = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def commands(block):
    """Each "$ command" of a console block with the output printed below it."""
    for part in block.split("$ ")[1:]:
        line, _, output = part.partition("\n")
        yield line.split(), output


def said(words, capsys):
    """What a command prints, findings before files as in a terminal."""
    assert words[0] == "microneedling"
    code_of(words[1:])
    caught = capsys.readouterr()
    return caught.err + caught.out


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "agg")
    return tmp_path


def test_as_printed(folder, capsys):
    text, names = PAGE.read_text(encoding="utf-8"), {}
    (folder / "deep.toml").write_text(_first(text).replace('"0.5 mm"', '"5 mm"'))
    runner = doctest.DocTestRunner(optionflags=CHECK)
    compared = 0
    for found in BLOCK.finditer(text):
        kind, block = found.groups()
        if kind in ("toml", "csv"):
            (folder / _name(text, found, kind)).write_text(block)
        elif kind == "console":
            for words, expected in commands(block):
                got = said(words, capsys)
                assert doctest.OutputChecker().check_output(expected, got, CHECK), f"{' '.join(words)}\n{got}"
                compared += 1
        elif kind == "python":
            example = doctest.DocTestParser().get_doctest(block, names, PAGE.name, str(PAGE), 0)
            runner.run(example, clear_globs=False)
            names.update(example.globs)
    assert runner.summarize(verbose=False).failed == 0
    assert compared >= 7


def _first(text):
    return next(block for kind, block in BLOCK.findall(text) if kind == "toml")


def _name(text, found, kind):
    """The file a block is saved as: named just before it, or just after."""
    before = SAVED.findall(text[: found.start()])[-1:]
    after = SAVED.findall(text[found.end() :])[:1]
    close = text[: found.start()].rstrip().endswith(":") and before and before[0].endswith(kind)
    return (before if close else after)[0]

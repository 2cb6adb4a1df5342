"""Progress goes to standard error, and only on a terminal."""

import sys

from microneedling.faces.terminal import bar, columns, fitted, table


def move(title):
    with bar(title) as progress:
        progress(1, 3, "sham [arm]")


def test_silent_without_a_terminal(capsys):
    move("simulating")
    assert capsys.readouterr() == ("", "")


def test_a_bar_on_a_terminal(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    move("simulating")
    out, err = capsys.readouterr()
    assert out == ""
    assert "sham [arm]" in err


def test_brackets_in_tables_are_text(capsys):
    table(("key", "value"), [("session[0].depth", "[bold]1 mm[/bold]")])
    out = capsys.readouterr().out
    assert "session[0].depth" in out and "[bold]1 mm[/bold]" in out


def test_lines_of_a_file_are_not_broken(capsys):
    long = "word " * 60
    table(("text",), [(long.strip(),)])
    assert long.strip() in capsys.readouterr().out


def test_text_for_a_terminal_is_broken_between_words_and_text_for_a_file_is_not(monkeypatch):
    line = "  Source: " + "word " * 40
    assert fitted(line) == line
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    broken = fitted(line).splitlines()
    assert columns() == 80 and len(broken) == 3 and all(len(one) <= 80 for one in broken)
    assert broken[0].startswith("  Source") and broken[1].startswith("    word")


def test_columns_stay_within_what_reads_well(monkeypatch):
    for asked, given in (("20", 60), ("80", 80), ("400", 100)):
        monkeypatch.setenv("COLUMNS", asked)
        assert columns() == given

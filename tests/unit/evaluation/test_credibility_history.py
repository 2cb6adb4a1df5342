"""How old a record is, asked of a repository of two or three commits."""

import subprocess

import pytest

from microneedling.evaluation.credibility_history import history, history_parts

WHO = ("-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false")


def commit(root, name, text):
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")
    for words in (("add", "."), (*WHO, "commit", "-q", "-m", name)):
        subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True)


@pytest.fixture
def root(tmp_path):
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True, capture_output=True)
    return tmp_path


def test_a_record_is_older_than_code_changed_after_it(root):
    commit(root, "record.json", "{}")
    assert history(root, "record.json", ("code",)).later == 0
    commit(root, "code/law.py", "a = 1")
    commit(root, "pages/page.py", "a = 1")
    found = history(root, "record.json", ("code",))
    assert found.later == 1 and len(found.date) == len("2026-11-22") and found.commit


def test_what_no_history_knows_is_said(root, tmp_path):
    commit(root, "other", "a")
    assert history(root, "record.json", ("code",)) is None
    (table,) = history_parts(root)[1:]
    assert all(row[2] == "not there" for row in table.rows)
    assert "not known" in history_parts(None)[0].text

"""The command `claims`: names, printing, the page, and going on where it was."""

import json

import pytest
from test_cli import ended, study_file  # noqa: F401

from microneedling.evaluation.claim_files import study_path
from microneedling.faces import claiming

QUICK = ("CL050", "CL058")  # a screening, and two small studies of 14 days


def test_an_unknown_claim_ends_with_one_sentence(capsys, study_file):  # noqa: F811
    assert ended("claims", "CL070") == 2
    caught = capsys.readouterr()
    assert 'claims: found "CL070"; nearest' in caught.err and len(caught.err.strip().splitlines()) == 1
    assert not (study_file / "out").exists()


def test_two_claims_end_to_end_and_again_from_what_was_kept(capsys, study_file, monkeypatch):  # noqa: F811
    assert ended("claims", *QUICK) == 0
    first = capsys.readouterr()
    assert 'CL050 "' in first.out and 'CL058 "' in first.out and "published: " in first.out
    assert "supported when" in " ".join(first.err.split())
    assert first.out.strip().splitlines()[-1].startswith("2 claims: ")
    kept = json.loads((study_file / "out" / "claims" / "claims.json").read_text(encoding="utf-8"))
    assert [one["claim"]["id"] for one in kept["claims"]] == list(QUICK)
    monkeypatch.setattr(claiming, "_predictions", lambda path, anew: pytest.fail("run again"))
    assert ended("claims", *QUICK) == 0
    assert capsys.readouterr().out == first.out
    assert ended("claims", *QUICK, "--html") == 0
    assert "claims.html" in capsys.readouterr().out
    page = (study_file / "out" / "claims" / "claims.html").read_text(encoding="utf-8")
    assert 'id="CL050"' in page and 'id="CL001"' not in page


def test_claims_without_a_run_say_why(capsys, study_file):  # noqa: F811
    assert ended("claims", "cl057") == 0
    out = capsys.readouterr().out
    assert 'CL057 "Drinking' in out and "CANNOT BE COMPUTED" in out and "no measurable quantity" in out


def test_people_of_a_screen_are_counted(capsys, study_file):  # noqa: F811
    assert ended("claims", "CL050") == 0
    assert " of 8 refused" in capsys.readouterr().out


def test_a_course_that_screening_refuses_is_stamped():
    assert claiming.stamps_of(study_path("serum"))[0].startswith("[absolute] ")


def test_study_files_of_a_claim_are_written_and_nothing_is_run(capsys, study_file, monkeypatch):  # noqa: F811
    monkeypatch.setattr(claiming, "judged_claims", lambda *known, **more: pytest.fail("run"))
    assert ended("claims", "CL058", "--copies", "mine") == 0
    written = sorted(path.name for path in (study_file / "mine").iterdir())
    assert written == ["habits_none.toml", "water_much.toml"]
    assert capsys.readouterr().out.splitlines() == [f"microneedling run mine/{name}" for name in written]

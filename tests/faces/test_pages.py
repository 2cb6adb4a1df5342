"""The files at the root and in docs say what is true."""

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest

import microneedling as mn

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("validation/*.md")])
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_model_page_is_up_to_date():
    spec = importlib.util.spec_from_file_location("make_model_page", ROOT / "docs" / "make_model_page.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    assert read("docs/model.md") == made.page(), "the laws have changed: run make docs"


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-benchmark.lock"])
def test_the_lock_names_no_host(name):
    lock = read(name)
    assert "://" not in lock
    assert "--index-url" not in lock and "--find-links" not in lock
    pins = re.split(r"^(?=[a-z0-9._-]+==)", lock, flags=re.MULTILINE)[1:]
    assert pins and all("--hash=sha256:" in pin for pin in pins)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_one_version_everywhere():
    assert f"\nversion: {VERSION}\n" in read("CITATION.cff")
    assert f"## {VERSION}" in read("CHANGELOG.md")


def test_the_readme_names_every_command():
    from microneedling.faces.cli import app

    names = [one.name or one.callback.__name__ for one in app.registered_commands]
    assert all(f"microneedling {name}" in read("README.md") for name in names)


def test_the_readme_names_what_python_offers():
    for name in re.findall(r"\bmn\.(\w+)", read("README.md") + read("docs/tutorial.md")):
        assert name in mn.__all__


def test_the_readme_study_can_be_read(tmp_path):
    block = re.search(r"^```toml\n(.*?)^```", read("README.md"), re.MULTILINE | re.DOTALL)
    (tmp_path / "study.toml").write_text(block.group(1))
    assert len(mn.Study.load(tmp_path / "study.toml").plain().arms) == 2


def test_every_make_target_says_what_it_does():
    makefile = read("Makefile")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE).group(1).split()
    told = re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)
    assert sorted(phony) == sorted(told)

"""The digest of what numbers depend on: it follows code, laws and cards, and nothing that only shows them."""

import pytest

from microneedling.core.digest import code_version


@pytest.fixture
def package(tmp_path):
    for name in ("laws/a.py", "cards/b.toml", "cards/draws.csv", "claims/c.toml", "report/d.py", "faces/e.py", "f.bib"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("1")
    return tmp_path


@pytest.mark.parametrize("name", ["laws/a.py", "cards/b.toml", "cards/draws.csv"])
def test_it_follows_what_numbers_depend_on(package, name):
    before = code_version(package)
    (package / name).write_text("2")
    assert code_version(package) != before


@pytest.mark.parametrize("name", ["claims/c.toml", "report/d.py", "faces/e.py", "f.bib"])
def test_what_only_shows_numbers_leaves_it_alone(package, name):
    before = code_version(package)
    (package / name).write_text("2")
    assert code_version(package) == before


def test_text_that_moves_from_one_file_to_another_changes_it(package):
    before = code_version(package)
    (package / "cards" / "b.toml").write_text("")
    (package / "cards" / "draws.csv").write_text("11")
    assert code_version(package) != before


def test_a_name_is_part_of_it(package):
    before = code_version(package)
    (package / "laws" / "a.py").rename(package / "laws" / "b.py")
    assert code_version(package) != before

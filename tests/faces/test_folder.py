"""An output folder is there as a whole or not at all."""

import errno
import os

import pytest

from microneedling.faces import folder as places
from microneedling.faces.ending import BadInput
from microneedling.faces.folder import check_free, whole


def filled(folder, text="new"):
    (folder / "summary.json").write_text(text)


def test_new_folder_appears_whole(tmp_path):
    wanted = tmp_path / "deep" / "out"
    with whole(wanted, force=False) as part:
        filled(part)
        assert not wanted.exists()
    assert (wanted / "summary.json").read_text() == "new"
    assert os.listdir(wanted.parent) == ["out"]


def test_new_folder_can_be_read_by_others(tmp_path):
    with whole(tmp_path / "out", force=False) as part:
        filled(part)
    (tmp_path / "plain").mkdir()
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left"), ValueError("x")])
def test_nothing_is_left_of_what_went_wrong(tmp_path, error):
    with pytest.raises(type(error)), whole(tmp_path / "out", force=False) as part:
        filled(part)
        raise error
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left")])
def test_the_old_result_survives(tmp_path, error):
    (tmp_path / "out").mkdir()
    filled(tmp_path / "out", "old")
    with pytest.raises(type(error)), whole(tmp_path / "out", force=True) as part:
        filled(part)
        raise error
    assert os.listdir(tmp_path) == ["out"]
    assert (tmp_path / "out" / "summary.json").read_text() == "old"


def test_the_old_result_survives_a_failed_rename(tmp_path, monkeypatch):
    (tmp_path / "out").mkdir()
    filled(tmp_path / "out", "old")
    rename = os.rename

    def fails_at_last(source, target):
        if source.name == "new":
            raise OSError(errno.EACCES, "Permission denied")
        rename(source, target)

    monkeypatch.setattr(places.os, "rename", fails_at_last)
    with pytest.raises(OSError, match="Permission"), whole(tmp_path / "out", force=True) as part:
        filled(part)
    assert os.listdir(tmp_path) == ["out"]
    assert (tmp_path / "out" / "summary.json").read_text() == "old"


def test_force_replaces_a_result(tmp_path):
    (tmp_path / "out" / "result.zarr").mkdir(parents=True)
    filled(tmp_path / "out", "old")
    with whole(tmp_path / "out", force=True) as part:
        filled(part)
    assert os.listdir(tmp_path / "out") == ["summary.json"]
    assert os.listdir(tmp_path) == ["out"]


def test_existing_folder_is_refused(tmp_path):
    with pytest.raises(BadInput, match="found an output folder, allowed a new one"):
        check_free(tmp_path, force=False)


def test_a_file_is_never_replaced(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(BadInput, match="found a file"):
        check_free(tmp_path / "out", force=True)


def test_force_never_replaces_what_is_no_result(tmp_path):
    (tmp_path / "thesis.tex").write_text("mine")
    with pytest.raises(BadInput, match=r'found "thesis\.tex", which is no result'):
        check_free(tmp_path, force=True)


def test_a_place_taken_meanwhile_is_not_overwritten(tmp_path):
    with pytest.raises(BadInput, match="found an output folder"), whole(tmp_path / "out", force=False) as part:
        filled(part)
        (tmp_path / "out").mkdir()
    assert os.listdir(tmp_path / "out") == []
    assert os.listdir(tmp_path) == ["out"]


def test_a_link_is_followed(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with whole(tmp_path / "link", force=True) as part:
        filled(part)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "summary.json").read_text() == "new"

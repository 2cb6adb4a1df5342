"""The folder of compiled things can be chosen."""

from pathlib import Path

from microneedling.core.cache import cache_folder


def test_the_environment_decides(monkeypatch, tmp_path):
    monkeypatch.setenv("MICRONEEDLING_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("MICRONEEDLING_CACHE")
    assert cache_folder().name == "microneedling" and isinstance(cache_folder(), Path)

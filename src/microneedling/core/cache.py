"""Where compiled things are kept between runs."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_dir


def cache_folder() -> Path:
    """MICRONEEDLING_CACHE, or the system's place for caches; several processes may share it.

    Checked by: tests/unit/core/test_cache.py
    """
    return Path(os.environ.get("MICRONEEDLING_CACHE") or user_cache_dir("microneedling", appauthor=False))

"""A compilation cache that outlives the process."""

from __future__ import annotations

import os
from pathlib import Path

import jax
from platformdirs import user_cache_dir


def ready() -> None:
    """Keep compiled courses in the user's cache folder.

    The folder is MICRONEEDLING_CACHE or the system's place for caches; several processes may share it. A cache that
    cannot be written only costs time.
    """
    folder = Path(os.environ.get("MICRONEEDLING_CACHE") or user_cache_dir("microneedling", appauthor=False))
    jax.config.update("jax_compilation_cache_dir", str(folder / "compiled"))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.2)
    jax.config.update("jax_persistent_cache_enable_xla_caches", "none")

"""A compilation cache that outlives the process."""

from __future__ import annotations

import jax

from microneedling.core.cache import cache_folder


def ready() -> None:
    """Keep compiled programs in the cache folder; one that cannot be written only costs time."""
    jax.config.update("jax_compilation_cache_dir", str(cache_folder() / "compiled"))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.2)
    jax.config.update("jax_persistent_cache_enable_xla_caches", "none")

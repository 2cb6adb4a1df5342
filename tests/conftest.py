"""Shared by all tests: double precision on the processor, and one compiled course for the whole session."""

import os
import tempfile
from pathlib import Path

import hypothesis
import jax
import pytest

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_platforms", "cpu")
_CACHE = Path(tempfile.gettempdir()) / f"microneedling-tests-{os.getuid() if hasattr(os, 'getuid') else 0}"
jax.config.update("jax_compilation_cache_dir", str(_CACHE / jax.__version__))
jax.config.update("jax_persistent_cache_min_compile_time_secs", 5.0)  # keep the whole course, not every small piece
hypothesis.settings.register_profile("tests", deadline=None, derandomize=True, database=None, max_examples=30)
hypothesis.settings.load_profile("tests")  # the same examples in every run; timing is no property of a result
pytest.register_assert_rewrite("contracts.promises", "oracles.exact", "plain.agreement")


@pytest.fixture(scope="module", autouse=True)
def compiled_programs_end_with_their_file():
    """Without this the programs of all files add up to several gigabytes."""
    yield
    jax.clear_caches()


@pytest.fixture(scope="session")
def courses():
    """The one compiled course: two people, one active, standard scales (see course.py)."""
    from course import Courses

    return Courses()

"""Shared by all tests: double precision on the processor, and one compiled course for the whole session."""

import os
import tempfile
from pathlib import Path

import hypothesis
import jax
import pytest

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_platforms", "cpu")
MOST_MEMORY = 3e9  # [bytes] of one process
_CACHE = Path(tempfile.gettempdir()) / f"microneedling-tests-{os.getuid() if hasattr(os, 'getuid') else 0}"
jax.config.update("jax_compilation_cache_dir", str(_CACHE / jax.__version__))
jax.config.update("jax_persistent_cache_min_compile_time_secs", 5.0)  # keep the whole course, not every small piece
hypothesis.settings.register_profile("tests", deadline=None, derandomize=True, database=None, max_examples=30)
hypothesis.settings.load_profile("tests")  # the same examples in every run; timing is no property of a result
pytest.register_assert_rewrite("contracts.promises", "oracles.exact", "plain.agreement")


@pytest.fixture(scope="module", autouse=True)
def compiled_programs_do_not_pile_up():
    """The programs of all files would add up to several gigabytes."""
    yield
    memory = Path("/proc/self/statm")
    if memory.exists() and int(memory.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") > MOST_MEMORY:
        jax.clear_caches()


@pytest.fixture(scope="session")
def courses():
    """The one compiled course: two people, one active, standard scales (see course.py)."""
    from course import Courses

    return Courses()

"""Faults planted in what is kept between processes."""

import tempfile
from pathlib import Path

import pytest
from faults.fault import Fault, spoilt
from unit.core import test_kept

from microneedling.core import form, kept, loaded

KEPT = "unit/core/test_kept.py"


def in_a_folder(check, *args):
    """The check in a folder of its own, as the tests' fixture gives it."""

    def run():
        with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
            patch.setenv("MICRONEEDLING_CACHE", folder)
            patch.setattr(loaded, "SETTLED", True)
            check(*(Path(folder) / "kept" if arg == "folder" else patch if arg == "patch" else arg for arg in args))

    return run


FAULTS = (
    Fault(
        "a kept thing served for another of the same name",
        f"{KEPT}::test_what_was_kept_for_something_else_is_not_served",
        spoilt(kept, "_read", "known == key and", ""),
        in_a_folder(test_kept.test_what_was_kept_for_something_else_is_not_served, "folder"),
    ),
    Fault(
        "a kept thing served though the code was changed",
        f"{KEPT}::test_code_changed_while_it_runs_is_seen",
        spoilt(kept, "_read", "all(code[name] == digest for", "all(True for"),
        in_a_folder(test_kept.test_code_changed_while_it_runs_is_seen, "patch"),
    ),
    Fault(
        "fixed fields left out of a form",
        f"{KEPT}::test_a_form_tells_fixed_fields_and_shapes_apart_and_nothing_else",
        spoilt(form, "_fixed", "return repr(value)", 'return ""'),
        test_kept.test_a_form_tells_fixed_fields_and_shapes_apart_and_nothing_else,
    ),
)

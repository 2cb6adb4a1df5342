"""A study's words and cards reach the rules."""

from __future__ import annotations

import tomllib
from pathlib import Path

from microneedling.safety.screen import refused
from microneedling.study.schema import Study
from microneedling.study.screening import findings

EXAMPLE = Path(__file__).parents[2] / "examples" / "acne_scars.toml"


def changed(**person):
    table = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    table["person"] |= person
    return Study.of(table).plain()


def test_the_shipped_example_is_not_refused():
    assert not refused(findings(changed()))


def test_a_bleeding_disorder_refuses_unless_exempt():
    study = changed(conditions=["bleeding disorder"])
    assert refused(findings(study))
    stamped = findings(study, exempt=True)
    assert not refused(stamped) and any(f.level == "absolute" and f.exempt for f in stamped)


def test_gravest_first():
    levels = [f.level for f in findings(changed(conditions=["bleeding disorder"]))]
    assert levels == sorted(levels, key=["absolute", "caution", "info"].index)

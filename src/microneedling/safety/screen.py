"""Screening: the rules put to every occasion of an arm."""

from __future__ import annotations

from collections.abc import Iterable

from microneedling.safety.condition import holds
from microneedling.safety.field import OCCASIONS
from microneedling.safety.finding import LEVELS, Finding
from microneedling.safety.occasion import occasions
from microneedling.safety.rule import Rule, rules
from microneedling.safety.scene import Scene, is_exempt
from microneedling.safety.source import cited, sources


def screen(scene: Scene) -> tuple[Finding, ...]:
    """What speaks against, or is to be known about, one arm.

    Args:
        scene: the arm, with plain numbers in SI; words may be any spelling of the vocabulary

    Returns: findings, gravest first, then in the order of the rules and of time.
    Source: the rules in safety/rules/, each with its own.
    Checked by: tests/contracts/test_rules.py, tests/unit/safety/test_screen.py
    """
    when = {on: occasions(scene, on) for on in OCCASIONS}
    found = [
        _finding(rule, scene, time)
        for rule in sorted(rules(), key=lambda rule: LEVELS.index(rule.level))
        for time, facts in when[rule.on]
        if holds(rule.when, facts)
    ]
    return tuple(found)


def refused(findings: Iterable[Finding]) -> bool:
    """Is there an absolute finding about somebody's skin?"""
    return any(one.level == "absolute" and not one.exempt for one in findings)


def _finding(rule: Rule, scene: Scene, time: float | None) -> Finding:
    first = sources()[rule.sources[0]]
    other = f"{rule.other_side} ({cited(rule.other_sources)})" if rule.other_side else ""
    return Finding(
        id=rule.id,
        level=rule.level,
        arm=scene.protocol.name,
        time=time,
        reason=rule.reason,
        source=cited(rule.sources),
        kind=first.kind,
        year=first.year,
        clears=rule.clears,
        other_side=other,
        exempt=is_exempt(scene),
    )

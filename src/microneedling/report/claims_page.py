"""The claims as one HTML page that needs nothing else: no script, no font, no network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from microneedling.core.page import template

TEMPLATE = Path(__file__).with_name("claims.html.j2")
STYLE = Path(__file__).with_name("report.css")
# a sign beside each word, so that nothing hangs on colour
SIGNS = {"supported": "●", "partly": "◐", "not supported": "○", "contradicted": "✕", "cannot be computed": "–"}


def page(claims: Sequence[Mapping[str, Any]], *, rule: str, verdicts: Sequence[str]) -> str:
    """The page's HTML: claims by topic, with a choice of verdicts and of topics that needs no script.

    Args:
        claims: one mapping a claim, as text for people: id, claim, kind, topic, quantity, covers, not_computed,
            untested, verdict, because, assumed, tests (what, numbers, note, verdict, rests), harms, published (text,
            sources), studies, stamps
        rule: from numbers to verdicts, printed whole
        verdicts: all there are, best first

    Returns: a complete HTML document.
    Checked by: tests/unit/report/test_claims_page.py
    """
    topics: dict[str, list[Mapping[str, Any]]] = {}
    for one in claims:
        topics.setdefault(one["topic"], []).append(one)
    counts = {word: sum(one["verdict"] == word for one in claims) for word in verdicts}
    return str(
        template(TEMPLATE).render(
            style=STYLE.read_text(encoding="utf-8"),
            topics=topics,
            counts=counts,
            total=len(claims),
            assumed=sum(bool(one["assumed"]) for one in claims),
            signs=SIGNS,
            rule=rule,
        )
    )

"""The studies we ship, run small: each is answered first, in the clinic's scale of its indication, with harm beside."""

import tomllib
from pathlib import Path

import pytest

from microneedling.core.document import Points, Sides
from microneedling.report.render import content_of, page
from microneedling.study.run import run
from microneedling.study.schema import Study

EXAMPLES = Path(__file__).parents[2] / "examples"
MOST = 3_000_000  # bytes of a page
SHORT = {"session": 2, "care": 2, "topical": 14}  # repeats kept; what counts are the outcomes, not the course
# example -> the outcome that answers its question, and a clinical scale that stands beside it
ASKED = {
    "periorbital_lines": ("Depth of lines", "Lines, Lemperle grade"),
    "melasma_tranexamic": ("Pigment contrast (lesion)", "Melasma, MASI"),
    "striae": ("Width of stretch marks", "Striae, improvement as rated"),
    "ageing_neck": ("Depth of lines", "Laxity, Alexiades-Armenakas grade"),
    "hair_minoxidil": ("Terminal hairs per area", "Terminal hairs gained"),
}


def small(name):
    """The study with two people, two visits and two months."""
    table = tomllib.loads((EXAMPLES / f"{name}.toml").read_text(encoding="utf-8"))
    for part in (table["protocol"], *table.get("arm", [])):
        for key, most in SHORT.items():
            for one in part.get(key, []):
                if "count" in one:
                    one["count"] = min(one["count"], most)
        part.pop("light", None)
        for one in part.get("care", []):
            if "count" not in one:
                one["end"] = "60 d"
    return Study.of(table | {"members": 2, "horizon": "60 d"})


@pytest.fixture(scope="module", params=sorted(ASKED))
def content(request):
    return request.param, content_of(run(small(request.param)))


def test_the_answer_speaks_of_what_is_treated_and_of_the_clinic(content):
    name, found = content
    (answer,) = [one for one in found["plain"][:2] if isinstance(one, Points)]
    outcome, scale = ASKED[name]
    assert answer.items[0][0] == outcome
    assert scale in [block.title for block in found["clinic"].blocks]


def test_harm_stands_beside_the_benefit(content):
    _, found = content
    sides = next(one for one in found["plain"] if isinstance(one, Sides))
    told = {word for part in sides.sides[1][1] if isinstance(part, Points) for word, _ in part.items}
    assert {"Pain", "Redness", "Downtime", "Dark marks afterwards"} <= told
    assert found["harm"].rows


def test_the_page_stays_small(content):
    assert len(page(content[1]).encode()) < MOST

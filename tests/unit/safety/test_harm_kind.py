"""Kinds of harm: the file, whom each concerns, and what is wrong with one."""

import pytest

from microneedling.core.card import CardError
from microneedling.safety.condition import RuleError
from microneedling.safety.example import planted
from microneedling.safety.harm_kind import concerns, harm_kinds, read_harm_kinds

KINDS = {one.id: one for one in harm_kinds()}


def test_every_kind_the_issue_names_is_there():
    named = "redness swelling pain bruising peeling dark_marks tram_tracks infection herpes granuloma"
    assert set(named.split()) <= set(KINDS)


@pytest.mark.parametrize(
    ("kind", "change", "expected"),
    [
        ("redness", {}, True),
        ("herpes", {}, False),
        ("herpes", {"person": {"conditions": ["cold sore"]}}, True),
        ("granuloma", {}, False),
        ("granuloma", {"topical": {"actives": ["niacinamide"], "flags": [], "after": "47 h"}}, True),
        ("granuloma", {"topical": {"actives": ["niacinamide"], "flags": [], "after": "49 h"}}, False),
        ("granuloma", {"topical": {"actives": ["niacinamide"], "flags": [], "before": "1 h"}}, True),
    ],
)
def test_a_kind_concerns_those_it_should(kind, change, expected):
    assert concerns(KINDS[kind], planted(change)) is expected


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ('titel = "A"', CardError, "own.toml: a.titel: unknown key; nearest: title"),
        ("by_phototype = true", CardError, "own.toml: a.title: found nothing"),
        ('title = "A"\nscale = "pain"', CardError, "scale and reading go together"),
        ('title = "A"\nscale = "pain"\nreading = "higest"', CardError, "own.toml: a.reading: found 'higest'; nearest"),
        ('title = "A"\non = "visit"', CardError, "own.toml: a.on: found 'visit'"),
        ('title = "A"\nconcerns.field = "person.agee"\nconcerns.above = "1 y"', RuleError, "person.age"),
    ],
)
def test_a_wrong_kind_is_refused(tmp_path, text, error, said):
    path = tmp_path / "own.toml"
    path.write_text(f"[a]\n{text}\n", encoding="utf-8")
    with pytest.raises(error) as caught:
        read_harm_kinds(path)
    assert said in str(caught.value)

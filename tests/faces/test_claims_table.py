"""docs/claims.md: every saying once, under its topic, with verdict, mark and reason; no text ends a cell."""

import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def made():
    spec = importlib.util.spec_from_file_location("make_claims_page", ROOT / "docs" / "make_claims_page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def claim(name, **facts):
    tests = [
        {"what": "Depth, needling (premise); expected: increase (premise)", "numbers": "9"},
        {"what": "Lines, needling; minus untreated; expected: decrease", "numbers": "−5 (−9 to −1) µm"},
    ]
    known = {"id": name, "claim": f"said | {name}", "topic": "looks", "verdict": "partly", "assumed": False}
    return known | {"because": "1 test: 1 partly", "not_computed": "", "tests": tests} | facts


def test_every_claim_is_a_line_under_its_topic():
    one = claim("CL001", assumed=True)
    none = claim("CL002", topic="safety", verdict="cannot be computed", tests=[], because="", not_computed="no law")
    text = made().page([one, none], "2 claims: 1 partly, 1 cannot be computed")
    assert "2 claims: 1 partly, 1 cannot be computed.\n" in text and text.index("## Looks") < text.index("## Safety")
    lines = [line for line in text.splitlines() if line.startswith("| CL")]
    assert [len(re.split(r"(?<!\\)\|", line)) for line in lines] == [6, 6]
    assert lines[0].split(" | ")[-1].startswith("1 test: 1 partly; Lines, needling; minus untreated: −5 (−9 to −1) µm")
    assert "**partly** †" in lines[0] and "**cannot be computed** |" in lines[1] and "no law" in lines[1]

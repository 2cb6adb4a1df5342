"""The page of claims: every claim, its numbers, and a choice of verdicts without scripts."""

import re

from microneedling.evaluation.claim_rule import RULE, VERDICTS
from microneedling.report.claims_page import SIGNS, page


def claim(name, verdict, **facts):
    test = {
        "what": "tewl, needling",
        "numbers": "2 (1 to 3)",
        "note": "",
        "verdict": verdict,
        "rests": "40 % of its spread goes with assumed numbers",
    }
    plain = {
        "id": name,
        "claim": f"<said {name}>",
        "kind": "benefit",
        "topic": "looks",
        "quantity": "q",
        "covers": "",
        "not_computed": "",
        "untested": [],
        "verdict": verdict,
        "assumed": False,
        "tests": [test],
        "published": [{"text": "Seen in 10.", "sources": ["A (2020)."]}],
        "because": "1 test: 1 it",
        "harms": ["needling: pain at most 1"],
        "studies": ["course"],
        "stamps": [],
    }
    return plain | facts


CLAIMS = [claim(f"CL{n:03}", word) for n, word in enumerate(VERDICTS, 1)] + [
    claim("CL006", "supported", topic="safety", assumed=True, covers="as this", untested=["no heat"]),
    claim("CL007", "cannot be computed", tests=[], studies=[], not_computed="no law"),
]


def test_every_claim_stands_with_verdict_numbers_and_what_was_published():
    text = page(CLAIMS, rule=RULE, verdicts=VERDICTS)
    assert all(f'id="{one["id"]}"' in text for one in CLAIMS)
    assert "&lt;said CL001&gt;" in text and "<said" not in text
    for word in (
        "2 (1 to 3)",
        "40 % of its spread",
        "Seen in 10.",
        "A (2020).",
        "no law",
        "as this",
        "No medical advice",
    ):
        assert word in text
    assert RULE.splitlines()[0] in text
    assert text.count("rests on an assumed size</span>") == 1


def test_verdicts_are_chosen_without_scripts_or_anything_from_elsewhere():
    text = page(CLAIMS, rule=RULE, verdicts=VERDICTS)
    assert "<script" not in text and not re.search(r'(src|href)="https?:', text)
    for n, word in enumerate(VERDICTS, 1):
        assert f"#v{n}:checked ~ main .claim:not(.v{n})" in text
        assert len(re.findall(rf'class="claim v{n}[ "]', text)) == sum(one["verdict"] == word for one in CLAIMS)


def test_topics_are_chosen_without_scripts():
    text = page(CLAIMS, rule=RULE, verdicts=VERDICTS)
    topics = list(dict.fromkeys(one["topic"] for one in CLAIMS))
    for n, topic in enumerate(topics, 1):
        assert f"#t{n}:checked ~ main section:not(.t{n})" in text and f'<section class="t{n}">' in text
        assert f'<label for="t{n}">{topic} {sum(one["topic"] == topic for one in CLAIMS)}</label>' in text


def test_a_card_says_why_with_what_harm_and_how_to_run_it_again():
    text = page([claim("CL001", "partly", stamps=["[caution] not on wounds"])], rule=RULE, verdicts=VERDICTS)
    for words in (
        '1 test: 1 it (<a href="#rule">by the rule</a>)',
        "Harm beside it</strong> in needling: pain at most 1",
        "screening (1 remark)",
        "[caution] not on wounds",
        "microneedling claims CL001",
        "claims/studies/course.toml",
        "To be computed: q",
    ):
        assert words in text, words


def test_every_verdict_has_a_sign_of_its_own():
    assert set(SIGNS) == set(VERDICTS) and len(set(SIGNS.values())) == len(VERDICTS)

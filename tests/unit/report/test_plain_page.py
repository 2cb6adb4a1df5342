"""The first section: the answer, then benefit beside harm, in the order a clinician reads; the laboratory later."""

import pytest
from faces import synthetic

from microneedling.core.document import Points, Sides, Table, Text
from microneedling.report.plain_page import FOR, TO
from microneedling.report.render import content_of, page


@pytest.fixture(scope="module")
def content():
    return content_of(synthetic.tree())


def headings(parts):
    return [one.text for one in parts if isinstance(one, Text) and one.mark]


def test_the_answer_comes_first_then_benefit_beside_harm(content):
    parts = content["plain"]
    assert parts[0].text == "The answer" and isinstance(parts[1], Points)
    assert parts[1].items[0][0] == "Volume of acne scars"
    sides = next(one for one in parts if isinstance(one, Sides))
    assert [title for title, _ in sides.sides] == [FOR, TO]
    first_table = next(n for n, one in enumerate(parts) if isinstance(one, Table))
    assert parts.index(sides) < first_table


def test_hours_stand_before_weeks_and_the_clinic_before_both(content):
    found = headings(content["plain"])
    order = ["The answer", "What a clinic would score", "What to expect in the first hours and days"]
    order += ["What to expect after weeks and months", "Beside the other arms", "How sure this is"]
    assert [one for one in found if one in order] == order


def test_the_harm_names_redness_pain_days_and_what_screening_says(content):
    sides = next(one for one in content["plain"] if isinstance(one, Sides))
    told = dict(sides.sides)[TO]
    named = {word for one in told if isinstance(one, Points) for word, _ in one.items}
    assert {"Redness", "Pain", "Downtime", "Caution"} <= named
    assert any("Known risks" in one.text for one in told if isinstance(one, Text))


def test_no_stain_or_antibody_in_plain_words(content):
    text = " ".join(map(str, content["plain"]))
    assert "silver stain" not in text and "antibody" not in text
    read = " ".join(map(str, content["laboratory"]))
    assert "silver stain" in read and "antibody" in read


def test_what_nobody_measured_is_marked_beside_its_number(content):
    sides = next(one for one in content["plain"] if isinstance(one, Sides))
    bleeding = dict(dict(sides.sides)[TO][0].items)["Pinpoint bleeding"]
    assert "A prediction: nobody has counted" in bleeding


def test_the_page_shows_every_part_once(content):
    made = page(content)
    assert made.count("<h3>The answer</h3>") == made.count(f"<h3>{FOR}</h3>") == made.count(f"<h3>{TO}</h3>") == 1


def test_excised_skin_has_an_answer_and_no_sides():
    parts = content_of(synthetic.tree(in_vitro=True))["plain"]
    assert "caffeine" in parts[1].items[0][0].lower()
    assert not [one for one in parts if isinstance(one, Sides)]

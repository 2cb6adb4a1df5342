"""The drawn section: what is to scale is to scale, marks follow amounts, nothing depends on chance twice."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
import synthetic
import synthetic_tissue

from microneedling.core.struct import replace
from microneedling.report import drawn_section, report, slices
from microneedling.report.answer import answer_of

SPACE = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def found():
    tree = synthetic_tissue.tree()
    return slices.slices_of(tree, answer_of(tree))


@pytest.fixture(scope="module")
def panels(found):
    return drawn_section.drawn_section(found)


def parsed(panel):
    return ET.fromstring(str(panel.svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def counts(panel):
    """Marks by kind as the drawing's own text tells them."""
    said = parsed(panel).get("aria-label")
    return {name.strip(): int(n) for name, n in re.findall(r"([a-z ]+) (\d+)", said.split("Marks drawn:")[1])}


def named(panel, name):
    return [one for one in parsed(panel).iter() if one.get("class") == name]


def test_moments_are_those_promised(panels):
    assert [p.title for p in panels] == ["Before", "Right after", "3 days after", "14 days after", "At the end"]


def test_layers_are_to_scale(found, panels):
    layers_are_to_scale(found, panels)


def layers_are_to_scale(found, panels):
    for one, panel in zip(found.slices, panels):
        drawn = {r.get("class").split()[1]: float(r.get("height")) for r in parsed(panel).iter(f"{SPACE}rect")
                 if (r.get("class") or "").startswith("layer ")}  # fmt: skip
        for name in ("corneum", "epidermis", "papillary"):
            assert drawn[name] == pytest.approx(one.layers[name] * drawn_section.SCALE, abs=0.06)  # tenths of a pixel
    assert found.slices[1].layers["corneum"] < found.slices[0].layers["corneum"]
    assert found.slices[3].layers["epidermis"] > found.slices[0].layers["epidermis"]


def test_the_channel_is_as_wide_as_its_share_and_density_say(found, panels):
    one = found.slices[1]
    open_share = 0.01 + 0.03 * np.exp(-1)
    assert np.max(one.hole) == pytest.approx(np.sqrt(-np.log(1 - open_share) / (np.pi * 1e6)), rel=0.02)
    (path,) = named(panels[1], "hole")
    xs = [float(x) for x in re.findall(r"[ML]([\d.]+) ", path.get("d"))]
    assert max(xs) - min(xs) == pytest.approx(2 * np.max(one.hole) * drawn_section.SCALE, abs=0.2)
    assert not named(panels[0], "hole") and not named(panels[0], "column")
    deepest = found.depth[one.hole > 0].max()
    assert deepest == pytest.approx(8e-4, abs=found.step.max())


def test_marks_follow_amounts(found, panels):
    marks_follow_amounts(found, panels)


def marks_follow_amounts(found, panels):
    told = [counts(p) for p in panels]
    assert told[0]["debris"] < told[1]["debris"] and told[2]["neutrophils"] > told[0]["neutrophils"]
    assert told[3]["new collagen"] > told[0]["new collagen"]
    for panel, many in zip(panels, told):
        assert len(named(panel, "neutrophils")[0]) == many["neutrophils"]
        assert len(named(panel, "macrophages")[0]) == many["macrophages"]
        assert named(panel, "new-collagen")[0].get("d").count("M") == many["new collagen"]


def test_twice_the_amount_is_twice_the_marks(found):
    one = found.slices[2]
    twice = replace(one, kinds=one.kinds | {"macrophages": tuple(2 * part for part in one.kinds["macrophages"])})
    most = float(2 * np.max(one.kinds["macrophages"][0]))
    few, many = (len(drawn_section._places(x, found, "macrophages", (90, most))) for x in (one, twice))
    assert few > 10 and many == pytest.approx(2 * few, abs=1)


def test_the_same_result_gives_the_same_drawing(found, panels):
    again = drawn_section.drawn_section(found)
    assert [str(p.svg) for p in again] == [str(p.svg) for p in panels]
    other = drawn_section.drawn_section(replace(found, seed=found.seed + 1))
    assert str(other[2].svg) != str(panels[2].svg)


def test_marks_stay_inside_the_skin(panels):
    for panel in panels:
        for circle in parsed(panel).iter(f"{SPACE}circle"):
            assert 0 <= float(circle.get("cx")) <= drawn_section.SIDE


def test_every_mark_is_explained_and_differs_in_more_than_colour():
    legend = drawn_section.legend()
    assert len(legend) == len({text for _, text in legend}) == len(drawn_section.LEGEND)
    shapes = {tuple(sorted({e.tag for e in parsed_mark(svg)})) for svg, _ in legend[4:8]}
    assert len(shapes) == 4, "cells are told apart by shape"


def parsed_mark(svg):
    return ET.fromstring(str(svg)).iter()


def test_the_page_says_what_the_drawing_is():
    page = report(synthetic_tissue.tree())
    assert "The same skin over time" in page and "not an image of skin" in page


def test_without_needles_no_channel_is_drawn():
    tree = synthetic_tissue.tree(needles=0.0)
    panels = drawn_section.drawn_section(slices.slices_of(tree, answer_of(tree)))
    assert not any(named(p, "hole") for p in panels)


def test_a_result_without_tissue_has_no_section():
    for tree in (synthetic.tree(), synthetic.tree(in_vitro=True)):
        assert slices.slices_of(tree, answer_of(tree)) is None
    assert "The same skin over time" not in report(synthetic.tree())

"""The patches of colour: the picture shows the computed colour, the words say the numbers and what it is."""

import base64
import html
import re
import struct
import zlib

import numpy as np
import pytest
import synthetic

from microneedling.report import patches, report
from microneedling.report.answer import answer_of
from microneedling.scales.colour import srgb

STEP = 3 / 255  # [1] a level patch on the screen: palette and pixels are whole numbers


@pytest.fixture(scope="module")
def answer():
    return answer_of(synthetic.tree())


@pytest.fixture(scope="module")
def rows(answer):
    return patches.patches_of(answer)


def pixels(text):
    """Red, green, blue (down, across, 3) of an indexed PNG, read without the writer."""
    data = base64.b64decode(text.split("base64,")[-1])
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, parts = 8, {}
    while at < len(data):
        (size,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + size]
        assert struct.unpack(">I", data[at + 8 + size : at + 12 + size])[0] == zlib.crc32(kind + body)
        parts[kind], at = body, at + 12 + size
    across, down = struct.unpack(">II", parts[b"IHDR"][:8])
    lines = np.frombuffer(zlib.decompress(parts[b"IDAT"]), dtype=np.uint8).reshape(down, across + 1)
    palette = np.frombuffer(parts[b"PLTE"], dtype=np.uint8).reshape(-1, 3)
    return palette[lines[:, 1:]]


def test_moments_and_arms_are_those_promised(rows):
    assert [row.arm for row in rows] == list(synthetic.ARMS)
    assert [p.words for p in rows[0].patches] == ["before", "a day after", "a week after", "at the end"]


def test_a_level_patch_has_the_colour_itself():
    level_patch()


def level_patch():
    colour = np.array([58.0, 11.0, 14.0])
    drawn = pixels(patches.shaded(colour, np.zeros((patches.DOWN, patches.ACROSS)))) / 255
    np.testing.assert_allclose(drawn.reshape(-1, 3), np.tile(srgb(colour), (drawn[..., 0].size, 1)), atol=STEP)


def test_relief_is_lit_from_the_left():
    lit_from_the_left()


def lit_from_the_left():
    x = np.linspace(-1, 1, patches.ACROSS)
    ridge = np.tile(60e-6 * np.exp(-(x**2) / 0.02), (patches.DOWN, 1))
    drawn = pixels(patches.shaded(np.array([60.0, 10.0, 14.0]), ridge)).sum(axis=2)[patches.DOWN // 2].astype(int)
    middle = patches.ACROSS // 2
    assert drawn[middle - 8] > drawn[4] > drawn[middle + 8]


def test_rougher_skin_has_more_contrast():
    relief = patches._relief(3)
    assert relief.mean() == pytest.approx(0, abs=1e-9) and np.abs(relief).mean() == pytest.approx(1)
    spread = [pixels(patches.shaded(np.array([60.0, 10, 14]), relief * r))[..., 1].std() for r in (5e-6, 20e-6)]
    assert spread[1] > 1.5 * spread[0]


def test_numbers_under_a_patch_are_those_of_the_result(answer, rows):
    patch = rows[0].patches[1]
    for text, name in zip(patch.values, patches.COLOUR):
        outcome = answer.outcomes[name]
        shown = [float(x.replace("−", "-")) for x in re.findall(r"[−\d.]+", text.split(" ", 1)[1])]
        when = answer.start + 86400.0
        middle = np.interp(when, outcome.time, outcome.central[0])
        low, high = np.quantile(outcome.at(when)[0], [0.05, 0.95])
        assert shown == pytest.approx([middle, low, high], abs=0.051)
    assert rows[0].patches[0].change == "" and "ΔE" in patch.change


def test_the_same_result_gives_the_same_patches(answer, rows):
    assert [p.image for p in patches.patches_of(answer)[0].patches] == [p.image for p in rows[0].patches]


def test_the_page_says_what_a_patch_is():
    page = report(synthetic.tree())
    assert "Colour before and after" in page and "not photographs" in page and "Screens differ" in page
    for alt in re.findall(r'<img class="patch"[^>]*alt="([^"]*)"', page):
        assert "not a photograph" in html.unescape(alt) and "L*" in alt
    assert page.count('class="patch"') == 8
    assert len(page) < 3e6


def test_excised_skin_has_no_patches():
    assert patches.patches_of(answer_of(synthetic.tree(in_vitro=True))) == ()

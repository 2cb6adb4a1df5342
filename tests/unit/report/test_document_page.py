"""A document looks the same words on screen and on paper, and twice the same paper."""

import re

from microneedling.core.document import Document, Figure, Figures, Points, Section, Table, Text
from microneedling.report.document_page import drawing, drawing_rules, page, pdf, pictures

SVG = '<svg viewBox="0 0 100 50" role="img" aria-label="a line"><path class="line a0" d="M0 0L100 50"/></svg>'
PARTS = (
    Text("Plain *words* with #signs and <marks>."),
    Text("A heading", mark=True),
    Points((("First", "said"), ("", "bare"))),
    Points((("", "a source"),), numbered=True),
    Table("A table", ("Name", "Number"), (("one", "1"), ("two", "")), (3, 1), (1,)),
)
DOCUMENT = Document("Title", "Why?", ("Mind.", "It is research."), "Version 1", (Section("one", "Part", PARTS),))
DRAWN = Document(
    "Title", "", ("Mind.", ""), "", (Section("one", "Part", (Figures((Figure("F", drawing(SVG), "Below."),)),)),)
)


def test_the_page_escapes_and_shows_everything():
    text = page(DOCUMENT)
    for word in ("Why?", "&lt;marks&gt;", "A heading", "<strong>First:</strong> said", "bare", "a source", "A table"):
        assert word in text
    assert 'data-label="Number">1<' in text and "<script" not in text and "http" not in text.split("</style>")[1]


def test_the_paper_is_the_same_twice_and_takes_no_word_for_markup():
    first = pdf(DOCUMENT)
    assert first.startswith(b"%PDF") and first == pdf(DOCUMENT)
    assert pdf(DRAWN) != first


def test_a_drawing_is_coloured_by_the_style_sheet():
    assert "var(" not in drawing_rules() and "svg .line.a0 {stroke: #0072b2;}" in drawing_rules()
    assert drawing(SVG).startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert len(re.findall("<style>", drawing(SVG))) == 1


def test_the_line_of_a_drawing_reaches_the_paper():
    blue = (0x00, 0x72, 0xB2)
    assert blue in colours(pictures(DRAWN)[0])
    assert blue not in colours(pictures(DOCUMENT)[0])


def colours(png):
    """The colours of a picture."""
    import io

    from matplotlib.image import imread

    pixels = imread(io.BytesIO(png))
    return {tuple(round(255 * float(part)) for part in one[:3]) for one in pixels.reshape(-1, pixels.shape[-1])}

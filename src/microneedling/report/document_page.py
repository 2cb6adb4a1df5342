"""A document as one HTML page and as a PDF: the same words twice. No script, no network, fonts that travel along."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import Any, Literal

from microneedling.core.document import Document
from microneedling.core.page import template

FOLDER = Path(__file__).parent
STYLE = FOLDER / "report.css"
FONT = "Libertinus Serif"  # comes with the typesetter


def page(document: Document) -> str:
    """The document as a complete HTML page.

    Args:
        document: without figures

    Checked by: tests/unit/report/test_document_page.py
    """
    return template(FOLDER / "document.html.j2").render(document=document, style=STYLE.read_text(encoding="utf-8"))


def pdf(document: Document) -> bytes:
    """The document as PDF; the same document gives the same bytes.

    Args:
        document: its drawings as SVG that stands alone (`drawing`)

    Checked by: tests/unit/report/test_document_page.py
    """
    return _set(document, "pdf")[0]


def pictures(document: Document, *, dots: float = 96.0) -> list[bytes]:
    """The pages of the PDF as PNG, to be looked at.

    Args:
        document: as for `pdf`
        dots: per inch

    Checked by: tests/unit/report/test_document_page.py
    """
    return _set(document, "png", dots)


def drawing(svg: str) -> str:
    """A drawing of the HTML report that stands alone: the style sheet's rules for drawings in it, colours of print.

    Checked by: tests/unit/report/test_document_page.py
    """
    head = f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{FONT}" font-size="12.5" '
    opened = svg.replace("<svg ", head, 1)
    return re.sub(r">", f"><style>{drawing_rules()}</style>", opened, count=1)


def drawing_rules() -> str:
    """The rules of report.css for what stands inside a drawing, every variable replaced by its colour on paper."""
    sheet = STYLE.read_text(encoding="utf-8")
    colours: dict[str, str] = {}
    blocks = (r":root \{(.*?)\}", r"@media print \{\s*:root \{(.*?)\}")
    for block in (re.search(one, sheet, re.S) for one in blocks):
        colours |= dict(re.findall(r"(--[\w-]+):\s*([^;]+);", block.group(1))) if block else {}
    rules = re.findall(r"(?m)(?<![\w-])((?:svg [^{},@]+,\s*)*svg [^{},@]+)\{([^}]*)\}", sheet)
    text = " ".join(f"{' '.join(who.split())} {{{what.strip()}}}" for who, what in rules if "svg svg" not in who)
    return re.sub(r"var\((--[\w-]+)\)", lambda found: colours[found.group(1)], text)


def _set(document: Document, form: Literal["pdf", "png"], dots: float | None = None) -> list[bytes]:
    import typst

    made: Any = typst.compile(
        str(FOLDER / "document.typ"),
        format=form,
        ppi=dots,
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(dataclasses.asdict(document), ensure_ascii=False)},
    )
    return list(made) if isinstance(made, list) else [made]

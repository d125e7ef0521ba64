"""The CMS-1500 (02/12) as a document: PDF to print, SVG to look at, and the page that calibrates a printer.

Data only, for bought forms in red drop-out ink; over the user's own blank; or over our own neutral drawing, marked as
not for submission. The form's artwork is not ours to print and is not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from billing.documents.cms1500_boxes import located, pages, place
from billing.documents.cms1500_form import FORM
from clinic.domain.finding import Severity
from clinic.paper import rendering
from clinic.paper.background import Blank, Preview
from clinic.paper.calibration import TEXT, calibration_page
from clinic.paper.form import Page
from clinic.paper.grid import NO_OFFSET, Offset
from clinic.paper.overflow import Overflow, overflows
from clinic.paper.screen import WORDS, Words, screen_page

__all__ = [
    "FORM",
    "Blank",
    "Offset",
    "Overflow",
    "Preview",
    "Words",
    "calibration",
    "located",
    "overflows",
    "pages",
    "place",
    "preview_svg",
    "render",
]


def render(
    claims: Iterable[Sequence[Page]],
    *,
    background: Preview | Blank | None = None,
    offset: Offset = NO_OFFSET,
    lang: str = "en",
) -> bytes:
    """One PDF of the pages of all claims: see ``clinic.paper.rendering.render``."""
    return rendering.render(FORM, claims, background=background, offset=offset, lang=lang)


def preview_svg(
    page: Page,
    hits: Mapping[str, Severity],
    *,
    number: int = 1,
    numbers: Mapping[str, int] | None = None,
    words: Words = WORDS,
) -> str:
    """The page for the screen, boxes with findings outlined and pinned: see ``clinic.paper.screen.screen_page``."""
    return screen_page(page, hits, number=number, numbers=numbers, words=words)


def calibration(offset: Offset, *, text: Sequence[str] = TEXT, lang: str = "en") -> bytes:
    """A page to hold against a blank form: see ``clinic.paper.calibration.calibration_page``."""
    return calibration_page(FORM, offset, text=text, lang=lang)

"""The CMS-1500 (02/12) as a document: PDF to print, SVG to look at, and the page that calibrates a printer.

Data only, for bought forms in red drop-out ink; over the user's own blank; or over our own neutral drawing, marked as
not for submission. The form's artwork is not ours to print and is not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from billing.documents.cms1500_boxes import located, pages, place
from billing.documents.cms1500_form import FORM
from clinic.domain.finding import Severity
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.paper.background import Blank, Preview, draw_preview
from clinic.paper.blank import lay_under
from clinic.paper.calibration import TEXT, calibration_page
from clinic.paper.form import Page
from clinic.paper.grid import NO_OFFSET, Offset
from clinic.paper.overflow import Overflow, fits, overflows
from clinic.paper.pattern import Pattern
from clinic.paper.screen import WORDS, Words, screen_page
from clinic.paper.sheets import Sheets

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

TITLE = "CMS-1500"


def render(
    claims: Iterable[Sequence[Page]],
    *,
    background: Preview | Blank | None = None,
    offset: Offset = NO_OFFSET,
    lang: str = "en",
) -> bytes:
    """One PDF of the pages of all claims, in order. The same pages make the same bytes.

    ``offset`` moves the data, never the background. On a preview, what does not fit is cut and framed.

    Raises:
        Refused: there is no page; a text does not fit its box (elsewhere than on a preview); the blank is unusable.
    """
    sheets = Sheets(TITLE, lang)
    if isinstance(background, Preview):
        draw_preview(sheets, FORM, background.mark)
    pattern = Pattern(FORM, sheets.font, offset)
    count = 0
    for claim, its_pages in enumerate(claims, start=1):
        for page in its_pages:
            count += 1
            if fits(page):
                sheets.add(pattern.content(page))
            elif isinstance(background, Preview):
                sheets.add(pattern.draft(page))
            else:
                raise _refusal(claim, overflows(its_pages)[0])
    if not count:
        raise Refused(N_("There is no page to print."), where="claims", remedy=N_("Choose at least one claim."))
    printed = sheets.finished()
    return lay_under(background.pdf, printed) if isinstance(background, Blank) else printed


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


def _refusal(claim: int, problem: Overflow) -> Refused:
    if problem.why == "character":
        what = N_("Box %(box)s has a letter that claim forms do not know.")
        remedy = N_("Write it with plain letters A to Z.")
    else:
        what = N_("Box %(box)s holds %(width)s characters and would need %(needed)s.")
        remedy = N_("Shorten it in the record.")
    return Refused(
        what,
        where=f"claim {claim}, page {problem.page}",
        remedy=remedy,
        box=problem.box,
        width=FORM[f"{problem.box} {problem.part}"].width,
        needed=len(problem.text),
    )

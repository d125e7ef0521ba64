"""Pages of a form as one PDF to print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.paper.background import Blank, Preview, draw_preview
from clinic.paper.blank import lay_under
from clinic.paper.form import Form, Page
from clinic.paper.grid import NO_OFFSET, Offset
from clinic.paper.overflow import Overflow, fits, overflows
from clinic.paper.pattern import Pattern
from clinic.paper.sheets import Sheets


def render(
    form: Form,
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
    sheets = Sheets(form.name, lang)
    if isinstance(background, Preview):
        draw_preview(sheets, form, background.mark)
    pattern = Pattern(form, sheets.font, offset)
    count = 0
    for claim, its_pages in enumerate(claims, start=1):
        for page in its_pages:
            count += 1
            if fits(page):
                sheets.add(pattern.content(page))
            elif isinstance(background, Preview):
                sheets.add(pattern.draft(page))
            else:
                raise _refusal(form, claim, overflows(its_pages)[0])
    if not count:
        raise Refused(N_("There is no page to print."), where="claims", remedy=N_("Choose at least one claim."))
    printed = sheets.finished()
    return lay_under(background.pdf, printed) if isinstance(background, Blank) else printed


def _refusal(form: Form, claim: int, problem: Overflow) -> Refused:
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
        width=form[f"{problem.box} {problem.part}"].width,
        needed=len(problem.text),
    )

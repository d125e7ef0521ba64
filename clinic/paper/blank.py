"""The user's own blank form under our pages.

The blank's page becomes one form XObject that all pages show. Its form fields, links and scripts are not
part of a page's content and stay behind.
"""

from __future__ import annotations

from io import BytesIO

import pikepdf

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.paper.grid import PAGE_HEIGHT, PAGE_WIDTH

_SLACK = 3.0
"""A millimetre: some programs write 611.28 x 790.92 for letter."""


def lay_under(blank: bytes, printed: bytes) -> bytes:
    """Our finished file with the blank's page under each of its pages. The same bytes make the same bytes.

    Raises:
        Refused: the blank is not a PDF, is locked, has not exactly one page, or is not letter size.
    """
    with _opened(blank) as source, pikepdf.open(BytesIO(printed)) as target:
        try:
            shape = target.copy_foreign(_only_page(source).as_form_xobject())
        except (pikepdf.PdfError, AttributeError, KeyError, RuntimeError, TypeError, ValueError) as broken:
            raise _unreadable() from broken
        _place(target, shape)
        out = BytesIO()
        target.save(out, deterministic_id=True)
    return out.getvalue()


def _opened(blank: bytes) -> pikepdf.Pdf:
    try:
        source = pikepdf.open(BytesIO(blank))
    except pikepdf.PasswordError as locked:
        raise _locked() from locked
    except (pikepdf.PdfError, RuntimeError, ValueError) as broken:
        raise _unreadable() from broken
    if source.is_encrypted:
        source.close()
        raise _locked()
    return source


def _only_page(source: pikepdf.Pdf) -> pikepdf.Page:
    count = len(source.pages)
    if count != 1:
        raise Refused(
            N_("The blank form has %(count)s pages."),
            where="blank",
            remedy=N_("Give a PDF of one page."),
            count=count,
        )
    page = source.pages[0]
    left, low, right, high = (float(edge) for edge in page.cropbox)
    width, height = abs(right - left), abs(high - low)
    if int(page.obj.get("/Rotate", 0)) % 180:
        width, height = height, width
    if abs(width - PAGE_WIDTH) > _SLACK or abs(height - PAGE_HEIGHT) > _SLACK:
        raise Refused(
            N_("The blank form is %(width)s by %(height)s points, and letter paper is 612 by 792."),
            where="blank",
            remedy=N_("Scan or save it at its full size, without scaling."),
            width=round(width),
            height=round(height),
        )
    return page


def _place(target: pikepdf.Pdf, shape: pikepdf.Object) -> None:
    name = pikepdf.Name("/Blank")
    first = target.pages[0]
    rectangle = pikepdf.Rectangle(0, 0, PAGE_WIDTH, PAGE_HEIGHT)
    show = first.calc_form_xobject_placement(shape, name, rectangle, allow_shrink=False, allow_expand=False)
    under = target.make_indirect(pikepdf.Stream(target, show))
    resources = first.obj.Resources  # one dictionary, shared by all our sheets
    resources.XObject = pikepdf.Dictionary({str(name): shape})
    for page in target.pages:
        page.obj.Contents = pikepdf.Array([under, page.obj.Contents])


def _locked() -> Refused:
    return Refused(
        N_("The blank form is encrypted."), where="blank", remedy=N_("Save a copy without password or restrictions.")
    )


def _unreadable() -> Refused:
    return Refused(N_("The blank form is not a readable PDF."), where="blank", remedy=N_("Export or scan it again."))

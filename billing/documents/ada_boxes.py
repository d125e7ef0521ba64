"""A dental claim as the pages of an ADA form, ten service lines each. Knows nothing of PDF.

The boxes are said in ``ada_head``, ``ada_lines`` and ``ada_foot``, one function a box or a few that go together.
docs/claim-map.md is the same in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from billing.documents.ada_foot import foot
from billing.documents.ada_form import FORMS, LINES, Texts, Year
from billing.documents.ada_head import head
from billing.documents.ada_lines import line
from billing.documents.ada_wording import day
from billing.documents.wording import cross
from billing.domain.dental import DentalActLine, DentalClaim
from clinic.domain.money import total
from clinic.paper.form import Page


def pages(claim: DentalClaim, year: Year = "2024") -> tuple[Page, ...]:
    """The claim on paper: acts in order, ten a page. Boxes 32, 43 and 44 speak of the page alone.

    Nothing is cut: texts may be longer than their cells, which ``clinic.paper.overflow`` tells.
    """
    shared: dict[str, str] = {}
    for keys, say in (*head.rows, *foot.rows):
        shared.update(zip(keys, say(claim), strict=True))
    acts = claim.acts
    return tuple(_page(claim, shared, acts[first : first + LINES], year) for first in range(0, len(acts) or 1, LINES))


def located(box: str, number: int | None) -> tuple[int, str]:
    """The page and the form's own name of a box: ``27`` of service line 12 is ``27.2`` on page 2. All count from 1."""
    if number is None:
        return 1, box
    page, row = divmod(number - 1, LINES)
    return page + 1, f"{box}.{row + 1}"


def _page(claim: DentalClaim, shared: dict[str, str], acts: Sequence[DentalActLine], year: Year) -> Page:
    texts = {
        **shared,
        "32 fee": total([act.charge for act in acts], claim.total.currency).plain(),
        **dict(zip(("43 no", "43 yes", "44 date"), _prosthesis(acts), strict=True)),
    }
    for row, act in enumerate(acts, start=1):
        for keys, say in line.rows:
            texts.update(_numbered(keys, row, say, claim, act))
    form = FORMS[year]
    return Page(form, tuple(texts.get(cell.key, "") for cell in form.cells))


def _numbered(keys: Iterable[str], row: int, say: Callable[..., Texts], *given: Any) -> Iterable[tuple[str, str]]:
    return zip((key.replace("#", str(row)) for key in keys), say(*given), strict=True)


def _prosthesis(acts: Sequence[DentalActLine]) -> Texts:
    """A replacement where one of the page's is; the earliest day of what was replaced."""
    found = [act.part.prosthesis for act in acts if act.part.prosthesis]
    if not found:
        return "", "", ""
    replaced = [each for each in found if each.placement == "R"]
    days: list[date] = [each.replaced for each in replaced if each.replaced]
    return *cross(1 if replaced else 0, 2), day(min(days, default=None))

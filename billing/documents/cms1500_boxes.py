"""A claim as the pages of a CMS-1500 (02/12), six service lines each. Knows nothing of PDF.

The boxes are said in ``cms1500_head``, ``cms1500_lines`` and ``cms1500_foot``: one function a box, or a few that go
together, with its cells above it. docs/claim-map.md is the same in words. Here all of them run in one pass, and the
texts are put in the form's order in one step.
"""

from __future__ import annotations

from operator import itemgetter

from billing.documents.cms1500_foot import foot
from billing.documents.cms1500_form import FORM, LINES
from billing.documents.cms1500_head import head
from billing.documents.cms1500_lines import line
from billing.documents.cms1500_wording import amount, dropped, without
from billing.domain.professional import ProfessionalActLine, ProfessionalClaim
from clinic.domain.money import Money
from clinic.paper.form import Page

_ONCE_KEYS = ["", *head.keys, *foot.keys]
"""Texts that all pages of a claim share; the first is the blank of cells that nothing fills."""

_PAGE_KEYS = ["28 dollars", "28 cents", "29 dollars", "29 cents"]
_LINE_KEYS = [key.replace("#", str(place)) for place in range(1, LINES + 1) for key in line.keys]
_NO_LINE = ("",) * len(line.keys)

_POSITION = {key: position for position, key in enumerate([*_ONCE_KEYS, *_PAGE_KEYS, *_LINE_KEYS])}
_IN_ORDER = itemgetter(*[_POSITION.get(cell.key, 0) for cell in FORM.cells])

_DROPS = [(position, dropped(key)) for position, key in enumerate(_ONCE_KEYS) if key and FORM[key].drop]
"""What the table says is not printed in which box."""

_ONCE = [*head.functions, *foot.functions]
_EACH = line.functions


def pages(claim: ProfessionalClaim) -> tuple[Page, ...]:
    """The claim on paper: acts in order, six a page. Box 28 is the sum of the page, 29 stands on the first alone.

    Nothing is cut: texts may be longer than their cells, which ``clinic.paper.overflow`` tells.
    """
    shared = [""]
    for say in _ONCE:
        shared += say(claim)
    for position, drop in _DROPS:
        if shared[position]:
            shared[position] = without(shared[position], drop)
    acts = claim.acts
    return tuple(
        _page(claim, shared, acts[first : first + LINES], first == 0) for first in range(0, len(acts) or 1, LINES)
    )


def place(number: int) -> tuple[int, int]:
    """On which page, and on which of its lines, the claim's service line stands. All count from 1."""
    page, row = divmod(number - 1, LINES)
    return page + 1, row + 1


def located(box: str, number: int | None) -> tuple[int, str]:
    """The page and the form's own name of a box: ``24E`` of service line 9 is ``24E.3`` on page 2."""
    if number is None:
        return 1, box
    page, row = place(number)
    return page, f"{box}.{row}"


def _page(claim: ProfessionalClaim, shared: list[str], acts: tuple[ProfessionalActLine, ...], first: bool) -> Page:
    texts = [*shared, *amount(_sum(claim, acts)), *(amount(_paid(claim)) if first else ("", ""))]
    for act in acts:
        for say in _EACH:
            texts += say(claim, act)
    for _ in range(LINES - len(acts)):
        texts += _NO_LINE
    return Page(FORM, _IN_ORDER(texts))


def _sum(claim: ProfessionalClaim, acts: tuple[ProfessionalActLine, ...]) -> Money:
    return Money(sum([act.charge.cents for act in acts]), claim.total.currency)


def _paid(claim: ProfessionalClaim) -> Money | None:
    """By the patient and by the payers before; None where nobody is known to have paid or answered."""
    cents = [other.adjudication.paid.cents for other in claim.other_coverages if other.adjudication]
    if claim.patient_paid is not None:
        cents.append(claim.patient_paid.cents)
    return Money(sum(cents), claim.total.currency) if cents else None

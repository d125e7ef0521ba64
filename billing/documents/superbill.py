"""A superbill: the page that goes with a patient through a visit, to be ticked, or as its claim says. Pure mapping.

Rows stand in the practice's own words. What is told first fills the page first: what is ticked, then what is most
used. All texts are in the reader's language when they leave here; layout and PDF are ``superbill_page``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from clinic.domain.code import Code, pointed
from clinic.domain.money import Money
from clinic.domain.value import Value
from clinic.domain.words import N_

LETTERS = "ABCDEFGHIJKL"


class Manner(NamedTuple):
    """How texts, days and amounts are written for the reader."""

    said: Callable[[str], str]
    """From a message id."""
    day: Callable[[date | None], str]
    amount: Callable[[int], str]
    """From cents."""


class Charge(Value, frozen=True, kw_only=True):
    """A row of the charge list, or a line of the claim."""

    code: Code
    words: str
    price: Money
    modifiers: tuple[str, ...] = ()
    units: str | None = None
    """Where it was done: how often."""
    pointers: tuple[int, ...] = ()
    done: bool = False


class Diagnosis(Value, frozen=True, kw_only=True):
    """A diagnosis that may be ticked, or one of the claim."""

    code: Code
    words: str
    position: int | None = None
    """1-based, on the claim."""


class Visited(Value, frozen=True, kw_only=True):
    """Everything a superbill says, as values."""

    practice: tuple[str, ...]
    """Name, street, town; further lines where there are any."""
    npi: str | None
    tax_id: str | None
    patient: str
    birth: date | None
    chart_number: str
    policy: str | None
    on: date
    provider: str | None
    place: str | None
    reason: str | None
    charges: tuple[Charge, ...]
    """In the order of the page."""
    diagnoses: tuple[Diagnosis, ...]
    claim_number: str | None = None
    """Of the claim that fills it, None where it is to be ticked by hand."""
    paid: Money | None = None


class Row(Value, frozen=True, kw_only=True):
    """One row with its box."""

    ticked: bool
    code: str
    words: str
    amount: str
    """Blank where none stands there."""


class Part(Value, frozen=True, kw_only=True):
    """Rows under a head."""

    head: str
    rows: tuple[Row, ...]


class Sheet(Value, frozen=True, kw_only=True):
    """The texts of a superbill."""

    title: str
    practice: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    """Label and text; a text is blank where a hand fills it."""
    parts: tuple[Part, ...]
    """Charges, then diagnoses."""
    foot: tuple[tuple[str, str], ...]
    left_out: str
    """Says how many charges had no room; holds ``%(count)s``."""
    page: str
    """Says which page it is; holds ``%(page)s`` and ``%(pages)s``."""


def compose(visited: Visited, manner: Manner) -> Sheet:
    """The texts for what was visited."""
    said = manner.said
    facts: tuple[tuple[str, str], ...] = (
        (said(N_("Patient")), visited.patient),
        (said(N_("Day")), manner.day(visited.on)),
        (said(N_("Born")), manner.day(visited.birth)),
        (said(N_("Provider")), visited.provider or ""),
        (said(N_("Chart")), visited.chart_number),
        (said(N_("Place")), visited.place or ""),
        (said(N_("Policy")), visited.policy or ""),
        (said(N_("Reason")), visited.reason or ""),
    )
    if visited.claim_number:
        facts += ((said(N_("Claim")), visited.claim_number),)
    numbers = ((N_("NPI"), visited.npi), (N_("Tax id"), visited.tax_id))
    return Sheet(
        title=said(N_("Superbill")),
        practice=(*visited.practice, "  ".join(f"{said(label)} {number}" for label, number in numbers if number)),
        facts=facts,
        parts=(
            Part(
                head=said(N_("Services")),
                rows=tuple(_charge(charge, manner) for charge in visited.charges),
            ),
            Part(head=said(N_("Diagnoses")), rows=tuple(_diagnosis(each) for each in visited.diagnoses)),
        ),
        foot=_foot(visited, manner),
        left_out=said(N_("%(count)s further rows of the charge list have no room on these pages.")),
        page=said(N_("Page %(page)s of %(pages)s")),
    )


def _charge(charge: Charge, manner: Manner) -> Row:
    code = " ".join((charge.code.value, *charge.modifiers))
    letters = "".join(LETTERS[place - 1] for place in charge.pointers if 1 <= place <= len(LETTERS))
    more = " ".join(part for part in (f"× {charge.units}" if charge.units not in (None, "1") else "", letters) if part)
    return Row(
        ticked=charge.done,
        code=code,
        words=f"{charge.words}  {more}" if more else charge.words,
        amount=manner.amount(charge.price.cents),
    )


def _diagnosis(each: Diagnosis) -> Row:
    letter = f"{LETTERS[each.position - 1]} " if each.position else ""
    return Row(ticked=each.position is not None, code=letter + pointed(each.code), words=each.words, amount="")


def _foot(visited: Visited, manner: Manner) -> tuple[tuple[str, str], ...]:
    said = manner.said
    total, paid = "", ""
    if visited.claim_number:
        charged = sum(charge.price.cents for charge in visited.charges if charge.done)
        total = manner.amount(charged)
        paid = manner.amount(visited.paid.cents) if visited.paid else ""
    return (
        (said(N_("Total")), total),
        (said(N_("Paid today")), paid),
        (said(N_("Paid by")), ""),
        (said(N_("Next visit")), ""),
        (said(N_("Remarks")), ""),
        (said(N_("Signature")), ""),
    )

"""What the bench did at a claim's visits, as lines the claim could take.

Priced by the charge list, with the order's diagnoses. What the list does not have is told, never left out in silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import date
from decimal import Decimal

from billing.coding.changes import Change, PutLines, SetField, apply
from billing.coding.coding import CodedLine, Coding
from billing.coding.lab_charges import lab_charges
from billing.domain.professional import MAX_ACTS, MAX_DIAGNOSES
from billing.services.pricing import Priced
from clinic.domain.code import ICD10CM, Code
from clinic.domain.period import Period
from clinic.domain.quantity import Quantity
from clinic.domain.us_identifiers import read_procedure
from clinic.domain.value import Value
from clinic.services.library import library
from lab.domain.charges import LabCharge
from lab.services.billing_facts import facts_of_visits

Prices = dict[tuple[str, str], Priced]


class LabOffer(Value, frozen=True, kw_only=True):
    """What a claim could take of the bench's work, and how much of it is there."""

    diagnoses: tuple[Code, ...] = ()
    lines: tuple[CodedLine, ...] = ()
    """Their pointers count in ``diagnoses``; their numbers are given when they are put on."""
    there: tuple[LabCharge, ...] = ()
    """On the claim already."""
    unpriced: tuple[LabCharge, ...] = ()
    """Not on the charge list."""
    self_pay: tuple[LabCharge, ...] = ()
    """The patient pays, and the payer is not asked."""
    clia: str | None = None
    """The certificate's number, where the claim has none and a line needs it."""

    def __bool__(self) -> bool:
        """Whether there is anything to take."""
        return bool(self.lines)


def lab_offer(
    practice_id: int, coding: Coding, visit_ids: Collection[int], prices_of: Callable[[], Prices]
) -> LabOffer:
    """The bench's lines that a coding of these visits lacks. Prices are asked for where there is anything to price."""
    everything = lab_charges(facts_of_visits(practice_id, visit_ids))
    charges = [charge for charge in everything if not charge.self_pay]
    self_pay = tuple(charge for charge in everything if charge.self_pay)
    if not charges:
        return LabOffer(self_pay=self_pay)
    there, missing = _apart(coding, charges)
    prices = prices_of()
    priced = [charge for charge in missing if price_of(charge, prices)]
    room = max(0, MAX_ACTS - len(coding.lines))
    taken = priced[:room]
    diagnoses = _diagnoses(coding, taken)
    clia = next((charge.clia for charge in (*taken, *there) if charge.clia), None)
    return LabOffer(
        diagnoses=diagnoses,
        lines=tuple(_line(charge, prices, diagnoses) for charge in taken),
        there=tuple(there),
        unpriced=tuple(charge for charge in missing if not price_of(charge, prices)),
        clia=clia if coding.clia is None else None,
        self_pay=self_pay,
    )


def changes_of(offer: LabOffer) -> tuple[Change, ...]:
    """What putting an offer on a claim changes."""
    lines: tuple[Change, ...] = (PutLines(diagnoses=offer.diagnoses, lines=offer.lines),) if offer.lines else ()
    return (*lines, SetField("clia", offer.clia)) if offer.clia else lines


def with_lab(coding: Coding, offer: LabOffer) -> Coding:
    """A coding with the offer put on."""
    for change in changes_of(offer):
        coding = apply(coding, change)
    return coding


def price_of(charge: LabCharge, prices: Prices) -> Priced | None:
    """What the list asks for it."""
    code = read_procedure(charge.code)
    return prices.get((code.system, code.value))


def _apart(coding: Coding, charges: Sequence[LabCharge]) -> tuple[list[LabCharge], list[LabCharge]]:
    """What a coding has and what it lacks, by number and day: a biller may have given a line other modifiers."""
    left: Counter[tuple[str, date]] = Counter((line.code.value, line.service.start) for line in coding.lines)
    there: list[LabCharge] = []
    missing: list[LabCharge] = []
    for charge in charges:
        key = (charge.code, charge.on)
        (there if left[key] > 0 else missing).append(charge)
        left[key] -= 1
    return there, missing


def _diagnoses(coding: Coding, charges: Sequence[LabCharge]) -> tuple[Code, ...]:
    """Those of the orders, as many as there is room for, and none that cannot be billed on its day."""
    book = library()
    found: dict[Code, None] = {}
    room = MAX_DIAGNOSES - len(coding.diagnoses)
    for charge in charges:
        for each in charge.diagnoses:
            code = Code(ICD10CM, each.replace(".", ""))
            new = code not in found and code not in coding.diagnoses
            if new and (room <= 0 or book.status(ICD10CM, code.value, charge.on).state != "billable"):
                continue
            room -= new
            found[code] = None
    return tuple(found)


def _line(charge: LabCharge, prices: Prices, diagnoses: tuple[Code, ...]) -> CodedLine:
    priced = price_of(charge, prices)
    if priced is None:
        raise LookupError(charge.code)
    own = [Code(ICD10CM, each.replace(".", "")) for each in charge.diagnoses]
    return CodedLine(
        number="0",
        code=priced.code,
        words=priced.words,
        service=Period(charge.on),
        quantity=Quantity(Decimal(charge.units)),
        charge=priced.price * charge.units,
        pointers=tuple(diagnoses.index(code) + 1 for code in own if code in diagnoses)[:4],
        modifiers=charge.modifiers,
    )

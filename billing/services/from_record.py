"""What the record of a visit says about its claim: diagnoses and lines, nothing invented."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from billing.coding.changes import AddLine
from billing.services.pricing import Priced
from clinic.domain.code import ICD10CM, Code
from clinic.domain.period import Period
from clinic.domain.quantity import Quantity
from clinic.models import Visit, VisitAct
from clinic.services.library import library
from clinic.services.mappings import NOTHING, Mapped


def diagnoses_of(visit: Visit, names: Mapped = NOTHING) -> tuple[Code, ...]:
    """The visit's own ICD-10-CM problems that may be billed on its day, each once, however many there are.

    ``names`` says what those of other systems are here.
    """
    book = library()
    found: dict[Code, None] = {}
    for problem in visit.problems:
        if problem.status == "entered-in-error":
            continue
        own = problem.system == ICD10CM and problem.code
        code = Code(ICD10CM, own.replace(".", "")) if own else names.problem(problem)
        if code is not None:
            found[code] = None
    reason = names.reason(visit)
    if reason is not None:
        found[reason] = None
    return tuple(code for code in found if book.status(ICD10CM, code.value, visit.on).state == "billable")


def lines_of(visit: Visit, prices: Mapping[tuple[str, str], Priced], names: Mapped = NOTHING) -> tuple[AddLine, ...]:
    """The visit's acts that stand on the charge list, as lines on its day at the list's price.

    ``names`` says by which charge what another system calls otherwise is billed.
    """
    return tuple(
        AddLine(
            code=priced.code,
            words=priced.words,
            service=Period(visit.on),
            quantity=Quantity(act.quantity.normalize() if act.quantity else Decimal(1), act.unit),
            charge=priced.price * int(act.quantity or 1),
        )
        for act in visit.acts
        if (priced := prices.get((act.system or "", act.code or "")) or _meant(act, prices, names)) is not None
    )


def _meant(act: VisitAct, prices: Mapping[tuple[str, str], Priced], names: Mapped) -> Priced | None:
    code = names.act(act)
    return prices.get((code.system, code.value)) if code else None

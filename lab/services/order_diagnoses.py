"""Diagnoses of an order: typed once, they serve all its lines; a line may have its own."""

from __future__ import annotations

from collections.abc import Sequence

from clinic.domain.code import ICD10CM
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.acting import Actor, Work
from clinic.services.library import library
from lab.domain.order_refusals import refused
from lab.domain.order_story import REPORTED, NotSo
from lab.models import LabOrder, OrderLine
from lab.services.change_line import changed
from lab.services.hold_lines import hold_lines
from lab.services.in_order import in_order, standing

MOST = 12
"""As many as a claim holds: the lines' diagnoses become the claim's."""


def diagnoses_of(lines: Sequence[OrderLine]) -> tuple[str, ...]:
    """All diagnoses of some lines, each once, in their order."""
    return tuple(dict.fromkeys(code for line in lines for code in line.diagnoses))


def add_diagnosis(actor: Actor, order_id: int, code: str) -> None:
    """Add a diagnosis to all lines that are not reported yet.

    Raises:
        Refused: it is no billable code on the day of the order, or there are too many.
    """
    with in_order(actor, order_id) as (work, order):
        wanted = known(order, code)
        lines = [line for line in standing(order) if line.state not in REPORTED]
        if len({*diagnoses_of(lines), wanted}) > MOST:
            raise Refused(N_("An order has at most %(most)s diagnoses."), where="code", most=MOST)
        _put(work, order, {line: (*(each for each in line.diagnoses if each != wanted), wanted) for line in lines})


def take_off_diagnosis(actor: Actor, order_id: int, code: str) -> None:
    """Take a diagnosis off all lines that are not reported yet.

    Raises:
        Refused: an active line would be left without one.
    """
    with in_order(actor, order_id) as (work, order):
        lines = [line for line in standing(order) if line.state not in REPORTED and code in line.diagnoses]
        if any(line.state == "active" and len(line.diagnoses) == 1 for line in lines):
            raise refused(NotSo("last_diagnosis"), "code")
        _put(work, order, {line: tuple(each for each in line.diagnoses if each != code) for line in lines})


def known(order: LabOrder, code: str) -> str:
    """The code as it is kept, billable on the day of the order.

    Raises:
        Refused: there is none, or it needs more characters.
    """
    wanted = code.strip().upper().replace(".", "")
    found = library().lookup(ICD10CM, wanted, order.ordered_on) if wanted else None
    if found is None:
        raise Refused(
            N_("There is no such code on the day of the order."), where="code", remedy=N_("Search by its words.")
        )
    if not found.billable:
        raise Refused(N_("This code needs more characters."), where="code", remedy=N_("Choose one below it."))
    return wanted


def _put(work: Work, order: LabOrder, lines: dict[OrderLine, tuple[str, ...]]) -> None:
    if not lines:
        raise refused(NotSo("line_state"), "code")
    for line, diagnoses in lines.items():
        changed(work, order, line, diagnoses=diagnoses)
    hold_lines(work, order)

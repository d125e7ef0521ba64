"""Changing one line of an order: where it is run, its own diagnoses, its reason and answers."""

from __future__ import annotations

from typing import Any

from clinic.domain.refusal import Refused
from clinic.domain.value import as_json
from clinic.domain.words import N_
from clinic.models import Location
from clinic.services.acting import Actor, Work
from lab.domain.order_refusals import refused
from lab.domain.order_story import LineChanged, NotSo
from lab.models import LabOrder, OrderLine
from lab.services.hold_lines import hold_lines
from lab.services.in_order import in_order, line_of
from lab.services.order_facts import tell
from lab.services.order_lines import Choice, chosen

REASON = 200


def change_line(
    actor: Actor, order_id: int, line_id: int, *, laboratory_id: int | None, diagnoses: tuple[str, ...], reason: str
) -> None:
    """Change a line; what it was run for, and by whom, is told by its facts.

    Args:
        actor: who changes it.
        order_id: the order.
        line_id: its line.
        laboratory_id: who runs it, None in house.
        diagnoses: of the diagnoses of the order, those that are this line's.
        reason: why it is ordered, in words.

    Raises:
        Refused: it may not be run there, its container is planned already, or a diagnosis is not the order's.
    """
    with in_order(actor, order_id) as (work, order):
        line = line_of(order, line_id)
        theirs = {code for each in order.lines for code in each.diagnoses}
        if not theirs >= set(diagnoses):
            raise Refused(N_("This is not one of the order's diagnoses."), where="diagnoses")
        if line.state == "active" and line.diagnoses and not diagnoses:
            raise refused(NotSo("last_diagnosis"), "diagnoses")
        moved: dict[str, Any] = {}
        if laboratory_id != line.laboratory_id:
            where = work.session.get_one(Location, order.location_id)
            test = chosen(actor, Choice(test=line.test_key, laboratory_id=laboratory_id), where)
            moved = {"in_house": laboratory_id is None, "laboratory_id": laboratory_id, "facts": as_json(test)}
        changed(work, order, line, diagnoses=diagnoses, reason=as_reason(reason), **moved)
        hold_lines(work, order)


def as_reason(text: str | None) -> str | None:
    """A reason as it is kept: one line.

    Raises:
        Refused: it is longer.
    """
    why = " ".join((text or "").split()) or None
    if why and len(why) > REASON:
        raise Refused(N_("The reason is longer than a line."), where="reason", remedy=N_("Shorten it."))
    return why


def changed(work: Work, order: LabOrder, line: OrderLine, **said: Any) -> bool:
    """Tell what a line says from now on, where that is something else. Gives whether it was."""
    now: dict[str, Any] = {
        "in_house": line.in_house,
        "laboratory_id": line.laboratory_id,
        "diagnoses": tuple(line.diagnoses),
        "reason": line.reason,
        "answers": line.answers or None,
    }
    wanted = now | {name: value for name, value in said.items() if name != "facts"}
    if wanted == now:
        return False
    tell(work, order, "order.line_changed", LineChanged(line_id=line.id, facts=said.get("facts"), **wanted))
    return True

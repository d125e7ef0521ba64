"""Making work again: the case ends with its reason, and another one that names it takes its place, in one act."""

from __future__ import annotations

from datetime import date, datetime

from msgspec.structs import replace

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.acting import Actor
from lab.domain.container import NotPossible
from lab.domain.dental_case_events import Opened, Remade
from lab.domain.dental_case_refusals import case_refused
from lab.services.case_facts import begin_case, case_in_hand, case_of, tell_case
from lab.services.dental_tables import remake_reasons
from lab.services.open_case import number_for, place_of, prescribed

OTHER = "other"


def remake_case(
    actor: Actor,
    case_id: int,
    code: str,
    words: str = "",
    *,
    seat_on: date | None = None,
    record: str | None = None,
    at: datetime | None = None,
) -> str:
    """End a case as to be made again, and open the one that takes its place; gives its number.

    Args:
        actor: who says so.
        case_id: the case.
        code: of ``remake_reasons.csv``; another reason needs words.
        words: what was found.
        seat_on: the day of the new seat visit, where it is known.
        record: ``impression`` or ``scan`` of the new case; as before where None.
        at: when, now if it is not said.

    Raises:
        Refused: there is no such reason, the words are missing, or the case did not leave yet.
    """
    with case_in_hand(actor, case_id, at) as hand:
        if code not in remake_reasons():
            raise Refused(N_("There is no such choice."), where="code", remedy=N_("Choose one of the list."))
        said = words.strip()
        if code == OTHER and not said:
            raise case_refused(NotPossible("reason"), "words")
        was = case_of(hand.row)
        asked = replace(was.prescription, seat_on=seat_on)
        if record is not None:
            asked = replace(asked, record=record)  # ``prescribed`` judges it
        body = Opened(
            at=hand.at,
            number=number_for(hand.work),
            patient_id=was.patient_id,
            location_id=was.location_id,
            provider_id=was.provider_id,
            prescription=prescribed(actor, asked, place_of(actor, hand.row)),
            remakes=hand.row.id,
            first=was.first or hand.row.id,
            remake_reason=code,
        )
        new = begin_case(hand.work, body)
        tell_case(
            hand.work, hand.row, "case.remade", Remade(at=hand.at, code=code, remake_id=new.id), reason=said or None
        )
        return new.number

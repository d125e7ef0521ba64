"""The way of a case: disinfected, sent, back to be tried in or finished, tried in, seated."""

from __future__ import annotations

from datetime import datetime

from clinic.services.acting import Actor
from lab.domain.container import NotPossible
from lab.domain.dental_case_events import Disinfected, Passed, Returned, Sent, Tried
from lab.domain.dental_case_refusals import case_refused
from lab.services.case_facts import case_in_hand, case_of, tell_case
from lab.services.dental_tables import dental_work


def disinfect_case(actor: Actor, case_id: int, product: str | None = None, at: datetime | None = None) -> None:
    """Tell that what was in the mouth is disinfected; by whom is the actor.

    Raises:
        Refused: there is nothing that has to be, or it has left.
    """
    with case_in_hand(actor, case_id, at) as hand:
        tell_case(hand.work, hand.row, "case.disinfected", Disinfected(at=hand.at, product=_line(product)))


def send_case(
    actor: Actor, case_id: int, courier: str | None = None, tracking: str | None = None, at: datetime | None = None
) -> None:
    """Tell that it left for the laboratory.

    Raises:
        Refused: it is not here, an impression or a try-in is not disinfected, or the shade is missing.
    """
    with case_in_hand(actor, case_id, at) as hand:
        asked = case_of(hand.row).prescription
        if dental_work()[asked.work].shaded and asked.shade is None:
            raise case_refused(NotPossible("shade"), hand.row.number)
        tell_case(hand.work, hand.row, "case.sent", Sent(at=hand.at, courier=_line(courier), tracking=_line(tracking)))


def return_case(
    actor: Actor, case_id: int, *, finished: bool, lot: str | None = None, at: datetime | None = None
) -> None:
    """Tell that it is back from the laboratory, finished or to be tried in.

    Raises:
        Refused: it is not at the laboratory.
    """
    with case_in_hand(actor, case_id, at) as hand:
        body = Returned(at=hand.at, finished=finished, lot=_line(lot))
        tell_case(hand.work, hand.row, "case.returned", body)


def try_case_in(actor: Actor, case_id: int, words: str | None = None, at: datetime | None = None) -> None:
    """Tell that it was tried in, and what is to be changed. It is to be disinfected before it goes back.

    Raises:
        Refused: it is not here to be tried in, or that was told already.
    """
    with case_in_hand(actor, case_id, at) as hand:
        tell_case(hand.work, hand.row, "case.tried", Tried(at=hand.at, words=(words or "").strip() or None))


def seat_case(actor: Actor, case_id: int, at: datetime | None = None) -> None:
    """Tell that it is seated.

    Raises:
        Refused: it is not here finished.
    """
    with case_in_hand(actor, case_id, at) as hand:
        tell_case(hand.work, hand.row, "case.seated", Passed(at=hand.at))


def _line(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None

"""Changing what is asked before it leaves, moving the seat visit, writing a note."""

from __future__ import annotations

from datetime import date

from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.services.acting import Actor
from clinic.services.changing import Overtaken, print_of
from clinic.services.clock import today
from lab.domain.container import NotPossible
from lab.domain.dental_case_events import Changed, Moved, Noted, Prescription
from lab.domain.dental_case_refusals import case_refused
from lab.services.case_facts import case_in_hand, case_of, tell_case
from lab.services.open_case import place_of, prescribed

LONGEST = 1000


def change_case(actor: Actor, case_id: int, prescription: Prescription, seen: str) -> None:
    """Put another prescription in the place of the one that was seen.

    Raises:
        Refused: what is asked is not whole, or the case has left.
        Overtaken: someone else changed it meanwhile.
    """
    with case_in_hand(actor, case_id) as hand:
        was: Value = case_of(hand.row).prescription
        if print_of(was) != seen:
            raise Overtaken(was)
        asked = prescribed(actor, prescription, place_of(actor, hand.row))
        tell_case(hand.work, hand.row, "case.changed", Changed(at=hand.at, prescription=asked))


def move_seat_visit(actor: Actor, case_id: int, seat_on: date | None, reason: str | None = None) -> None:
    """Say on which day it is to be seated; None where that is open.

    Raises:
        Refused: the day is past, or nothing is to be seated any more.
    """
    with case_in_hand(actor, case_id) as hand:
        body = Moved(at=hand.at, seat_on=seat_on)
        if body.seat_on is not None and body.seat_on < today(place_of(actor, hand.row).time_zone):
            raise Refused(N_("This day is past."), where="seat_on", remedy=N_("Choose today or a later day."))
        tell_case(hand.work, hand.row, "case.moved", body, reason=" ".join((reason or "").split()) or None)


def note_case(actor: Actor, case_id: int, words: str) -> None:
    """Write a note: what was agreed by phone, what was found.

    Raises:
        Refused: nothing was said, or too much.
    """
    with case_in_hand(actor, case_id) as hand:
        said = words.strip()
        if not said:
            raise case_refused(NotPossible("bad_field"), "words")
        if len(said) > LONGEST:
            raise Refused(N_("The note is too long."), where="words", remedy=N_("Shorten it."))
        tell_case(hand.work, hand.row, "case.noted", Noted(at=hand.at, words=said))

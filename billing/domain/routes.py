"""Who takes the practice's files and by which numbers, and who may exchange them: as values."""

from __future__ import annotations

from datetime import date

from clinic.domain.refusal import Refused
from clinic.domain.set_up import as_kept
from clinic.domain.value import Value
from clinic.domain.words import N_

TRANSACTIONS = {
    "837p": N_("claims, professional"),
    "837d": N_("claims, dental"),
    "835": N_("remittances"),
    "270": N_("eligibility"),
    "276": N_("claim status"),
}
"""What a payer enrols for, by the X12 number of the file."""

FILES_OF = {"professional": "837p", "dental": "837d"}
"""The file in which a kind of claim goes."""


class ClearinghouseFacts(Value, frozen=True, kw_only=True):
    """Who takes files: its name, what it calls the practice, what it calls itself."""

    name: str
    submitter_id: str
    receiver_id: str
    active: bool = False


class RouteFacts(Value, frozen=True, kw_only=True):
    """One payer through one clearinghouse."""

    payer_number: str | None = None
    used: bool = False
    enrols: bool = False


class EnrolmentFacts(Value, frozen=True, kw_only=True):
    """A payer's consent to one kind of file: of the practice, or of one provider."""

    provider_id: int | None = None
    transaction: str
    asked_on: date | None = None
    starts: date | None = None
    ends: date | None = None
    number: str | None = None


def in_order(given: EnrolmentFacts) -> EnrolmentFacts:
    """An enrolment as it is kept.

    Raises:
        Refused: it is for no file we know, has no day, or ends before it starts.
    """
    kept = as_kept(given)
    if kept.transaction not in TRANSACTIONS:
        raise Refused(N_("There is no such choice."), where="transaction", remedy=N_("Choose one of the list."))
    if kept.asked_on is None and kept.starts is None:
        raise Refused(
            N_("An enrolment has the day on which it was asked for, or the one on which it starts."), where="asked_on"
        )
    begun = kept.starts or kept.asked_on
    if kept.ends is not None and begun is not None and kept.ends < begun:
        raise Refused(N_("This ends before it starts."), where="ends", remedy=N_("Give a later day."))
    return kept

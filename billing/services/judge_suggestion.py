"""What the coder makes of a suggestion: put on, another code put, or not wanted. The practice remembers it."""

from __future__ import annotations

from contextlib import suppress

from msgspec.structs import replace

from billing.coding.changes import AddDiagnosis, Change, RemoveDiagnosis
from billing.coding.coding import Coding
from billing.coding.grounds import Grounds, SuggestionRefused
from billing.coding.story import Changed
from billing.coding.suggest.memory import Told, verdicts
from billing.models import ClaimRecord
from billing.services.change_claim import (
    ChangedElsewhere,
    Outcome,
    carry_out,
    here_as_seen,
    must_be_known,
)
from billing.services.claim_value import coding_of
from billing.services.practice_memory import learn, told_of
from billing.services.suggest_codes import Row, Suggested, change_of, codes_of, suggest_codes
from billing.services.telling import tell
from clinic.domain.code import ICD10CM, Code
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.acting import Actor, Work, acting
from clinic.services.library import library

__all__ = ["ChangedElsewhere", "change_typed", "refuse_suggestion", "take_suggestion"]

CATEGORY = 3
"""Characters that codes for the same condition have in common."""


def take_suggestion(
    actor: Actor, claim_id: int, code: Code, *, instead: Code | None = None, sequence: int | None = None
) -> None:
    """Put a suggested code on the claim, or ``instead`` of it another one for the same words; with what it rests on.

    Lines are not pointed anywhere: which of them a diagnosis is for, the coder says.

    Raises:
        Refused: the record does not suggest it, or not as something that may be put on; or the claim has left.
        ChangedElsewhere: the claim has moved on since.
    """
    with acting(actor, "claim.code") as work:
        record = here_as_seen(actor, claim_id, sequence)
        found = suggest_codes(record)
        row = _row(found, code)
        if not row.may:
            raise Refused(
                N_("The record does not say that the patient has it."),
                where="suggestion",
                remedy=N_("Read the note. What is true all the same is typed as a diagnosis."),
            )
        if instead is not None and instead.system == ICD10CM:
            _must_be_billable(record, instead)
        _told(work, record, change_of(found, row, coding_of(record), instead), row.grounds)


def refuse_suggestion(
    actor: Actor, claim_id: int, code: Code, reason: str = "", *, sequence: int | None = None
) -> None:
    """Say that a suggestion is not wanted on this claim. The claim itself stays as it is.

    Raises:
        Refused: the record does not suggest it, or the claim has left.
        ChangedElsewhere: the claim has moved on since.
    """
    with acting(actor, "claim.code") as work:
        record = here_as_seen(actor, claim_id, sequence)
        body = SuggestionRefused(grounds=_row(suggest_codes(record), code).grounds)
        told = told_of(record.practice_id, record.id)
        tell(work, record, "claim.suggestion_refused", body, reason=reason.strip()[:LONGEST_REASON] or None)
        learn(work, verdicts(told), verdicts([*told, Told(body, work.at)]))


LONGEST_REASON = 200


def change_typed(actor: Actor, claim_id: int, change: Change, *, sequence: int | None = None) -> Outcome:
    """Do a change that was typed at the desk. A diagnosis typed in place of a suggested one is remembered as that.

    In place of: the record suggests another code of the same category, which is not on the claim, and does not suggest
    the one that is typed. Taking out a code that came of a suggestion takes back what was remembered of it.

    Raises:
        Refused: the claim has left the house, or the change does not fit.
        ChangedElsewhere: the claim has moved on since.
        Unknown: the change names someone or something the practice does not have.
    """
    with acting(actor, "claim.code") as work:
        record = here_as_seen(actor, claim_id, sequence)
        must_be_known(record, change)
        grounds = _grounds(record, change)
        return _told(work, record, change, grounds) if grounds else carry_out(work, record, change)


def _told(work: Work, record: ClaimRecord, change: Change, grounds: Grounds) -> Outcome:
    told = told_of(record.practice_id, record.id)
    outcome = carry_out(work, record, change, grounds)
    body = Changed(change=change, blocks=0, warnings=0, grounds=grounds)
    learn(work, verdicts(told), verdicts([*told, Told(body, work.at)]))
    return outcome


def _grounds(record: ClaimRecord, change: Change) -> Grounds | None:
    """The suggestion that a typed change is about; None where it is about none, or nothing can be suggested."""
    coding = coding_of(record)
    if isinstance(change, AddDiagnosis):
        row = _in_place_of(record, change.code, coding)
        return row.grounds if row else None
    if isinstance(change, RemoveDiagnosis) and 1 <= change.position <= len(coding.diagnoses):
        return _taken_out(record, coding.diagnoses[change.position - 1], coding)
    return None


def _taken_out(record: ClaimRecord, code: Code, coding: Coding) -> Grounds | None:
    """Taking out what was suggested: another code stands in its place, or what was said of it is taken back."""
    found = _found(record)
    suggested = codes_of((*found.open, *found.there, *found.apart)) if found else frozenset()
    others = [
        each
        for each in coding.diagnoses
        if each != code and each.value[:CATEGORY] == code.value[:CATEGORY] and each not in suggested
    ]
    row = found.row(code) if found else None
    if row is not None and len(others) == 1:
        return replace(row.grounds, instead=others[0])
    for (key, was_suggested), verdict in verdicts(told_of(record.practice_id, record.id)).items():
        if verdict.chosen == code:
            return Grounds(key=key, suggested=was_suggested, taken_back=True)
    return None


def _found(record: ClaimRecord) -> Suggested | None:
    """What is suggested; None where nothing is read, or no code set is loaded: a typed code is still a code."""
    if not record.visits:
        return None
    with suppress(Refused):
        return suggest_codes(record)
    return None


def _in_place_of(record: ClaimRecord, code: Code, coding: Coding) -> Row | None:
    found = _found(record)
    if found is None:
        return None
    own = found.row(code)
    if own is not None and own.may:
        return own  # typed, and suggested: as good as accepted
    if code in codes_of((*found.open, *found.there, *found.apart)):
        return None
    same = [row for row in found.open if row.proposal.code.value[:CATEGORY] == code.value[:CATEGORY]]
    return same[0] if len(same) == 1 and same[0].proposal.code not in coding.diagnoses else None


def _row(found: Suggested, code: Code) -> Row:
    row = found.row(code)
    if row is None:
        raise Refused(
            N_("The record does not suggest that code any more."),
            where="suggestion",
            remedy=N_("Look at the suggestions again."),
        )
    return row


def _must_be_billable(record: ClaimRecord, code: Code) -> None:
    if library().status(code.system, code.value, record.service_on).state != "billable":
        raise Refused(
            N_("“%(text)s” is not a diagnosis that can be billed on that day."),
            where="instead",
            remedy=N_("Choose one from the list, or type the whole code."),
            text=code.value,
        )

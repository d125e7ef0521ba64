"""The level of a claim's office visit: keeping what was found, and putting the line that says so on the claim."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from billing.coding.changes import AddLine, Change, SetLine
from billing.coding.coding import CodedLine, Coding
from billing.coding.level.documented import Documented
from billing.coding.level.found import LevelFound
from billing.coding.level.level import LEVELS, Level, level_of
from billing.coding.level.minutes import PROLONGED, SINCE
from billing.models import ClaimRecord
from billing.services.change_claim import carry_out, must_be_as_seen, must_be_here
from billing.services.claim_value import coding_of, load
from billing.services.pricing import Priced, price_list
from billing.services.telling import tell
from billing.services.visit_known import MEDICARE, last_found
from clinic.domain.code import procedure
from clinic.domain.period import Period
from clinic.domain.quantity import Quantity
from clinic.domain.refusal import Refused
from clinic.domain.value import as_json
from clinic.domain.words import N_
from clinic.services.acting import Actor, acting


def find_level(actor: Actor, claim_id: int, documented: Documented) -> Level:
    """Say what is documented; kept as a fact of the claim where it is not what was said last. Puts nothing on it.

    Raises:
        Refused: the visit is of before 2021, or the claim has left.
        Unknown: no such claim.
    """
    with acting(actor, "claim.code") as work:
        record = load(actor, claim_id)
        must_be_here(record)
        if record.service_on < SINCE:
            raise Refused(
                N_("Office visits before 2021 were judged by other rules."),
                where="level",
                remedy=N_("Type the code that the note supports."),
            )
        level = level_of(documented)
        found = LevelFound(documented=documented, code=level.code)
        if found == last_found(record):
            work.journal("claim", record.id, detail="claim.found")
        else:
            tell(work, record, "claim.level_found", found)
        return level


def put_level(actor: Actor, claim_id: int, *, sequence: int | None = None) -> str:
    """Put the level that was found on the claim: instead of the office visit that stands there, else as a further line.

    Gives its code. ``sequence`` is that of the claim the person saw.

    Raises:
        Refused: nothing was found yet, it stands there already, or the charge list lacks the code.
        ChangedElsewhere: the claim has moved on since.
        Unknown: no such claim.
    """
    with acting(actor, "claim.code") as work:
        record = _in_hand(actor, claim_id, sequence)
        found = last_found(record)
        if found is None or found.code is None:
            raise Refused(
                N_("No level was found yet."),
                where="level",
                remedy=N_("Say what is documented, then look at what it comes to."),
            )
        coding = coding_of(record)
        line = office_visit(coding)
        if line is not None and line.code.value == found.code:
            raise Refused(N_("%(code)s is already on the claim."), where="level", code=found.code)
        for change in _instead(coding, line, _priced(record, found.code), record):
            carry_out(work, record, change)
        return found.code


def put_prolonged(actor: Actor, claim_id: int, *, sequence: int | None = None) -> int:
    """Put Medicare's prolonged service on the claim, as often as the time that was found reaches it. Gives how often.

    Raises:
        Refused: the time does not reach it, another payer is billed, it is there already, or the charge list lacks it.
        ChangedElsewhere: the claim has moved on since.
        Unknown: no such claim.
    """
    with acting(actor, "claim.code") as work:
        record = _in_hand(actor, claim_id, sequence)
        found = last_found(record)
        units = level_of(found.documented).prolonged if found else 0
        if not units or record.coverage is None or record.coverage.filing != MEDICARE:
            raise Refused(
                N_("Prolonged time is billed to Medicare only, beside the highest level chosen by time."),
                where="level",
                remedy=N_("Say the minutes that are documented, and look at what they come to."),
            )
        coding = coding_of(record)
        if any(line.code.value == PROLONGED for line in coding.lines):
            raise Refused(N_("%(code)s is already on the claim."), where="level", code=PROLONGED)
        visit = office_visit(coding)
        priced = _priced(record, PROLONGED)
        pointers = visit.pointers if visit else ()
        carry_out(work, record, _line(priced, record, units, pointers))
        return units


def office_visit(coding: Coding) -> CodedLine | None:
    """The first line that bills an office visit."""
    return next((line for line in coding.lines if line.code.value in LEVELS), None)


def _in_hand(actor: Actor, claim_id: int, sequence: int | None) -> ClaimRecord:
    record = load(actor, claim_id)
    must_be_here(record)
    must_be_as_seen(record, sequence)
    return record


def _priced(record: ClaimRecord, value: str) -> Priced:
    code = procedure(value)
    payer = record.coverage.payer_id if record.coverage else None
    priced = price_list(record.practice_id, payer).get((code.system, code.value))
    if priced is None:
        raise Refused(
            N_("“%(text)s” is not on the charge list."),
            where="level",
            remedy=N_("Add it to the charge list with its price, then put it on the claim."),
            text=value,
        )
    return priced


def _instead(coding: Coding, line: CodedLine | None, priced: Priced, record: ClaimRecord) -> Iterator[Change]:
    if line is None:
        pointers = (1,) if len(coding.diagnoses) == 1 else ()
        yield _line(priced, record, 1, pointers)
        return
    yield SetLine(line.number, "code", as_json(priced.code))
    yield SetLine(line.number, "words", priced.words)
    yield SetLine(line.number, "charge", as_json(priced.price))


def _line(priced: Priced, record: ClaimRecord, units: int, pointers: tuple[int, ...]) -> AddLine:
    return AddLine(
        code=priced.code,
        words=priced.words,
        service=Period(record.service_on),
        quantity=Quantity(Decimal(units)),
        charge=priced.price * units,
        pointers=pointers,
    )

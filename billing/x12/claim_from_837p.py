"""A ProfessionalClaim out of the frames of loop 2300 and the loops around it. Places: docs/claim-map.md."""

from __future__ import annotations

from billing.domain.professional import (
    CLAIM_DATE_ORDER,
    ClaimDate,
    Professional,
    ProfessionalClaim,
)
from billing.x12.claim_from_837 import Said, diagnoses, said, whole
from billing.x12.frame import Frame
from billing.x12.line_from_837p import act
from billing.x12.parties_from_x12 import (
    colleague,
    day,
    facility,
    keyed,
    need,
    optional,
    period,
    provider,
    required,
)
from billing.x12.syntax import COMPONENT
from billing.x12.walk import Walk
from billing.x12.who_from_837 import Biller, Insured, Patient
from clinic.domain.period import Period

_DATES = tuple((code, keyed(f"DTP*{code}")) for code in CLAIM_DATE_ORDER)
_NOTE = keyed("NTE*ADD")
_DISABLED, _DISABLED_FROM, _ADMITTED, _DISCHARGED = (keyed(f"DTP*{code}") for code in ("314", "360", "435", "096"))
_BK, _BG = keyed("HI*BK"), keyed("HI*BG")


def claim(walk: Walk, frame: Frame, who: Biller, covered: Insured, whom: Patient) -> ProfessionalClaim:
    """The claim of one 2300.

    Raises:
        CannotHold: something a claim needs is missing or is said in a way it cannot hold.
    """
    told = said(frame)
    acts = tuple([act(walk, line, who.currency) for line in frame.children.get("2400", ())])
    part = _part(walk, frame, told, whom.casualty)
    return whole("professional", walk, frame, (who, covered, whom), (told, part, acts))


def _part(walk: Walk, frame: Frame, told: Said, casualty: str | None) -> Professional:
    segments, clm = frame.segments, told.clm
    found = diagnoses(frame)
    if not found:
        need(frame, _BK, frame)
    note = segments.get(_NOTE)
    first = frame.first
    rendering, referring, supervising, where = first("2310B"), first("2310A"), first("2310D"), first("2310C")
    dated = [key for key in segments if key.startswith("DTP")]
    return Professional(
        diagnoses=found,
        place=told.place,
        rendering=provider(walk, rendering) if rendering else None,
        referring=colleague(walk, referring, "DN") if referring else None,
        supervising=colleague(walk, supervising, "DQ") if supervising else None,
        facility=facility(walk, where) if where else None,
        signed=required(clm, 6, frame),  # type: ignore[arg-type]  # the table's codes
        assignment=required(clm, 7, frame),  # type: ignore[arg-type]  # the table's codes
        accident=told.causes,  # type: ignore[arg-type]  # the table's codes
        accident_state=told.state,
        dates=_dates(frame) if dated else (),
        unable_to_work=_unable(walk, frame) if dated else None,
        hospital=_hospital(walk, frame) if dated else None,
        condition_codes=_conditions(frame) if _BG in segments else (),
        casualty_claim=casualty,
        note=optional(note, 2) if note else None,
    )


def _dates(frame: Frame) -> tuple[ClaimDate, ...]:
    segments = frame.segments
    return tuple(
        ClaimDate(code, day(required(segments[key], 3, frame), frame, "DTP03"))  # type: ignore[arg-type]  # from the list of them
        for code, key in _DATES
        if key in segments
    )


def _conditions(frame: Frame) -> tuple[str, ...]:
    return tuple(code.partition(COMPONENT)[2] for row in frame.all(_BG) for code in row[1:])


def _unable(walk: Walk, frame: Frame) -> Period | None:
    span, since = frame.segments.get(_DISABLED), frame.segments.get(_DISABLED_FROM)
    if span and since:
        walk.spare_segment(frame, _DISABLED_FROM)
    return period(span or since or [], frame) if span or since else None


def _hospital(walk: Walk, frame: Frame) -> Period | None:
    admitted, discharged = frame.segments.get(_ADMITTED), frame.segments.get(_DISCHARGED)
    if admitted is None:
        if discharged:
            walk.spare_segment(frame, _DISCHARGED)
        return None
    end = day(required(discharged, 3, frame), frame, "DTP03") if discharged else None
    return Period(day(required(admitted, 3, frame), frame, "DTP03"), end)

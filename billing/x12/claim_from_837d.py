"""A DentalClaim out of the frames of loop 2300 and the loops around it. Places: docs/claim-map.md."""

from __future__ import annotations

from billing.domain.dental import (
    CLAIM_DAYS,
    Attachment,
    Dental,
    DentalClaim,
    DentalDate,
    MissingTooth,
    Orthodontics,
)
from billing.x12.claim_from_837 import Said, diagnoses, said, whole
from billing.x12.frame import Frame
from billing.x12.line_from_837d import act
from billing.x12.parties_from_x12 import (
    CannotHold,
    colleague,
    day,
    decimal,
    facility,
    keyed,
    need,
    optional,
    period,
    provider,
    required,
)
from billing.x12.walk import Walk
from billing.x12.who_from_837 import Biller, Insured, Patient
from clinic.domain.period import Period

_DATES = tuple((code, keyed(f"DTP*{code}")) for code in CLAIM_DAYS)
_SERVED, _NOTE, _ANSWERED = keyed("DTP*472"), keyed("NTE*ADD"), keyed("REF*G3")


def claim(walk: Walk, frame: Frame, who: Biller, covered: Insured, whom: Patient) -> DentalClaim:
    """The claim of one 2300.

    Raises:
        CannotHold: something a claim needs is missing or is said in a way it cannot hold.
    """
    told = said(frame)
    asked = told.clm[19:20] == ["PB"]
    served = _asked_on(walk) if asked else _served(frame)
    lines = frame.children.get("2400", ())
    acts = tuple([act(walk, line, who.currency, served, asked=asked) for line in lines])
    part = _part(walk, frame, told, whom.casualty)
    return whole("dental", walk, frame, (who, covered, whom), (told, part, acts))


def _served(frame: Frame) -> Period | None:
    dtp = frame.segments.get(_SERVED)
    return period(dtp, frame) if dtp else None


def _asked_on(walk: Walk) -> Period:
    """The day a predetermination is asked: the one on which the file was made (BHT04)."""
    root = walk.root
    return Period(day(required(need(root, "BHT", root), 4, root), root, "BHT04"))


def _part(walk: Walk, frame: Frame, told: Said, casualty: str | None) -> Dental:
    segments, clm, first = frame.segments, told.clm, frame.first
    referring, rendering, where, assistant, supervising = (first(f"2310{letter}") for letter in "ABCDE")
    answered = segments.get(_ANSWERED)
    return Dental(
        place=told.place,
        signed=required(clm, 6, frame),  # type: ignore[arg-type]  # the table's codes
        assignment=required(clm, 7, frame),  # type: ignore[arg-type]  # the table's codes
        diagnoses=diagnoses(frame),
        predetermination=clm[19:20] == ["PB"],
        predetermination_number=optional(answered, 2) if answered else None,
        rendering=provider(walk, rendering) if rendering else None,
        assistant=provider(walk, assistant, "DD", "AS") if assistant else None,
        referring=colleague(walk, referring, "DN") if referring else None,
        supervising=colleague(walk, supervising, "DQ") if supervising else None,
        facility=facility(walk, where) if where else None,
        accident=told.causes,  # type: ignore[arg-type]  # the table's codes
        accident_state=told.state,
        dates=tuple(
            DentalDate(code, day(required(segments[key], 3, frame), frame, "DTP03"))
            for code, key in _DATES
            if key in segments
        ),
        missing=_missing(frame),
        orthodontics=_orthodontics(walk, frame),
        attachments=_attachments(frame),
        casualty_claim=casualty,
        notes=tuple(required(note, 2, frame) for note in frame.all(_NOTE)),
    )


def _missing(frame: Frame) -> tuple[MissingTooth, ...]:
    return tuple(
        MissingTooth(required(dn2, 1, frame), required(dn2, 2, frame))  # type: ignore[arg-type]  # the table's codes
        for dn2 in frame.all("DN2")
    )


def _orthodontics(walk: Walk, frame: Frame) -> Orthodontics | None:
    dn1 = frame.segments.get("DN1")
    if dn1 is None:
        return None
    total, remaining = (_months(dn1, at, frame) for at in (1, 2))
    said_too = optional(dn1, 4)
    if said_too and (said_too != "Y" or total is not None or remaining is not None):
        walk.spare_segment(frame, "DN1", "DN104")
    return Orthodontics(total, remaining)


def _months(dn1: list[str], at: int, frame: Frame) -> int | None:
    text = optional(dn1, at)
    if text is None:
        return None
    value = decimal(text)
    if value is None or not value.is_finite() or value != value.to_integral_value():
        raise CannotHold(frame, f"DN1{at:02d}")
    return int(value)


def _attachments(frame: Frame) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(required(pwk, 1, frame), required(pwk, 2, frame), optional(pwk, 6))  # type: ignore[arg-type]  # the table's codes
        for pwk in frame.all("PWK")
    )

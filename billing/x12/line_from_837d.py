"""A service line of an 837D: loop 2400, with its teeth and who did it (2420A, 2420B)."""

from __future__ import annotations

from billing.domain.claim import Act
from billing.domain.dental import ACT_DAYS, DentalAct, DentalActDate, DentalActLine, Prosthesis, TreatedTooth
from billing.x12.frame import Frame
from billing.x12.parties_from_x12 import (
    CannotHold,
    day,
    keyed,
    money,
    need,
    optional,
    period,
    provider,
    quantity,
    required,
)
from billing.x12.syntax import COMPONENT
from billing.x12.walk import Walk
from clinic.domain.code import CDT, Code
from clinic.domain.period import Period

_SERVED, _PLACED, _ESTIMATED = keyed("DTP*472"), keyed("DTP*441"), keyed("DTP*139")
_NUMBER, _ANSWERED = keyed("REF*6R"), keyed("REF*G3")
_DATES = tuple((code, keyed(f"DTP*{code}")) for code in ACT_DAYS)


def act(walk: Walk, frame: Frame, currency: str, served: Period | None, *, asked: bool) -> DentalActLine:
    """The act of one line.

    Without DTP*472 its day is the claim's, without REF*6R its number is LX01, without SV306 it was done once.

    Raises:
        CannotHold: something is missing or is said in a way a claim cannot hold.
    """
    segments = frame.segments
    sv3, own = need(frame, "SV3", frame), segments.get(_SERVED)
    service = period(own, frame) if own and not asked else served
    if service is None:
        raise CannotHold(frame, "DTP03")
    procedure = required(sv3, 1, frame).split(COMPONENT)
    if procedure[0] != "AD" or len(procedure) < 2:
        raise CannotHold(frame, "SV301-1")
    number = segments.get(_NUMBER) or need(frame, "LX", frame)
    return Act(
        number=required(number, 2 if number[0] == "REF" else 1, frame),
        code=Code(CDT, procedure[1]),
        service=service,
        quantity=quantity(optional(sv3, 6) or "1", "UN", frame, "SV306"),
        charge=money(required(sv3, 2, frame), currency, frame, "SV302"),
        part=_part(walk, frame, sv3, procedure),
    )


def _part(walk: Walk, frame: Frame, sv3: list[str], procedure: list[str]) -> DentalAct:
    segments, answered = frame.segments, frame.segments.get(_ANSWERED)
    rendering, assistant = frame.first("2420A"), frame.first("2420B")
    try:
        pointers = tuple([int(each) for each in (optional(sv3, 11) or "").split(COMPONENT) if each])
    except ValueError:
        raise CannotHold(frame, "SV311") from None
    return DentalAct(
        areas=_parts(optional(sv3, 4)),
        teeth=tuple(TreatedTooth(required(too, 2, frame), _parts(optional(too, 3))) for too in frame.all("TOO")),
        prosthesis=_prosthesis(frame, optional(sv3, 5)),
        pointers=pointers,
        modifiers=tuple([each for each in procedure[2:6] if each]),
        description=procedure[6] or None if len(procedure) > 6 else None,
        place=optional(sv3, 3),
        dates=tuple(
            DentalActDate(code, day(required(segments[key], 3, frame), frame, "DTP03"))
            for code, key in _DATES
            if key in segments
        ),
        predetermination_number=optional(answered, 2) if answered else None,
        rendering=provider(walk, rendering) if rendering else None,
        assistant=provider(walk, assistant, "DD", "AS") if assistant else None,
    )


def _parts(text: str | None) -> tuple[str, ...]:
    return tuple([part for part in text.split(COMPONENT) if part]) if text else ()


def _prosthesis(frame: Frame, placement: str | None) -> Prosthesis | None:
    if placement is None:
        return None
    placed, estimated = frame.segments.get(_PLACED), frame.segments.get(_ESTIMATED)
    dtp = placed or estimated
    replaced = day(required(dtp, 3, frame), frame, "DTP03") if dtp else None
    return Prosthesis(placement, replaced, placed is None and estimated is not None)  # type: ignore[arg-type]  # the table's codes

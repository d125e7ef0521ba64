"""A service line of an 837P: loop 2400, with its drug (2410) and who did it (2420A)."""

from __future__ import annotations

from functools import lru_cache

from billing.domain.claim import Act
from billing.domain.professional import (
    Drug,
    ProfessionalAct,
    ProfessionalActLine,
)
from billing.x12.frame import Frame
from billing.x12.parties_from_x12 import (
    CannotHold,
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
from clinic.domain.code import NDC, Code, procedure

_SERVED, _NUMBER = keyed("DTP*472"), keyed("REF*6R")


def act(walk: Walk, frame: Frame, currency: str) -> ProfessionalActLine:
    """The act of one line. Without REF*6R its number is LX01.

    Raises:
        CannotHold: the procedure is coded in another system than HC, or something is missing.
    """
    segments = frame.segments
    sv1, served = need(frame, "SV1", frame), need(frame, _SERVED, frame)
    if len(sv1) < 8:
        raise CannotHold(frame, "SV107")
    _, procedures, charge, unit, units, place, _, pointers, *others = sv1
    service = procedures.split(COMPONENT)
    if service[0] != "HC" or len(service) < 2:
        raise CannotHold(frame, "SV101-1")
    number = segments.get(_NUMBER) or need(frame, "LX", frame)
    children = frame.children
    rendering = children.get("2420A")
    try:
        pointed = tuple([int(pointer) for pointer in pointers.split(COMPONENT) if pointer])
    except ValueError:
        raise CannotHold(frame, "SV107") from None
    return Act(
        number=required(number, 2 if number[0] == "REF" else 1, frame),
        code=_procedure(service[1]),
        service=period(served, frame),
        quantity=quantity(units, unit, frame, "SV104"),
        charge=money(charge, currency, frame, "SV102"),
        part=ProfessionalAct(
            pointers=pointed,
            modifiers=tuple([modifier for modifier in service[2:6] if modifier]),
            place=place or None,
            description=service[6] or None if len(service) > 6 else None,
            emergency=others[1:2] == ["Y"],
            epsdt=others[3:4] == ["Y"],
            rendering=provider(walk, rendering[0]) if rendering else None,
            drug=_drug(walk, frame) if children else None,
        ),
    )


_procedure = lru_cache(maxsize=4096)(procedure)
"""A practice does the same few hundred things."""


def _drug(walk: Walk, frame: Frame) -> Drug | None:
    inner = frame.first("2410")
    if inner is None:
        return None
    lin, ctp = need(inner, "LIN", frame), inner.segments.get("CTP")
    if optional(lin, 2) != "N4" or ctp is None:
        for key in ("LIN", "CTP"):
            if key in inner.segments:
                walk.spare_segment(inner, key)
        return None
    unit = required(ctp, 5, inner).split(COMPONENT)[0]
    return Drug(Code(NDC, required(lin, 3, inner)), quantity(required(ctp, 4, inner), unit, inner, "CTP04"))

"""Setting what the practice takes for usual."""

from __future__ import annotations

from msgspec.structs import replace

from clinic.domain.refusal import Refused
from clinic.domain.value import as_json
from clinic.domain.words import N_
from clinic.services.acting import Actor, acting
from clinic.services.find import Unknown
from lab.domain.ranges import BadRange, Band, check_analyte, never_two
from lab.services.analytes import THING, RangesSet, shipped_ranges


def set_ranges(actor: Actor, test: str, analyte: str, bands: tuple[Band, ...], reason: str) -> None:
    """Say what is usual for an analyte from now on; reports that are there keep their range.

    Raises:
        Refused: limits cross or are no numbers, two bands take the same person, or the reason is missing.
        Unknown: there is no such analyte, or it is none of numbers.
    """
    known = next((each for each in shipped_ranges().get(test, ()) if each.key == analyte), None)
    if known is None or known.kind != "number":
        raise Unknown("analyte")
    said = " ".join(reason.split())
    if not said:
        raise Refused(N_("A reason is needed."), where="reason", remedy=N_("Say where the values come from."))
    try:
        check_analyte(replace(known, bands=bands), analyte)
    except BadRange:
        raise Refused(
            N_("These limits are no numbers, or they cross."),
            where=analyte,
            remedy=N_("From low to high: critical low, low, high, critical high; blank where there is none."),
        ) from None
    if not never_two(bands):
        raise Refused(
            N_("Two of these lines are for the same person."), where=analyte, remedy=N_("Look at sex and age.")
        )
    with acting(actor, "lab.catalogue") as work:
        body = RangesSet(test=test, analyte=analyte, bands=bands)
        work.fact(THING, actor.practice_id, "lab_ranges.set", as_json(body), reason=said)
        work.journal(THING, actor.practice_id, detail=f"{test} {analyte}")

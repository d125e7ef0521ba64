"""Where it was done is a number of a list that has dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.professional import ProfessionalClaim
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.words import N_

_ALWAYS = frozenset(
    {
        f"{number:02d}"
        for span in ((1, 1), (3, 9), (11, 16), (20, 26), (31, 34), (41, 42), (49, 57), (60, 62))
        for number in range(span[0], span[1] + 1)
    }
    | {"65", "71", "72", "81", "99"}
)
"""Numbers that hold for as long as claims here reach back."""
_SINCE = {
    "02": date(2017, 1, 1),
    "10": date(2022, 1, 1),
    "17": date(2010, 5, 1),
    "18": date(2013, 5, 1),
    "19": date(2016, 1, 1),
    "27": date(2023, 10, 1),
    "58": date(2020, 1, 1),
    "66": date(2024, 8, 1),
}
"""Numbers that came later, with their first day."""


@edit(
    "POS-01",
    title=N_("Place of service that does not exist on the day"),
    message=N_("%(place)s is no place of service on %(date)s."),
    severity="block",
    scope="claim",
    fields=("part.place", "acts[].part.place"),
    when='case.apart or claim.part.place not in ("11", "12", "21", "22", "23", "24", "31", "32", "81")',
    makes_redundant=("TXT-02", "TXT-03"),
    kinds=("professional", "dental"),
    source="CMS, Place of Service code set, with its effective dates; 005010X222A1 CLM05-1 and SV105; CMS-1500 box 24B",
    since="2026-11-24",
)
def place_unknown(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """Where it was done is a number of a list that has dates.

    What it checks:
        The place of service of the claim and of each line is in the list CMS keeps, and was already there on
        the first day of service.

    Why payers deny:
        A number outside the list is refused on arrival. Prices depend on the place, so nothing is guessed.

    How to fix:
        Choose the place from the list. The two of telehealth came late: 02 in 2017, 10 in 2022.
    """
    day = case.day
    if day is None:
        return
    if not exists(claim.part.place, day):
        yield at(place=claim.part.place, date=day.isoformat())
    for index, act in enumerate(claim.acts):
        place = act.part.place
        if place is not None and not exists(place, day):
            yield at(f"acts[{index}].part.place", place=place, date=day.isoformat())


def exists(place: str, day: date) -> bool:
    """Whether the list has the place on a day."""
    return place in _ALWAYS or (place in _SINCE and day >= _SINCE[place])


FAILS = (claim_with(place="28"), claim_with(acts=(line(place="00"),)))
PASSES = (claim_with(place="10"), claim_with(acts=(line(place="12"),)))

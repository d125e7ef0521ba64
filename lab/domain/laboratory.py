"""A laboratory outside the house, as what is entered of it."""

from __future__ import annotations

import re

from msgspec.structs import replace

from clinic.domain.refusal import Refused
from clinic.domain.set_up import as_kept
from clinic.domain.value import Value
from clinic.domain.words import N_

BILLS = {"lab": N_("the laboratory bills the payer"), "practice": N_("the practice bills, with modifier 90")}
MOST_DAYS = 365
_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})")


class LaboratoryFacts(Value, frozen=True, kw_only=True):
    """Where specimens or dental cases go."""

    name: str
    clia: str | None = None
    account: str | None = None
    """The practice's number there."""
    phone: str | None = None
    courier: str | None = None
    cutoff: str | None = None
    """``HH:MM``, local time of the place it is fetched from."""
    result_days: int | None = None
    bills: str
    dental: bool = False
    active: bool = False


def read_clock(text: str, where: str) -> str:
    """A time of day as it is kept, ``HH:MM``.

    Raises:
        Refused: it is none.
    """
    found = _CLOCK.fullmatch(text.strip())
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise Refused(N_("This is no time of day."), where=where, remedy=N_("Write it as 16:30."))
    return f"{int(found[1]):02d}:{found[2]}"


def checked(facts: LaboratoryFacts) -> LaboratoryFacts:
    """The facts as they are kept.

    Raises:
        Refused: a needed field is blank, or a number, time or choice is none.
    """
    kept = as_kept(facts)
    if kept.bills not in BILLS:
        raise Refused(N_("There is no such choice."), where="bills", remedy=N_("Choose one of the list."))
    if kept.result_days is not None and not 0 <= kept.result_days <= MOST_DAYS:
        raise Refused(N_("Give 0 to %(most)s days."), where="result_days", most=MOST_DAYS)
    return replace(kept, cutoff=None if kept.cutoff is None else read_clock(kept.cutoff, "cutoff"))

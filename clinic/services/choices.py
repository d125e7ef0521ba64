"""What may be chosen where the house is set up: codes of our own small tables, and time zones."""

from __future__ import annotations

import zoneinfo
from collections.abc import Collection
from functools import cache

from clinic.codes.built_in import TABLES
from clinic.codes.tables import read_table
from clinic.domain.refusal import Refused
from clinic.domain.words import N_


@cache
def _table(name: str) -> dict[str, str]:
    _, contents = read_table((TABLES / name).read_bytes(), name)
    return {row.value: row.display for row in contents.rows}


def places_of_service() -> dict[str, str]:
    """Place of service codes and their words."""
    return _table("pos.csv")


def claim_filings() -> dict[str, str]:
    """Claim filing indicators (X12 SBR09) and their words."""
    return _table("claim_filing.csv")


@cache
def time_zones() -> tuple[str, ...]:
    """The names of the IANA data base that stand for a region: ``America/Chicago``."""
    regions = (name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc/"))
    return tuple(sorted(regions))


def among(value: str, allowed: Collection[str], where: str) -> None:
    """Insist that a value is one of those that may be chosen.

    Raises:
        Refused: it is not.
    """
    if value not in allowed:
        raise Refused(N_("There is no such choice."), where=where, remedy=N_("Choose one of the list."))

"""What something of another system is here: by which key it is known, and what was decided."""

from __future__ import annotations

from typing import Final

from clinic.domain.value import Value
from clinic.domain.words import N_

KINDS: Final[dict[str, str]] = {
    "practitioner": N_("Practitioners"),
    "place": N_("Places"),
    "payer": N_("Payers"),
    "act": N_("Acts"),
    "problem": N_("Problems"),
}
"""What can be mapped, and what its table is called."""

LONGEST: Final = 300
"""Of a key that is words: longer ones fit no index."""


class Decision(Value, frozen=True, kw_only=True):
    """What something is here. Nothing said at all: it is undecided."""

    provider_id: int | None = None
    location_id: int | None = None
    payer_id: int | None = None
    charge_id: int | None = None
    system: str | None = None
    code: str | None = None
    """Of a problem, as claims carry it."""
    not_ours: bool = False
    """It is nothing of ours: an act that is not billed, a stranger."""


UNDECIDED: Final = Decision()

TARGETS: Final = {
    "practitioner": "provider_id",
    "place": "location_id",
    "payer": "payer_id",
    "act": "charge_id",
    "problem": "code",
}
"""The field that says what a thing of a kind is here."""


def coded_key(system: str | None, code: str | None, words: str) -> str:
    """By what an act or problem is known: ``system|code``, its words where it has no code."""
    return (f"{system or ''}|{code}" if code else words)[:LONGEST]

"""Worlds to show edits in: a payer that asks for more than others, and lists of acts and modifiers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from billing.edits.example import EXAMPLE_FACTS, ExampleStatus
from billing.edits.facts import Facts
from billing.payers import PayerProfile
from clinic.domain.code import CPT, HCPCS

_FAR = date(2099, 12, 31)
_LONG_AGO = date(2000, 1, 1)

_DAYS: dict[str, dict[str, tuple[date, date]]] = {
    HCPCS: {
        "J1100": (_LONG_AGO, _FAR),
        "G0438": (_LONG_AGO, _FAR),
        "C9803": (_LONG_AGO, date(2025, 12, 31)),
        "Q5150": (date(2026, 4, 1), _FAR),
    },
    CPT: {"99213": (_LONG_AGO, _FAR), "99441": (_LONG_AGO, date(2025, 12, 31)), "20610": (_LONG_AGO, _FAR)},
    "hcpcs-modifier": {"GT": (_LONG_AGO, _FAR), "LT": (_LONG_AGO, _FAR), "ZA": (_LONG_AGO, date(2025, 12, 31))},
    "carc": {"2": (_LONG_AGO, _FAR), "45": (_LONG_AGO, _FAR)},
}


class _Lists:
    """Complete lists of a few codes with their days; diagnoses are judged as in other examples."""

    def status(self, system: str, value: str, on: date) -> ExampleStatus:
        """How a code stands on a day."""
        if system not in _DAYS:
            found = EXAMPLE_FACTS.codes.status(system, value, on)
            return ExampleStatus(found.state, found.covered, found.release)
        first, last = _DAYS[system].get(value, (_FAR, _LONG_AGO))
        return ExampleStatus("billable" if first <= on <= last else "unknown", True, "2026")


CODED = replace(EXAMPLE_FACTS, codes=_Lists())
"""Lists of acts, modifiers and reasons are loaded."""


DEMANDING = PayerProfile(key="demanding", name="Demanding", form="837p")
"""A payer to ask for more of."""


def asked_by(profile: PayerProfile) -> Facts:
    """The examples' world in which every claim goes to this payer."""
    return replace(EXAMPLE_FACTS, profile_for=lambda _claim: profile)

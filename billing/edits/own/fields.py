"""What a practice's own edit may ask of a claim: named fields, each with its place and its sort of value.

A field is read by one plain function; nothing else of a claim can be reached, so that no rule can read or do more.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Literal, NamedTuple

from billing.edits.facts import AnyAct, AnyClaim
from clinic.domain.party import BillingProvider, Provider
from clinic.domain.words import N_

Sort = Literal["text", "codes", "number", "amount", "flag"]
"""A text or one code; several codes; a whole number; an amount in cents; yes or no."""
Read = Callable[[AnyClaim, AnyAct], Any]
"""Of a claim and its line; a field of the whole claim does not look at the line."""


class Field(NamedTuple):
    """One field a rule may name."""

    words: str
    """What people call it, marked with ``N_``."""
    sort: Sort
    of: Literal["claim", "line"]
    path: str
    """Where a finding about it points, as edits say it."""
    read: Read


def _age(claim: AnyClaim, _line: AnyAct) -> int | None:
    """Whole years on the first day of service."""
    birth = claim.patient.birth
    if birth is None or not claim.acts:
        return None
    on = min(act.service.start for act in claim.acts)
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def _npi(provider: Provider | BillingProvider | None) -> str | None:
    return None if provider is None or provider.identifier is None else provider.identifier.value


def _authority(claim: AnyClaim, name: str) -> str | None:
    return None if claim.authority is None else getattr(claim.authority, name)


def _pointed(claim: AnyClaim, line: AnyAct) -> tuple[str, ...]:
    codes = claim.part.diagnoses
    return tuple(codes[at - 1].value for at in line.part.pointers if 0 < at <= len(codes))


def _weekday(_claim: AnyClaim, line: AnyAct) -> int:
    """Monday is 1."""
    return line.service.start.isoweekday()


def _units(_claim: AnyClaim, line: AnyAct) -> int | None:
    value = line.quantity.value
    return int(value) if value == int(value) else None


def _days(period_start: date, period_last: date) -> int:
    return (period_last - period_start).days + 1


FIELDS: dict[str, Field] = {
    "payer": Field(
        N_("Payer’s number"),
        "text",
        "claim",
        "coverage.payer.identifier.value",
        lambda c, _: c.coverage.payer.identifier.value,
    ),
    "filing": Field(N_("Kind of coverage"), "text", "claim", "coverage.filing", lambda c, _: c.coverage.filing),
    "rank": Field(N_("Rank of the payer"), "text", "claim", "coverage.rank", lambda c, _: c.coverage.rank),
    "member": Field(N_("Member id"), "text", "claim", "coverage.member_id", lambda c, _: c.coverage.member_id),
    "group": Field(N_("Group number"), "text", "claim", "coverage.group_number", lambda c, _: c.coverage.group_number),
    "relationship": Field(
        N_("Patient to subscriber"), "text", "claim", "coverage.relationship", lambda c, _: c.coverage.relationship
    ),
    "frequency": Field(N_("Frequency code"), "text", "claim", "frequency", lambda c, _: c.frequency),
    "total": Field(N_("Total"), "amount", "claim", "total", lambda c, _: c.total.cents),
    "age": Field(N_("Patient’s age in years"), "number", "claim", "patient.birth", _age),
    "diagnoses": Field(
        N_("Diagnoses"), "codes", "claim", "part.diagnoses", lambda c, _: tuple(d.value for d in c.part.diagnoses)
    ),
    "first_diagnosis": Field(
        N_("First diagnosis"),
        "text",
        "claim",
        "part.diagnoses",
        lambda c, _: c.part.diagnoses[0].value if c.part.diagnoses else None,
    ),
    "acts": Field(
        N_("Codes of all lines"), "codes", "claim", "acts", lambda c, _: tuple(act.code.value for act in c.acts)
    ),
    "lines": Field(N_("Number of lines"), "number", "claim", "acts", lambda c, _: len(c.acts)),
    "claim_place": Field(N_("Place of service of the claim"), "text", "claim", "part.place", lambda c, _: c.part.place),
    "billing_npi": Field(
        N_("Billing provider’s NPI"), "text", "claim", "billing.identifier", lambda c, _: _npi(c.billing)
    ),
    "rendering": Field(
        N_("Rendering provider’s NPI"),
        "text",
        "claim",
        "part.rendering.identifier",
        lambda c, _: _npi(c.part.rendering),
    ),
    "referring": Field(
        N_("Referring provider is named"), "flag", "claim", "part.referring", lambda c, _: c.part.referring is not None
    ),
    "authorization": Field(
        N_("Prior authorization"),
        "text",
        "claim",
        "authority.prior_authorization",
        lambda c, _: _authority(c, "prior_authorization"),
    ),
    "referral": Field(
        N_("Referral number"), "text", "claim", "authority.referral", lambda c, _: _authority(c, "referral")
    ),
    "note": Field(N_("Note of the claim"), "text", "claim", "part.note", lambda c, _: c.part.note),
    "accident": Field(N_("Causes of the accident"), "codes", "claim", "part.accident", lambda c, _: c.part.accident),
    "code": Field(N_("Code of the line"), "text", "line", "acts[].code", lambda _, x: x.code.value),
    "modifiers": Field(N_("Modifiers"), "codes", "line", "acts[].part.modifiers", lambda _, x: x.part.modifiers),
    "units": Field(N_("Units"), "number", "line", "acts[].quantity", _units),
    "charge": Field(N_("Charge of the line"), "amount", "line", "acts[].charge", lambda _, x: x.charge.cents),
    "place": Field(
        N_("Place of service of the line"),
        "text",
        "line",
        "acts[].part.place",
        lambda c, x: x.part.place or c.part.place,
    ),
    "pointed": Field(N_("Diagnoses the line points to"), "codes", "line", "acts[].part.pointers", _pointed),
    "line_rendering": Field(
        N_("Who did the line (NPI)"),
        "text",
        "line",
        "acts[].part.rendering.identifier",
        lambda c, x: _npi(x.part.rendering or c.part.rendering),
    ),
    "description": Field(
        N_("Description of the line"), "text", "line", "acts[].part.description", lambda _, x: x.part.description
    ),
    "drug": Field(
        N_("Drug code (NDC)"),
        "text",
        "line",
        "acts[].part.drug",
        lambda _, x: x.part.drug.ndc.value if x.part.drug else None,
    ),
    "weekday": Field(N_("Day of the week, Monday 1 to Sunday 7"), "number", "line", "acts[].service", _weekday),
    "days": Field(
        N_("Days of service"), "number", "line", "acts[].service", lambda _, x: _days(x.service.start, x.service.last)
    ),
}
"""By the key that kept rules hold. A key is never given another meaning."""

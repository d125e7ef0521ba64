"""What a Claim of another system says, as far as nobody should bill the same again unseen.

Such a Claim need not be one that this house could send: pharmacies', hospitals' and withdrawn ones are read too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from billing.fhir.claim import CLAIM_NUMBER
from clinic.domain.words import N_
from clinic.fhir.importer.keys import identifiers, reference_text
from clinic.fhir.importer.records import Kept, OtherRecord
from clinic.fhir.importer.timing import Moment, read_moment, read_span
from clinic.fhir.node import Node

_MOST_CENTS: Final = 2_147_483_647
"""What a column of whole numbers holds; no office bills as much."""


class ForeignClaimRecord(OtherRecord, frozen=True, kw_only=True):
    """A claim made elsewhere."""

    patients: tuple[str, ...]
    """References that mean its patient, the most exact first."""
    encounters: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()
    """References to whom it was billed: policies and insurers, looked up where no words say it."""
    number: str | None = None
    use: str
    status: str
    created_on: date | None = None
    starts: date | None = None
    ends: date | None = None
    payer_words: str | None = None
    total_cents: int | None = None
    """Hundredths of its currency."""
    currency: str | None = None

    def columns(self) -> dict[str, Any]:
        """The columns of ``foreign_claim``; an insurer that is not named in words is looked up when it is placed."""
        words = {} if self.payer_words is None else {"payer_words": self.payer_words}
        return {
            "number": self.number,
            "use": self.use,
            "status": self.status,
            "created_on": self.created_on,
            "starts": self.starts,
            "ends": self.ends,
            "total_cents": self.total_cents,
            "currency": self.currency,
            **words,
        }


def read(resource: Node) -> ForeignClaimRecord | Kept:
    """A claim of another system, whatever its kind.

    Raises:
        Refused: an element has the wrong shape.
    """
    patients = tuple(_patients(resource))
    if not patients:
        return Kept(N_("The claim names no patient that can be looked up."))
    created = read_moment(resource.get("created"))
    starts, ends = _days(resource)
    total, currency = _total(resource)
    return ForeignClaimRecord(
        patients=patients,
        encounters=tuple(dict.fromkeys(_encounters(resource))),
        payers=tuple(dict.fromkeys(_payers(resource))),
        number=_number(resource),
        use=resource.need("use").text(),
        status=resource.need("status").text(),
        created_on=created.day if created else None,
        starts=starts,
        ends=ends,
        payer_words=_payer_words(resource),
        total_cents=total,
        currency=currency,
    )


def _patients(resource: Node) -> Iterator[str]:
    """The reference; of a patient contained in the claim the conditions that its identifiers are."""
    reference = reference_text(resource.get("patient"), "Patient")
    if reference is None:
        return
    if not reference.startswith("#"):
        yield reference
        return
    inner = _contained(resource, reference)
    if inner is not None and inner.text_at("resourceType") == "Patient":
        for system, value in identifiers(inner.value):
            yield f"Patient?identifier={system}|{value}"


def _contained(resource: Node, reference: str) -> Node | None:
    return next(
        (inner for inner in resource.each("contained") if f"#{inner.text_at('id')}" == reference),
        None,
    )


def _encounters(resource: Node) -> Iterator[str]:
    for item in resource.each("item"):
        for encounter in item.each("encounter"):
            reference = reference_text(encounter, "Encounter")
            if reference:
                yield reference


def _insurances(resource: Node) -> list[Node]:
    """The insurance that is billed first, then the others."""
    return sorted(resource.each("insurance"), key=lambda node: not ((mark := node.get("focal")) and mark.flag()))


def _payers(resource: Node) -> Iterator[str]:
    for insurance in _insurances(resource):
        reference = reference_text(insurance.get("coverage"), "Coverage")
        if reference and not reference.startswith("#"):
            yield reference
    reference = reference_text(resource.get("insurer"), "Organization")
    if reference and not reference.startswith("#"):
        yield reference


def _payer_words(resource: Node) -> str | None:
    """Whom it was billed to, in words: the insurance's own, else the insurer's, else a contained insurer's name."""
    insurer = resource.get("insurer")
    for holder in (*(insurance.get("coverage") for insurance in _insurances(resource)), insurer):
        words = holder.text_at("display") if holder else None
        if words:
            return words
    reference = insurer.text_at("reference") if insurer else None
    inner = _contained(resource, reference) if reference else None
    return inner.text_at("name") if inner and isinstance(inner.value.get("name"), str) else None


def _number(resource: Node) -> str | None:
    """What its house calls it: by our own system where it is one of ours, else its first identifier."""
    found = [
        (node.text_at("system") != CLAIM_NUMBER, value)
        for node in resource.each("identifier")
        if (value := node.text_at("value"))
    ]
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _days(resource: Node) -> tuple[date | None, date | None]:
    """First and last day it bills; where it does not say, those of its items."""
    spans = [read_span(resource, "billablePeriod")]
    if spans == [(None, None)]:
        spans = [read_span(item, "servicedPeriod", "servicedDate") for item in resource.each("item")]
    days = [_day(moment) for span in spans for moment in span if moment]
    return (min(days), max(days)) if days else (None, None)


def _day(moment: Moment) -> date:
    return moment.day


def _total(resource: Node) -> tuple[int | None, str | None]:
    """The total in hundredths and its currency; without one the sum of the items, if they agree on a currency."""
    total = resource.get("total")
    amounts = [total] if total else [net for item in resource.each("item") if (net := item.get("net"))]
    values = [value.decimal() for amount in amounts if (value := amount.get("value"))]
    currencies = {amount.text_at("currency") or "USD" for amount in amounts}
    if not values or len(currencies) != 1:
        return None, None
    # Some systems reckon with parts of a cent.
    cents = int((sum(values, Decimal(0)) * 100).quantize(Decimal(1), ROUND_HALF_UP))
    return (cents, currencies.pop()) if abs(cents) <= _MOST_CENTS else (None, None)

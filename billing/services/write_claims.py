"""Claims of a file into any form that exists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from billing.documents import cms1500
from billing.documents.ada_boxes import pages
from billing.documents.ada_form import FORMS as ADA
from billing.documents.ada_form import Year
from billing.domain.canonical import to_json
from billing.domain.claim import Claim
from billing.fhir.claim import to_fhir
from billing.services.read_claims import Source
from billing.x12 import Transmission, write_837d, write_837p
from clinic.domain.person import Contact, OrganizationName, PersonName
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.fhir.json import dumps
from clinic.paper.rendering import render

Claims = Sequence[Claim[Any, Any]]

_SECONDS = 1_000_000_000
"""Control numbers have nine digits; the seconds of the clock do not repeat in them for thirty years."""


def write_claims(source: Source, form: str, now: datetime) -> bytes:
    """The claims of a file in another form (a key of ``FORMS``). ``now`` is local time.

    Raises:
        Refused: the file has faults, or a claim cannot be written in that form; nothing is.
    """
    if source.faults:
        first = source.faults[0]
        raise Refused(
            N_("The file has faults (%(count)s), the first: %(fault)s"),
            where=f"segment {first.segment_number}",
            remedy=N_("flask claim check tells all of them."),
            count=len(source.faults),
            fault=str(first),
        )
    claims, wanted = source.claims, FORMS[form]
    for claim in claims:
        if wanted.kind not in (None, claim.kind):
            raise Refused(
                N_("Claims of kind %(kind)s cannot be written in this form."), where=claim.number, kind=claim.kind
            )
    return wanted.make(claims, source.transmission, now)


def _as_837p(claims: Claims, sent: Transmission | None, now: datetime) -> bytes:
    """Under the header the claims came with, else under one made of the first claim, marked as a test."""
    return write_837p(sent or _header(claims[0], now), claims)


def _as_837d(claims: Claims, sent: Transmission | None, now: datetime) -> bytes:
    """Under the header the claims came with, else under one made of the first claim, marked as a test."""
    return write_837d(sent or _header(claims[0], now), claims)


def _header(claim: Claim[Any, Any], now: datetime) -> Transmission:
    biller, payer = claim.billing, claim.coverage.payer
    if biller.contact is None or biller.contact.phone is None:
        raise Refused(
            N_("The billing provider has no phone number, and a file names whom to call."),
            where=f"claim {claim.number}, billing.contact.phone",
            remedy=N_("Add it to the claim."),
        )
    control = int(now.timestamp()) % _SECONDS
    return Transmission(
        sender_qualifier="ZZ",
        sender=biller.tax.value,
        receiver_qualifier="ZZ",
        receiver=payer.identifier.value,
        submitter=biller.name,
        submitter_id=biller.tax.value,
        contact=Contact(biller.contact.name or _name(biller.name), biller.contact.phone),
        receiver_name=payer.name.name,
        receiver_id=payer.identifier.value,
        interchange=control,
        group=control,
        transaction="0001",
        created=now,
        usage="T",
        reference=str(control),
    )


def _name(name: PersonName | OrganizationName) -> str:
    return name.name if isinstance(name, OrganizationName) else " ".join(filter(None, (name.first, name.last)))


def _as_paper(claims: Claims, _sent: Transmission | None, _now: datetime) -> bytes:
    """Data only, for bought forms."""
    return cms1500.render([cms1500.pages(claim) for claim in claims])


def _as_ada(year: Year) -> Callable[[Claims, Transmission | None, datetime], bytes]:
    """Data only, for bought forms of a year's layout."""

    def paper(claims: Claims, _sent: Transmission | None, _now: datetime) -> bytes:
        return render(ADA[year], [pages(claim, year) for claim in claims])

    return paper


def _as_fhir(claims: Claims, _sent: Transmission | None, now: datetime) -> bytes:
    """One resource a line."""
    return b"".join(dumps(to_fhir(claim, created=now.date())) + b"\n" for claim in claims)


def _as_json(claims: Claims, _sent: Transmission | None, _now: datetime) -> bytes:
    """One claim a line, canonical."""
    return b"".join(to_json(claim) + b"\n" for claim in claims)


class _Form(NamedTuple):
    """A form claims can be written in: what makes it, and the only kind it is for."""

    make: Callable[[Claims, Transmission | None, datetime], bytes]
    kind: str | None = None


FORMS: dict[str, _Form] = {
    "837p": _Form(_as_837p, "professional"),
    "837d": _Form(_as_837d, "dental"),
    "cms1500": _Form(_as_paper, "professional"),
    "ada": _Form(_as_ada("2024"), "dental"),
    "ada2019": _Form(_as_ada("2019"), "dental"),
    "fhir": _Form(_as_fhir),
    "json": _Form(_as_json),
}

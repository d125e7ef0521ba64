"""A Specimen that another system wrote: whose, when drawn, for which requests."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from clinic.domain.words import N_
from clinic.fhir.importer.keys import reference_text
from clinic.fhir.importer.records import Kept, OtherRecord
from clinic.fhir.importer.timing import read_span
from clinic.fhir.node import Node

THERE: Final = frozenset({"available", "unavailable", "unsatisfactory"})
_MOST_ML: Final = 100_000


class SpecimenRecord(OtherRecord, frozen=True, kw_only=True):
    """A container drawn elsewhere."""

    patient: str
    requests: tuple[str, ...]
    number: str | None = None
    collected_at: datetime | None = None
    volume_ul: int | None = None
    method: str | None = None
    site: str | None = None

    def columns(self) -> dict[str, Any]:
        """None: a container changes by what happens to it."""
        return {}


def read(resource: Node) -> SpecimenRecord | Kept:
    """A specimen that is asked for by requests.

    Raises:
        Refused: an element has the wrong shape.
    """
    status = resource.text_at("status")
    if status is not None and status not in THERE:
        return Kept()
    subject = resource.get("subject")
    patient = reference_text(subject, "Patient") if subject else None
    requests = tuple(found for node in resource.each("request") if (found := reference_text(node, "ServiceRequest")))
    if patient is None or not requests:
        return Kept(N_("The specimen names no patient or no request that can be looked up."))
    accession = resource.get("accessionIdentifier")
    collection = resource.get("collection")
    started, _ = read_span(collection, "collectedDateTime", "collectedPeriod") if collection else (None, None)
    method, site = (collection.get(name) if collection else None for name in ("method", "bodySite"))
    return SpecimenRecord(
        patient=patient,
        requests=requests,
        number=accession.text_at("value") if accession else None,
        collected_at=started.at if started else None,
        volume_ul=_microlitres(collection.get("quantity")) if collection else None,
        method=method.text_at("text") if method else None,
        site=site.text_at("text") if site else None,
    )


def _microlitres(quantity: Node | None) -> int | None:
    """Of a volume in millilitres; of any other unit nothing is guessed."""
    value = quantity.get("value") if quantity else None
    if quantity is None or value is None or (quantity.text_at("code") or quantity.text_at("unit")) != "mL":
        return None
    found = value.decimal()
    return int(found * 1000) if Decimal(0) < found < _MOST_ML else None

"""A claim of the practice as it stands in an export of its records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from billing.domain.claim import Claim
from billing.fhir.claim import to_fhir
from clinic.fhir.elements import Json
from clinic.fhir.exporter.own import Own, identifiers, start

Status = Literal["active", "cancelled", "draft"]


def write(
    own: Own,
    claim: Claim[Any, Any],
    *,
    created: date,
    status: Status,
    patient: Own,
    encounters: Sequence[Json | None],
) -> Json:
    """The Claim with all its parties contained, so that ``flask claim`` reads it by itself.

    The patient contained carries the identifier of the exported Patient, and each item names the exported Encounter
    (a Reference) in whose visit it was done, None where that is not known.
    """
    written = to_fhir(claim, created=created)
    begun = start(own)
    for inner in written["contained"]:
        if inner["id"] == "patient":
            inner["identifier"] = identifiers(patient)
    for item, encounter in zip(written["item"], encounters, strict=True):
        if encounter:
            item["encounter"] = [encounter]
    return {**begun, **written, "identifier": [*begun["identifier"], *written["identifier"]], "status": status}

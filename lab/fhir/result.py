"""DiagnosticReport, FHIR R4: one report of one ordered test, its values contained."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from clinic.fhir.elements import Json, present
from clinic.fhir.exporter.own import Own, refer, start

_NUMBER = re.compile(r"(<=?|>=?|)(-?(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?)\Z", re.ASCII)
_FLAGS: Final = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"


def write(
    own: Own,
    *,
    status: str,
    test: str,
    loinc: str | None,
    name: str,
    patient_id: int,
    visit_id: int | None,
    line_id: int,
    specimen_id: int | None,
    performed_at: datetime,
    reported_at: datetime,
    values: Sequence[Mapping[str, Any]],
) -> Json:
    """A report; a correction replaces the one before and says so."""
    coding = [{"system": "http://loinc.org", "code": loinc}] if loinc else []
    patient = refer("patient", patient_id)
    return present(
        **start(own),
        contained=[_value(number, each, patient, status, performed_at) for number, each in enumerate(values, 1)],
        basedOn=[refer("order_line", line_id)],
        status=status,
        category=[{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0074", "code": "LAB"}]}],
        code={"coding": [*coding, {"system": own.practice_system("test"), "code": test}], "text": name},
        subject=patient,
        encounter=refer("visit", visit_id),
        effectiveDateTime=performed_at.isoformat(),
        issued=reported_at.isoformat(),
        specimen=[refer("specimen", specimen_id)] if specimen_id else [],
        result=[{"reference": f"#v{number}"} for number in range(1, len(values) + 1)],
    )


def _value(number: int, value: Mapping[str, Any], patient: Json | None, status: str, at: datetime) -> Json:
    said = str(value.get("value", ""))
    found = _NUMBER.match(said)
    unit = value.get("unit")
    quantity = (
        present(comparator=found[1] or None, value=Decimal(found[2]), unit=unit or None) if found is not None else None
    )
    flag = value.get("flag")
    words = value.get("range")
    return present(
        resourceType="Observation",
        id=f"v{number}",
        status=status,
        code=present(
            coding=[{"system": "http://loinc.org", "code": value["loinc"]}] if value.get("loinc") else [],
            text=str(value.get("analyte", "")),
        ),
        subject=patient,
        effectiveDateTime=at.isoformat(),
        valueQuantity=quantity,
        valueString=None if quantity else said or None,
        interpretation=[{"coding": [{"system": _FLAGS, "code": flag}]}] if flag else [],
        referenceRange=[{"text": str(words)}] if words else [],
    )

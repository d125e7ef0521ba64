"""Observation."""

from __future__ import annotations

import re
from decimal import Decimal

from clinic.fhir.elements import Json, present
from clinic.fhir.exporter.own import Own, start
from clinic.fhir.exporter.parts import write_coded, write_moment
from clinic.fhir.importer.records import ObservationRecord

_NUMBER = re.compile(r"(<=?|>=?|)(?!-0\Z)(-?(?:0|[1-9]\d*)(?:\.\d+)?)\Z", re.ASCII)
"""A number in the form the reader writes one; any other text stays text."""
_DIGITS = 18
"""What a FHIR decimal holds."""


def write(own: Own, record: ObservationRecord) -> Json:
    """Something measured or found: a quantity where its value is a number, else words."""
    found = _NUMBER.match(record.value)
    quantity, words = None, None
    if found and sum(map(str.isdigit, found[2])) <= _DIGITS:
        quantity = present(comparator=found[1] or None, value=Decimal(found[2]), unit=record.unit)
    else:
        words = f"{record.value} {record.unit}" if record.unit else record.value
    return present(
        **start(own),
        status="final",
        code=write_coded(record.coded),
        subject={"reference": record.patient},
        encounter={"reference": record.encounter} if record.encounter else None,
        effectiveDateTime=write_moment(record.observed),
        valueQuantity=quantity,
        valueString=words,
    )

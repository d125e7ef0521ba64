"""A report from elsewhere as it was understood, whatever it came in: what stands between a file and an order."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from typing import Literal

from clinic.domain.value import Value
from lab.domain.results import Measured

Kind = Literal["fhir", "hl7v2"]
Status = Literal["preliminary", "final", "corrected", "cancelled"]


class Person(Value, frozen=True, kw_only=True):
    """Whom a report is about, as its sender says."""

    last: str | None = None
    first: str | None = None
    birth: date | None = None
    sex: str | None = None
    numbers: tuple[str, ...] = ()
    """Chart numbers or other ids."""


class Code(Value, frozen=True, kw_only=True):
    """What a test is called in one system."""

    code: str
    system: str | None = None
    """``loinc``, or the sender's own name."""
    text: str | None = None


class Report(Value, frozen=True, kw_only=True):
    """One report of one test. Instants are aware."""

    kind: Kind
    sender: str
    control: str
    """Unique with the sender: the message's number, and the report's place in it where it holds several."""
    person: Person
    codes: tuple[Code, ...]
    status: Status
    values: tuple[Measured, ...]
    order_numbers: tuple[str, ...] = ()
    """Ours, as they came back."""
    container_numbers: tuple[str, ...] = ()
    sender_number: str | None = None
    collected_at: datetime | None = None
    reported_at: datetime | None = None
    laboratory: str | None = None
    notes: tuple[str, ...] = ()
    rejected: str | None = None
    """HL7 table 0490, where the specimen was not accepted."""
    doubts: tuple[str, ...] = ()
    """What could not be read and was left out: places in the message."""

    @property
    def loincs(self) -> frozenset[str]:
        """Its LOINC numbers."""
        return frozenset(each.code for each in self.codes if each.system == "loinc")


def folded(text: str | None) -> str:
    """A name without case, accents, blanks or signs: what names are compared by."""
    plain = unicodedata.normalize("NFKD", (text or "").casefold())
    return "".join(sign for sign in plain if sign.isalnum())

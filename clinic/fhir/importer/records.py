"""What is read from each type of resource. References are kept as their text until they are looked up."""

from __future__ import annotations

from datetime import date
from typing import Any

from clinic.domain.person import PersonName, Sex
from clinic.domain.quantity import Quantity
from clinic.domain.value import Value
from clinic.fhir.importer.coded import Coded
from clinic.fhir.importer.people import Place
from clinic.fhir.importer.timing import Moment


class Kept(Value, frozen=True, omit_defaults=False):
    """A sound resource that has no row of ours: its text is kept, and nothing more is made of it.

    ``why`` is a message id where a person should know, "" where the type is simply not one we make rows of.
    """

    why: str = ""


class PatientRecord(Value, frozen=True, kw_only=True):
    """A patient."""

    name: PersonName
    birth: date | None = None
    sex: Sex | None = None
    place: Place | None = None
    phone: str | None = None


class OrganizationRecord(Value, frozen=True, kw_only=True):
    """An organisation; ``pays`` where its type says it is an insurer."""

    name: str
    pays: bool = False
    npi: str | None = None
    payer_number: str | None = None
    payer_system: str | None = None
    """``payer`` or ``hpid``: whose number it is."""
    filing: str | None = None
    """The claim filing indicator that its policies start with, where the source says one."""
    place: Place | None = None
    phone: str | None = None


class PractitionerRecord(Value, frozen=True, kw_only=True, omit_defaults=False):
    """Someone who treats."""

    name: PersonName
    npi: str | None = None
    taxonomy: str | None = None
    profession: str = "other"


class CoverageRecord(Value, frozen=True, kw_only=True):
    """A policy."""

    patient: str
    payer: str
    rank: str | None = None
    """None where the source gives no order: the first that is free."""
    member_id: str
    relation: str
    subscriber: str | None = None
    group_number: str | None = None
    plan_name: str | None = None
    filing: str | None = None
    insurance_type: str | None = None
    assigns_benefits: str | None = None
    release: str | None = None
    starts: date | None = None
    ends: date | None = None


class EncounterRecord(Value, frozen=True, kw_only=True):
    """A visit."""

    patient: str
    started: Moment
    ended: Moment | None = None
    practitioners: tuple[str, ...] = ()
    """Who took part, those who performed it first."""
    places: tuple[str, ...] = ()
    place_words: str | None = None
    """What the source calls the first of the places it names."""
    kinds: tuple[Coded, ...] = ()
    """What kind of visit it was, where the source has a code for it: this is what it bills a visit by."""
    reason: str | None = None
    dental: bool = False
    note: str | None = None


class ConditionRecord(Value, frozen=True, kw_only=True, omit_defaults=False):
    """A problem."""

    patient: str
    encounter: str | None = None
    coded: Coded
    onset: date | None = None
    status: str = "active"


class ProcedureRecord(Value, frozen=True, kw_only=True):
    """Something done."""

    patient: str
    encounter: str | None = None
    coded: Coded
    performed: Moment | None = None
    quantity: Quantity | None = None
    """How much, where the source says it."""


class ObservationRecord(Value, frozen=True, kw_only=True):
    """Something measured or found."""

    patient: str
    encounter: str | None = None
    coded: Coded
    value: str
    unit: str | None = None
    observed: Moment | None = None


class Passage(Value, frozen=True):
    """Words of a document and the section of a note they belong to."""

    section: str
    text: str


class DocumentRecord(Value, frozen=True, kw_only=True):
    """A document's words."""

    patient: str
    encounter: str | None = None
    passages: tuple[Passage, ...]
    written: Moment | None = None
    author: str | None = None
    """As the document names them."""


class OtherRecord(Value, frozen=True):
    """What a package that clinic does not know (law 10) reads from a type of its own."""

    def columns(self) -> dict[str, Any]:
        """The columns it fills, by the names of that package's table; what it refers to is not among them."""
        raise NotImplementedError


Record = (
    PatientRecord
    | OrganizationRecord
    | PractitionerRecord
    | CoverageRecord
    | EncounterRecord
    | ConditionRecord
    | ProcedureRecord
    | ObservationRecord
    | DocumentRecord
    | OtherRecord
)

"""What a container's label says. A frozen value: kept as it was printed, so that the same label can be printed again.

The elements are those that CLSI AUTO12 labels carry in practice: two identifiers of the patient, birth, sex, the
container's number, what is in it and from where, when it was collected and by whom, which aliquot of how many, where
it is kept and until when, and where it is sent. Words stand in the language of the label when they come here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime

import msgspec

from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_

NUMBER_LETTERS = 16
"""A longer number fits no label in a symbol that a scanner reads."""


class Heads(Value, frozen=True, kw_only=True):
    """The short words before a label's facts."""

    born: str
    chart: str
    collected: str
    use_by: str
    account: str
    requisition: str


def heads(said: Callable[[str], str]) -> Heads:
    """The heads in the reader's language; ``said`` translates a message id."""
    return Heads(
        born=said(N_("DOB")),
        chart=said(N_("MRN")),
        collected=said(N_("COL")),
        use_by=said(N_("USE BY")),
        account=said(N_("ACC")),
        requisition=said(N_("REQ")),
    )


STORAGE = {
    "room": N_("ROOM TEMP"),
    "refrigerated": N_("FRIDGE"),
    "frozen": N_("FREEZER"),
    "on_ice": N_("ON ICE"),
}
"""How a label names a storage condition: message ids of a word or two."""

FORMALIN = N_("DANGER: FORMALIN, TOXIC")
"""The message id of the warning on a jar with fixative."""


class Label(Value, frozen=True, kw_only=True):
    """One label. Instants are the location's local time with its offset."""

    number: str
    """The container's, in both symbols."""
    last: str
    first: str | None = None
    middle: str | None = None
    suffix: str | None = None
    birth: date | None = None
    sex: str | None = None
    chart_number: str
    specimen: str
    site: str | None = None
    """Arm, tooth, quadrant, lesion."""
    collected: datetime | None = None
    """None while it is still to be drawn: the label then leaves room for a pen."""
    initials: str | None = None
    part: int | None = None
    parts: int | None = None
    """Aliquot, or piece of a set: ``part`` of ``parts``."""
    storage: str | None = None
    use_by: datetime | None = None
    account: str | None = None
    requisition: str | None = None
    hazard: str | None = None
    heads: Heads

    def __post_init__(self) -> None:
        if not (self.number.isascii() and self.number.isprintable() and 1 <= len(self.number) <= NUMBER_LETTERS):
            raise Refused(
                N_("The container number cannot stand in a bar code."),
                where="number",
                remedy=N_("Use at most %(most)s plain letters and digits."),
                most=NUMBER_LETTERS,
            )


_ORDERED = msgspec.json.Encoder(order="deterministic")


def canonical(value: Value) -> bytes:
    """The one JSON text of a value: what is kept as the snapshot."""
    return _ORDERED.encode(value)


def digest(value: Value) -> str:
    """SHA-256 of the one JSON text."""
    return hashlib.sha256(canonical(value)).hexdigest()


def read_label(snapshot: bytes | str) -> Label:
    """A kept label as the value it was.

    Raises:
        msgspec.ValidationError: it is none.
    """
    return msgspec.json.decode(snapshot, type=Label)

"""What a CodeableConcept says: the code claims are best made from, and words a person reads."""

from __future__ import annotations

from clinic.domain.value import Value
from clinic.fhir.node import Node
from clinic.fhir.systems import key_of


class Coded(Value, frozen=True):
    """A concept: words always, a code where it has one. ``system`` is our key, else the system's address."""

    words: str
    system: str | None = None
    code: str | None = None


def read_coded(concept: Node | None, *preferred: str) -> Coded | None:
    """The concept, its code of the first ``preferred`` system it has, else its first; None where it says nothing."""
    if concept is None:
        return None
    codings = [
        (key_of(system) or system, code, coding.text_at("display"))
        for coding in concept.each("coding")
        if (system := coding.text_at("system") or "") is not None and (code := coding.text_at("code"))
    ]
    codings.sort(key=lambda found: preferred.index(found[0]) if found[0] in preferred else len(preferred))
    text = concept.text_at("text")
    if not codings:
        display = next((word for coding in concept.each("coding") if (word := coding.text_at("display"))), None)
        words = text or display
        return Coded(words) if words else None
    system, code, display = codings[0]
    return Coded(text or display or code, system or None, code)


def words_of(concepts: list[Node]) -> str | None:
    """The words of several concepts, joined; None where none has any."""
    found = [coded.words for concept in concepts if (coded := read_coded(concept))]
    return "; ".join(found) or None

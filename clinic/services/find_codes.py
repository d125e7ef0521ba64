"""Codes for what a person types, as the picker shows them, and the steps from a family to one of its codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from clinic.codes.ladder import Step, ladder
from clinic.codes.picking import Picked, boosted, picked
from clinic.codes.release import Entry
from clinic.codes.tokens import spoken
from clinic.services.acting import Actor
from clinic.services.library import library
from clinic.services.used_codes import used_codes

SEEN = 30
"""Hits that are looked at for a list of a dozen rows: siblings fold into families, used codes move up."""


def find_codes(actor: Actor, text: str, system: str, on: date, limit: int = 12) -> list[Picked]:
    """Rows for what is being typed, judged on a day; nothing below two characters."""
    text = text.strip()
    if len(text) < 2:
        return []
    book, used = library(), used_codes(actor.practice_id, system)
    hits = boosted(book.search(text, system, on, SEEN), used)

    def entry_of(value: str) -> Entry | None:
        return book.lookup(system, value, on)

    return picked(hits, entry_of, used, limit)


def climb(system: str, header: str, on: date, answers: Iterable[str] = (), typed: str = "") -> Step:
    """The next question below a header; what was typed answers sides and visits by itself."""
    entries = library().below(system, header, on)
    value = entries[0].value if entries else header
    return ladder(value, entries, answers, spoken(typed))


def displays(system: str, values: Iterable[str], on: date) -> Mapping[str, Entry]:
    """The entries of some codes, by value; those that are unknown are left out."""
    book = library()
    found = ((value, book.lookup(system, value, on)) for value in values)
    return {value: entry for value, entry in found if entry is not None}

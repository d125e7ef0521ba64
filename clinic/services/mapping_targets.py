"""What a foreign thing may be here: what can be chosen, what was chosen in words, and what looks like the same.

A suggestion is only offered: same NPI, same name, same code. A person takes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from clinic.base import db
from clinic.codes.release import keyed
from clinic.domain.code import FHIR_SYSTEMS, ICD10CM, NPI, Code, pointed
from clinic.domain.likeness import letters
from clinic.models import Charge, Location, Payer, Provider
from clinic.services.clock import today
from clinic.services.library import library
from clinic.services.mapping_table import Row

_REMARK = re.compile(r"\s*\([^()]*\)\s*\Z")
"""What SNOMED names end with: ``(disorder)``."""


class Target(NamedTuple):
    """Something of ours: its id (a code for a diagnosis), and how it is shown."""

    value: str
    words: str
    code: str = ""
    npi: str | None = None
    offered: bool = True
    """Whether it may still be chosen."""


def targets(practice_id: int, kind: str) -> list[Target]:
    """All of a kind that the practice has; of diagnoses, which are searched for, none. One statement at most."""
    if kind == "practitioner":
        wanted = select(Provider).where(Provider.practice_id == practice_id, ~Provider.outside)
        rows = db.session.scalars(wanted.order_by(Provider.last, Provider.first, Provider.id))
        return [Target(str(row.id), row.name, npi=row.npi, offered=row.active) for row in rows]
    if kind == "place":
        places = db.session.scalars(select(Location).where(Location.practice_id == practice_id).order_by(Location.id))
        return [Target(str(row.id), row.name, npi=row.npi, offered=row.active) for row in places]
    if kind == "payer":
        payers = db.session.scalars(select(Payer).where(Payer.practice_id == practice_id).order_by(Payer.name))
        return [
            Target(str(row.id), row.name, row.payer_number or "", offered=bool(row.payer_number) and row.active)
            for row in payers
        ]
    if kind == "act":
        charges = db.session.scalars(select(Charge).where(Charge.practice_id == practice_id).order_by(Charge.code))
        return [Target(str(row.id), row.words, row.code, offered=row.active) for row in charges]
    return []


def chosen(rows: Sequence[Row], kind: str, known: Sequence[Target]) -> dict[str, Target]:
    """By key, what was decided of each row; ``known`` are the targets of the kind."""
    by_value = {target.value: target for target in known}
    found: dict[str, Target] = {}
    for row in rows:
        mapping = row.mapping
        if mapping is None or mapping.not_ours:
            continue
        if kind == "problem" and mapping.code:
            entry = library().lookup(ICD10CM, mapping.code, row.last or today())
            shown = pointed(Code(ICD10CM, mapping.code))
            found[row.key] = Target(mapping.code, entry.display if entry else "", shown)
            continue
        value = mapping.provider_id or mapping.location_id or mapping.payer_id or mapping.charge_id
        if target := by_value.get(str(value)):
            found[row.key] = target
    return found


def suggested(rows: Sequence[Row], kind: str, known: Sequence[Target]) -> dict[str, Target]:
    """By key, what an undecided row looks like: only where just one target does."""
    open_rows = [row for row in rows if row.mapping is None]
    found = {}
    for row in open_rows:
        alike = _diagnoses_like(row) if kind == "problem" else [each for each in known if _alike(row, kind, each)]
        if len(alike) == 1:
            found[row.key] = alike[0]
    return found


def _alike(row: Row, kind: str, target: Target) -> bool:
    if not target.offered:
        return False
    system, _, value = row.key.rpartition("|")
    if target.npi and system == FHIR_SYSTEMS[NPI] and value == target.npi:
        return True
    if kind == "act" and value and value == target.code:
        return True
    return bool(letters(row.words)) and letters(_REMARK.sub("", row.words)) == letters(target.words)


def _diagnoses_like(row: Row) -> list[Target]:
    """The code itself, where another system's name hides an ICD-10-CM code; else the one that has the same words."""
    book, on = library(), row.last or today()
    _, _, value = row.key.rpartition("|")
    entry = book.lookup(ICD10CM, keyed(ICD10CM, value), on) if value and value != row.key else None
    if entry is not None and entry.billable:
        return [Target(entry.value, entry.display, pointed(Code(ICD10CM, entry.value)))]
    plain = _REMARK.sub("", row.words)
    if not plain:
        return []
    same = letters(plain)
    return [
        Target(hit.value, hit.display, hit.code)
        for hit in book.search(plain, ICD10CM, on, 6)
        if hit.billable and (letters(hit.display) == same or letters(hit.display) == f"{same}unspecified")
    ]

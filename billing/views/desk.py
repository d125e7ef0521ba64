"""What the coding desk shows: one claim, its record, its codes, its findings and its page, tied together by number."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import false, literal, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from billing.coding.coding import Coding
from billing.documents import cms1500
from billing.domain.canonical import digest
from billing.domain.claim import Claim
from billing.edits import Edit
from billing.models import ClaimRecord
from billing.services.claim_value import Assembled, assemble, coding_of
from billing.services.judging import NOTHING, Judged, judge
from billing.services.own_edits import edit_called
from billing.services.visits_written import fill_in
from billing.services.who_pays import insured
from clinic.base import db
from clinic.domain.code import ICD10CM, Code, pointed
from clinic.domain.finding import Finding, Severity
from clinic.models import Coverage, Location, Problem, Provider, Visit
from clinic.paper.screen import Words
from clinic.services.acting import Actor
from clinic.services.library import library

LETTERS = "ABCDEFGHIJKL"
_LINE = re.compile(r"acts\[(\d+)\]")


@dataclass(frozen=True, kw_only=True)
class Told:
    """A finding as the desk tells it."""

    number: int
    finding: Finding
    edit: Edit
    title: str
    message: str
    row: int | None
    """0-based service line."""
    box: str | None
    reason: str | None

    @property
    def anchor(self) -> str:
        """The id of the field it stands at."""
        return anchor(self.finding.field)


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """A row of the diagnoses."""

    position: int
    letter: str
    code: str
    words: str
    used_by: tuple[int, ...]


class Choice(NamedTuple):
    """A provider or place that may be chosen."""

    id: int
    name: str
    outside: bool = False


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Everything on the screen."""

    record: ClaimRecord
    visits: list[Visit]
    coding: Coding
    assembled: Assembled
    judged: Judged
    told: list[Told]
    diagnoses: list[Diagnosis]
    digest: str | None
    pages: list[str] = field(default_factory=list)
    earlier: list[ClaimRecord] = field(default_factory=list)
    providers: list[Choice] = field(default_factory=list)
    locations: list[Choice] = field(default_factory=list)
    policies: list[Coverage] = field(default_factory=list)
    recent: list[Visit] = field(default_factory=list)
    """The patient's last visits, where the claim bills none."""

    @property
    def claim(self) -> Claim[Any, Any] | None:
        """The claim, None where something is missing."""
        found: Claim[Any, Any] | None = self.assembled.claim
        return found

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each severity."""
        found = {"block": len(self.assembled.missing), "warn": 0, "advise": 0}
        for told in self.told:
            found[told.finding.severity] += 1
        return found

    def at(self, name: str, row: int | None = None) -> list[Told]:
        """The findings at a field, or anywhere on a line."""
        if row is not None and not name:
            return [told for told in self.told if told.row == row]
        path = name if row is None else f"acts[{row}].{name}"
        return [told for told in self.told if told.finding.field.startswith(path)]

    @property
    def days(self) -> list[date]:
        """The days of service of the lines, first to last."""
        return sorted({line.service.start for line in self.coding.lines})

    def code_of(self, problem: Problem, meant: Code | None) -> Code | None:
        """The diagnosis that a problem is, or is ``meant`` to be here where another system calls it otherwise."""
        if problem.status == "entered-in-error":
            return None
        own = problem.system == ICD10CM and problem.code
        return Code(ICD10CM, own.replace(".", "")) if own else meant

    def letter(self, code: Code | None) -> str:
        """Where a diagnosis stands on the claim; nothing where it does not."""
        return LETTERS[self.coding.diagnoses.index(code)] if code in self.coding.diagnoses else ""

    @property
    def held_by(self) -> int:
        """How many things keep the claim from being done."""
        return len(self.assembled.missing) + self.judged.blocks + self.judged.warnings


def anchor(path: str) -> str:
    """A path in the claim as an id of the page."""
    return "at-" + re.sub(r"[^a-z0-9_]+", "-", path.lower()).strip("-")


def letters(pointers: tuple[int, ...]) -> str:
    """``ABC`` for 1, 2, 3."""
    return "".join(LETTERS[place - 1] for place in pointers if 1 <= place <= len(LETTERS))


def box_of(finding: Finding) -> str | None:
    """The box a finding outlines: on service lines with the line of the page it prints on."""
    if finding.box is None:
        return None
    row = _LINE.match(finding.field)
    if row is None or not finding.box.startswith("24"):
        return finding.box
    return f"{finding.box}.{cms1500.place(int(row.group(1)) + 1)[1]}"


def desk(actor: Actor, record: ClaimRecord, *, reading: bool = False) -> Desk:
    """Put the desk together for a claim that was loaded; for ``reading`` without what only coding needs."""
    coding = coding_of(record)
    # held while the claim is put together, so that a merged chart's policies are read once
    policies = [] if reading else insured(record.patient)[1]
    assembled = assemble(record)
    claim = assembled.claim
    judged = judge(claim, coding) if claim is not None else NOTHING
    told = _told(judged, coding)
    visits = _visits(record, whole=not reading)
    providers, locations = ([], []) if reading else _choices(actor)
    return Desk(
        record=record,
        visits=visits,
        coding=coding,
        assembled=assembled,
        judged=judged,
        told=told,
        diagnoses=_diagnoses(coding, record.service_on),
        digest=digest(claim) if claim is not None else None,
        pages=_pages(claim, told) if claim is not None else [],
        earlier=[] if reading else _earlier(actor, record),
        providers=providers,
        locations=locations,
        policies=policies,
        recent=[] if visits or reading else _recent(record),
    )


RECENT = 5


def _visits(record: ClaimRecord, *, whole: bool) -> list[Visit]:
    """The visits that were loaded with the record; ``whole`` with all that is written at them."""
    visits = sorted((link.visit for link in record.visits), key=lambda visit: (visit.on, visit.id))
    if whole and visits:
        fill_in(record.practice_id, visits)
    return visits


def _recent(record: ClaimRecord) -> list[Visit]:
    return list(
        db.session.scalars(
            select(Visit)
            .where(Visit.practice_id == record.practice_id, Visit.patient_id == record.patient_id)
            .options(selectinload(Visit.problems), joinedload(Visit.provider))
            .order_by(Visit.on.desc(), Visit.id.desc())
            .limit(RECENT)
        )
    )


def _told(judged: Judged, coding: Coding) -> list[Told]:
    reasons = {(reason.finding, reason.field): reason.text for reason in coding.reasons}
    return [
        Told(
            number=number,
            finding=finding,
            edit=(edit := edit_called(finding.code, judged.own)),
            title=_(edit.declared.title),
            message=_(edit.declared.message) % dict(finding.params),
            row=int(found.group(1)) if (found := _LINE.match(finding.field)) else None,
            box=box_of(finding),
            reason=reasons.get((finding.code, finding.field)),
        )
        for number, finding in enumerate(judged.findings, 1)
    ]


def _diagnoses(coding: Coding, on: date) -> list[Diagnosis]:
    book = library()
    rows = []
    for position, code in enumerate(coding.diagnoses, 1):
        entry = book.lookup(code.system, code.value, on)
        rows.append(
            Diagnosis(
                position=position,
                letter=LETTERS[position - 1],
                code=pointed(code),
                words=entry.display if entry else "",
                used_by=tuple(row for row, line in enumerate(coding.lines, 1) if position in line.pointers),
            )
        )
    return rows


def _pages(claim: Claim[Any, Any], told: list[Told]) -> list[str]:
    """The pages as they will print, each with the findings of its own lines and of the claim as a whole."""
    sheets = cms1500.pages(claim)
    words = Words(
        page=_("Page %(page)s as it will print"),
        box=_("Box %(box)s"),
        finding=_("Finding %(number)s, box %(box)s"),
        mark=_("NOT FOR SUBMISSION"),
    )
    drawn = []
    for number, sheet in enumerate(sheets, 1):
        hits: dict[str, Severity] = {}
        numbers: dict[str, int] = {}
        for one in told:
            if one.box and (one.row is None or cms1500.place(one.row + 1)[0] == number):
                hits.setdefault(one.box, one.finding.severity)
                numbers.setdefault(one.box, one.number)
        drawn.append(cms1500.preview_svg(sheet, hits, number=number, numbers=numbers, words=words))
    return drawn


def _earlier(actor: Actor, record: ClaimRecord) -> list[ClaimRecord]:
    return list(
        db.session.scalars(
            select(ClaimRecord)
            .where(
                ClaimRecord.practice_id == actor.practice_id,
                ClaimRecord.patient_id == record.patient_id,
                ClaimRecord.id != record.id,
            )
            .order_by(ClaimRecord.service_on.desc(), ClaimRecord.id.desc())
            .limit(5)
        )
    )


def _choices(actor: Actor) -> tuple[list[Choice], list[Choice]]:
    """Providers, those of the house first, and places: in one statement."""
    people = select(
        literal("provider").label("kind"), Provider.id, Provider.outside, Provider.last, Provider.first
    ).where(Provider.practice_id == actor.practice_id, Provider.active)
    places = select(literal("place"), Location.id, false(), Location.name, literal("")).where(
        Location.practice_id == actor.practice_id, Location.active
    )
    both = union_all(people, places).subquery()
    rows = db.session.execute(select(both).order_by(both.c.outside, both.c.last, both.c.first, both.c.id)).all()
    found = [(row.kind, Choice(row.id, f"{row.first or ''} {row.last}".strip(), bool(row.outside))) for row in rows]
    return [each for kind, each in found if kind == "provider"], [each for kind, each in found if kind == "place"]

"""One slice of a file being taken in: each entry placed, kept, and told of where a person should know."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from sqlalchemy import select

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.fhir import json
from clinic.fhir.importer.bundle import Batch
from clinic.fhir.importer.keys import base, meanings
from clinic.fhir.importer.reading import READERS, Bad, read_record
from clinic.fhir.importer.records import CoverageRecord, Kept, PatientRecord, Record
from clinic.models import Fact, ForeignResource, Patient
from clinic.services.acting import Work
from clinic.services.importing.change import change_row
from clinic.services.importing.desk import Desk, ForeignPlace
from clinic.services.importing.items import Item, Stored, stored_of
from clinic.services.importing.outcome import Outcome, Remark, refuse
from clinic.services.importing.places import PLACES, give_place
from clinic.services.importing.placing import place
from clinic.services.importing.references import Known, Thing
from clinic.services.importing.telling import tell_first
from clinic.services.look_alikes import look_alikes, traits_of
from clinic.services.read_patient import WORTH_ASKING

_WITHDRAWN = N_("The source has withdrawn this; what it became here stays until somebody looks at it.")

_SAME_ID = N_("Another person's record came with this id before; give the patient a business identifier.")


def _another_person(item: Item, old: Record | Kept | Bad) -> bool:
    """Whether a mere ``Patient/1`` now says another name and birth date: two systems count from 1."""
    new = item.record
    if not isinstance(new, PatientRecord) or not isinstance(old, PatientRecord) or item.key != item.addresses[0]:
        return False
    return "/" in item.key and ":" not in item.key and (new.name.last, new.birth) != (old.name.last, old.birth)


class Shared:
    """What the slices of one file share."""

    def __init__(self, batch: Batch, known: Known, items: list[Item]) -> None:
        self.batch = batch
        self.known = known
        self.import_id: int | None = None
        self.told: set[tuple[str, str]] = set()
        self.resources = {address: item.resource for item in items for address in item.addresses}
        self.places = {
            address: ForeignPlace(item.key, name if isinstance(name := item.resource.get("name"), str) else None)
            for item in items
            if item.kind in PLACES
            for address in item.addresses
        }
        self.payors = frozenset(
            address
            for item in items
            if isinstance(item.record, CoverageRecord)
            for address in meanings(item.record.payer, base(item.entry))
        )


class Taking:
    """One slice being taken in."""

    def __init__(self, work: Work, shared: Shared, outcome: Outcome) -> None:
        self.work = work
        self.shared = shared
        self.outcome = outcome
        self.desk = Desk(work, shared.known, shared.resources, shared.payors, shared.places)

    def take(self, items: list[Item]) -> None:
        """Type by type, so that what is referred to has its id before what refers to it is placed."""
        stored = stored_of(self.work.actor.practice_id, items)
        for _, group in groupby(items, key=lambda item: item.kind):
            fresh: dict[tuple[str, str], tuple[Item, Any, ForeignResource]] = {}
            repeated: list[Item] = []
            for item in group:
                key = (item.kind, item.key)
                self.shared.known.server = base(item.entry)
                if key in fresh:
                    repeated.append(item)
                elif key in stored:
                    self._again(item, stored[key])
                elif self._is_here(item):
                    self.outcome.unchanged += 1
                elif (kept := self._new(item)) is not None:
                    fresh[key] = (item, *kept)
            self.work.session.flush()
            for item, row, kept_row in fresh.values():
                self._settle(item, row, kept_row)
            for item in repeated:
                # A later version in the same file: now that the first has its ids, it is an update like any other.
                self.shared.known.server = base(item.entry)
                _, _, first = fresh[item.kind, item.key]
                thing = Thing(first.thing, first.thing_id) if first.thing and first.thing_id else None
                self._again(item, Stored(first.id, first.sha256, thing))

    def _is_here(self, item: Item) -> bool:
        """Whether what a conditional create asks for is here under another identifier (FHIR R4 http.html#ccreate)."""
        condition = item.entry.if_none_exist
        if not condition:
            return False
        found = self.shared.known.find(self.work, f"{item.kind}?{condition}")
        if found is not None:
            self.shared.known.learn(item.addresses, found)
        return found is not None

    def _new(self, item: Item) -> tuple[Any, ForeignResource] | None:
        """Place and keep an item that is here for the first time; None where it is refused."""
        row = None
        if isinstance(item.record, Kept):
            self._tell_kept(item, "created", item.record.why)
        else:
            try:
                placed = place(self.desk, item.record, item.resource, item.addresses)
            except Refused as refusal:
                refuse(self.outcome, item.entry, item.kind, Bad(refusal.what))
                return None
            row = placed.row
            self._tell_kept(item, "created", placed.why)
            if placed.lacking:
                self._tell_once(item, "created", "unresolved", placed.lacking)
        kept = ForeignResource(
            practice_id=self.work.actor.practice_id,
            type=item.kind,
            key=item.key,
            sha256=item.sha256,
            body=item.entry.body,
            received_at=self.work.at,
        )
        self.work.session.add(kept)
        self.outcome.created += 1
        return row, kept

    def _settle(self, item: Item, row: Any, kept: ForeignResource) -> None:
        """The row has its id: the kept text points at it, references to it are known, its first fact is written."""
        if row is None:
            return
        thing = Thing(row.__tablename__, row.id)
        kept.thing, kept.thing_id = thing
        self.shared.known.learn(item.addresses, thing)
        tell_first(self.work, row)
        if isinstance(row, Patient):
            same = self._look_alikes(row)
            if same:
                message = N_("A patient who may be the same is here already; merge them if they are one.")
                self._tell(item, "created", "possible-duplicate", message, same)

    def _look_alikes(self, patient: Patient) -> tuple[int, ...]:
        """Who may be the same, likeliest first. They are told of and never taken for one."""
        found = look_alikes(self.work.actor, traits_of(patient), (patient.id,))
        return tuple(each.patient.id for each in found if each.likeness.score >= WORTH_ASKING)

    def _again(self, item: Item, before: Stored) -> None:
        """An item whose key is here: nothing, where it says the same; what its source changed, where not."""
        if before.thing:
            self.shared.known.learn(item.addresses, before.thing)
        if item.entry.if_none_exist:
            self.outcome.unchanged += 1
        elif before.sha256 == item.sha256:
            if self._makes_more_of(item, before):
                self.outcome.updated += 1
            else:
                self.outcome.unchanged += 1
        elif self._seen_before(item, before):
            self.outcome.unchanged += 1
        elif self._changed(item, before):
            self.outcome.updated += 1

    def _makes_more_of(self, item: Item, before: Stored) -> bool:
        """Whether more can be made of the same text than when it first came in."""
        if before.thing is None:
            return item.kind in READERS and self._placed_now(item, before)
        return item.kind == "Encounter" and give_place(self.desk, before.thing, item.resource)

    def _seen_before(self, item: Item, before: Stored) -> bool:
        """Whether this is what a later version has superseded: an old file given again, or one file of several.

        A source that goes back to what it said before says so by a new ``meta``, and so by another digest.
        """
        wanted = select(Fact.id).where(
            Fact.practice_id == self.work.actor.practice_id,
            Fact.thing == ForeignResource.__tablename__,
            Fact.thing_id == before.id,
            Fact.body["sha256"].as_string() == item.sha256,
        )
        return self.work.session.scalars(wanted.limit(1)).first() is not None

    def _placed_now(self, item: Item, before: Stored) -> bool:
        """Whether what could only be kept then can be placed now that more is here."""
        if isinstance(item.record, Kept):
            return False
        try:
            placed = place(self.desk, item.record, item.resource, item.addresses)
        except Refused:
            return False
        if placed.row is None:
            return False
        self.work.session.flush()
        self._settle(item, placed.row, self.work.session.get_one(ForeignResource, before.id))
        return True

    def _changed(self, item: Item, before: Stored) -> bool:
        """Bring what is here up to date; whether it was taken."""
        kept = self.work.session.get_one(ForeignResource, before.id)
        if isinstance(item.record, Kept):
            if before.thing:
                self._tell(item, "updated", "withdrawn", _WITHDRAWN)
        elif before.thing:
            old = read_record(json.loads(kept.body))
            if _another_person(item, old):
                refuse(self.outcome, item.entry, item.kind, Bad(_SAME_ID))
                return False
            change_row(self.desk, before.thing, None if isinstance(old, (Kept, Bad)) else old, item.record)
        else:
            self._placed_now(item, before)
        superseded = {"sha256": kept.sha256, "received_at": kept.received_at.isoformat(), "body": kept.body.decode()}
        self.work.fact(ForeignResource.__tablename__, kept.id, "foreign_resource.superseded", superseded)
        kept.body, kept.sha256, kept.received_at = item.entry.body, item.sha256, self.work.at
        return True

    def _tell_kept(self, item: Item, action: str, why: str) -> None:
        if why:
            self._tell(item, action, "kept", why)

    def _tell_once(self, item: Item, action: str, problem: str, message: str) -> None:
        """Once a file: thirty visits of one absent practitioner are one thing to know."""
        if (problem, message) not in self.shared.told:
            self.shared.told.add((problem, message))
            self._tell(item, action, problem, message)

    def _tell(self, item: Item, action: str, problem: str, message: str, same_as: tuple[int, ...] = ()) -> None:
        self.outcome.remarks.append(
            Remark(
                entry=item.entry.number,
                type=item.kind,
                action=action,
                problem=problem,
                message=message,
                same_as=same_as,
            )
        )

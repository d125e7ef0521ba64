"""What a reference in a foreign resource means here: a row of ours, if it has come in."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from clinic.fhir.importer.keys import meanings
from clinic.models import ForeignResource
from clinic.services.acting import Work
from clinic.services.surviving import survivor_of


class Thing(NamedTuple):
    """A row of ours: its table and id."""

    name: str
    id: int


class Known:
    """The references seen so far. What a slice learns counts once it is kept (``settle``) and goes with it if not."""

    def __init__(self) -> None:
        self.server: str | None = None
        """Where the relative references of the entry at hand are at home."""
        self._settled: dict[str, Thing] = {}
        self._new: dict[str, Thing] = {}
        self._missing: set[str] = set()
        self._survivors: dict[int, int] = {}

    def learn(self, addresses: list[str], thing: Thing) -> None:
        """These reference texts mean that row."""
        self._missing.difference_update(addresses)
        for address in addresses:
            self._new[address] = thing

    def settle(self) -> None:
        """What was learnt since the last time was committed."""
        self._settled |= self._new
        self.forget()

    def forget(self) -> None:
        """What was learnt since the last time was rolled back; what was read may be true no longer."""
        self._new.clear()
        self._missing.clear()
        self._survivors.clear()

    def find(self, work: Work, reference: str | None) -> Thing | None:
        """The row a reference text means: of this run, else of an earlier import."""
        for address in meanings(reference, self.server) if reference is not None else ():
            found = self._find(work, address)
            if found is not None:
                return found
        return None

    def _find(self, work: Work, address: str) -> Thing | None:
        found = self._new.get(address) or self._settled.get(address)
        if found is None and address not in self._missing:
            found = _of_earlier_import(work, address)
            if found is None:
                self._missing.add(address)
            else:
                self._new[address] = found
        return found

    def patient(self, work: Work, reference: str | None) -> int | None:
        """The patient a reference means; of a merged one the patient it was merged into."""
        found = self.find(work, reference)
        return self.stands_for(work, found.id) if found is not None and found.name == "patient" else None

    def stands_for(self, work: Work, patient: int) -> int:
        """The patient that one of ours was merged into, itself where it was not."""
        if patient not in self._survivors:
            self._survivors[patient] = survivor_of(work.actor, patient).id
        return self._survivors[patient]


def _of_earlier_import(work: Work, text: str) -> Thing | None:
    """By its key: a full URL, ``Type/id``, or the ``system|value`` that a conditional reference asks for."""
    kind, _, condition = text.partition("?identifier=")
    wanted = select(ForeignResource.thing, ForeignResource.thing_id).where(
        ForeignResource.practice_id == work.actor.practice_id,
        ForeignResource.key == (condition or text),
        ForeignResource.thing.is_not(None),
    )
    if condition:
        wanted = wanted.where(ForeignResource.type == kind)
    row = work.session.execute(wanted.limit(1)).first()
    return Thing(row.thing, row.thing_id) if row and row.thing and row.thing_id else None

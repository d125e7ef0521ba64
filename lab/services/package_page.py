"""One package as its page shows it: what is in it, what fits and what does not, what is still to be checked."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from clinic.base import db
from clinic.models import Fact, Location, Staff
from clinic.services.acting import Actor
from clinic.services.clock import now
from clinic.services.find import Unknown
from lab.domain.checklist import Line, lines_for, ticked
from lab.domain.package_story import Consignment, Item
from lab.domain.packing import Going, Remark, blocked, expired, missing_pieces
from lab.models import Laboratory, Package, Specimen
from lab.services.fitting import asked_of, going_of, judged, pieces_of
from lab.services.package_facts import THING, consignment_of, inside
from lab.services.packing_rule import trained_only
from lab.services.specimens import container_of
from lab.services.to_pack import for_laboratory
from lab.services.training import trained

KEYS = "123456789xyzvw"
"""The key of each line of the checklist, in its order."""


class Inside(NamedTuple):
    """A container in the package."""

    row: Specimen
    item: Item
    wrong: str | None
    """What stops the package: ``unfit``, ``expired``, ``set``; None where nothing does."""


class Candidate(NamedTuple):
    """A container that may go in."""

    row: Specimen
    remarks: tuple[Remark, ...]

    @property
    def blocked(self) -> bool:
        """Whether it stays out whatever is said."""
        return blocked(self.remarks)


class Tick(NamedTuple):
    """A line of the checklist."""

    line: Line
    done: bool
    key: str


class Happened(NamedTuple):
    """A fact of the package."""

    type: str
    at: datetime
    who: str | None
    reason: str | None
    body: dict[str, object]


class Shown(NamedTuple):
    """The whole page."""

    row: Package
    sent: Consignment
    laboratory: Laboratory
    location: Location
    going: Going
    items: list[Inside]
    candidates: list[Candidate]
    ticks: list[Tick]
    missing: dict[str, tuple[str, ...]]
    trained: bool
    trained_only: bool
    """Who is not trained packs nothing here; asked only where the actor is not."""
    happened: list[Happened]
    now: datetime

    @property
    def sealable(self) -> bool:
        """Whether nothing but the seal is missing."""
        wrong = any(each.wrong for each in self.items)
        return bool(self.items) and not wrong and all(each.done for each in self.ticks)


def shown(actor: Actor, number: str) -> Shown:
    """The page, in about ten statements however many containers.

    Raises:
        Unknown: there is no such package.
    """
    found = db.session.execute(
        select(Package, Laboratory, Location)
        .join(Laboratory, Laboratory.id == Package.laboratory_id)
        .join(Location, Location.id == Package.location_id)
        .where(Package.practice_id == actor.practice_id, Package.number == number)
    ).one_or_none()
    if found is None:
        raise Unknown(THING)
    row, laboratory, location = found
    sent, at = consignment_of(row), now()
    going = going_of(sent, laboratory, location, at)
    packed = inside(row)
    waiting = for_laboratory(actor, laboratory.id, location.id) if sent.state == "open" else []
    sets = pieces_of(actor.practice_id, {each.set_number for each in (*packed, *waiting) if each.set_number})
    missing = missing_pieces(sent, {key: [piece.number for piece in pieces] for key, pieces in sets.items()})
    asked = asked_of(actor.practice_id, [each.id for each in waiting])
    said = judged(waiting, going, at, asked, sets)
    candidates = [Candidate(each, said[each.id]) for each in waiting]
    able = trained(actor.practice_id, actor.staff_id)
    return Shown(
        row=row,
        sent=sent,
        laboratory=laboratory,
        location=location,
        going=going,
        items=[
            Inside(each, item, _wrong(sent, each, missing, at)) for each, item in zip(packed, sent.items, strict=True)
        ],
        candidates=sorted(candidates, key=lambda each: (each.blocked, bool(each.remarks))),
        ticks=[Tick(line, ticked(sent, line), key) for line, key in zip(lines_for(sent), KEYS, strict=False)],
        missing=missing,
        trained=able,
        trained_only=not able and trained_only(actor.practice_id, location.id),
        happened=_happened(row),
        now=at,
    )


def _wrong(sent: Consignment, row: Specimen, missing: dict[str, tuple[str, ...]], at: datetime) -> str | None:
    if sent.state not in {"open", "sealed"}:
        return None
    container = container_of(row)
    if container.state != "packed":
        return "unfit"
    if expired(container, at):
        return "expired"
    return "set" if row.set_number in missing else None


def _happened(row: Package) -> list[Happened]:
    facts = db.session.execute(
        select(Fact, Staff)
        .outerjoin(Staff, (Staff.id == Fact.actor_id) & (Staff.practice_id == Fact.practice_id))
        .where(Fact.practice_id == row.practice_id, Fact.thing == THING, Fact.thing_id == row.id)
        .order_by(Fact.sequence.desc())
    )
    return [
        Happened(
            fact.type,
            datetime.fromisoformat(fact.body["at"]),
            member.name if member else None,
            fact.reason,
            fact.body,
        )
        for fact, member in facts
    ]


def open_packages(actor: Actor, laboratory_ids: set[int]) -> list[Package]:
    """Open packages to these laboratories, the newest first."""
    wanted = (
        select(Package)
        .where(
            Package.practice_id == actor.practice_id,
            Package.state == "open",
            Package.laboratory_id.in_(laboratory_ids),
        )
        .options(joinedload(Package.laboratory))
        .order_by(Package.id.desc())
    )
    return list(db.session.scalars(wanted))

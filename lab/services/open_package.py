"""Opening a package: an empty box for one laboratory, kept at one condition."""

from __future__ import annotations

from datetime import datetime

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Location
from clinic.services.acting import Actor, acting
from clinic.services.find import one
from clinic.services.number import next_number
from lab.domain.courier import next_cutoff
from lab.domain.package_events import Category, Kept, Opened
from lab.domain.package_story import begin
from lab.models import Laboratory, Package
from lab.services.package_facts import RIGHT, THING, append, project_package

CONDITIONS: tuple[Kept, ...] = ("room", "refrigerated", "frozen")
CATEGORIES: tuple[Category, ...] = ("B", "exempt")


def open_package(
    actor: Actor,
    laboratory_id: int,
    location_id: int,
    condition: str = "room",
    at: datetime | None = None,
    *,
    category: str = "B",
    by_air: bool = False,
    number: str | None = None,
) -> int:
    """Open a package; gives its id. It is for the courier who comes next there.

    Raises:
        Refused: the condition or category is none, or the laboratory is out of use.
        Unknown: there is no such laboratory or place.
    """
    kept = next((known for known in CONDITIONS if known == condition), None)
    kind = next((known for known in CATEGORIES if known == category), None)
    if kept is None or kind is None:
        raise Refused(
            N_("There is no such choice."),
            where="category" if kept else "condition",
            remedy=N_("Choose one of the list."),
        )
    with acting(actor, RIGHT) as work:
        laboratory = one(actor, Laboratory, laboratory_id)
        location = one(actor, Location, location_id)
        if not laboratory.active:
            raise Refused(N_("This laboratory is out of use."), where="laboratory_id", remedy=N_("Choose another one."))
        body = Opened(
            at=at or work.at,
            number=number or f"P{next_number(work, THING):06d}",
            laboratory_id=laboratory.id,
            location_id=location.id,
            condition=kept,
            category=kind,
            by_air=by_air,
            cutoff_at=next_cutoff(laboratory.cutoff, location.time_zone, at or work.at),
        )
        row = Package(practice_id=actor.practice_id, created_at=work.at, changed_at=work.at)
        project_package(row, begin(body))
        work.session.add(row)
        work.session.flush()
        append(work, row, "package.opened", body)
        return row.id

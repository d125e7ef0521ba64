"""What placing records needs within one act, and where the practice itself stands in them."""

from __future__ import annotations

from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import select

from clinic.base import Base
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.fhir.importer.keys import meanings
from clinic.fhir.importer.timing import Moment
from clinic.models import Location, Practice, Visit
from clinic.services.acting import Work
from clinic.services.importing.references import Known

NOT_HERE = N_("The patient it names is not here; its text is kept.")
NO_VISIT = N_("No visit it belongs to is here; its text is kept.")


class Placed(NamedTuple):
    """What became of a record: the row it is now, or why there is none (a message id)."""

    row: Base | None
    why: str = ""
    lacking: str = ""
    """What the row would have used and could not: a message id."""


class ForeignPlace(NamedTuple):
    """A place as another system knows it."""

    key: str
    name: str | None


class Desk:
    """One act of importing: its work, the references it knows, and the resources that came in the same file."""

    def __init__(
        self,
        work: Work,
        known: Known,
        resources: dict[str, dict[str, Any]] | None = None,
        payors: frozenset[str] = frozenset(),
        places: dict[str, ForeignPlace] | None = None,
    ) -> None:
        self.work = work
        self.known = known
        self.resources = resources or {}
        """By each of their addresses."""
        self.payors = payors
        """The addresses by which policies of the file name their payers."""
        self.places = places if places is not None else {}
        """The places and organisations by each of their addresses: those of the file, and what was looked up."""
        self.session = work.session
        self.practice_id = work.actor.practice_id

    @cached_property
    def practice(self) -> Practice:
        """The practice that imports."""
        return self.session.get_one(Practice, self.practice_id)

    @cached_property
    def locations(self) -> list[Location]:
        """Its places of care."""
        wanted = select(Location).where(Location.practice_id == self.practice_id, Location.active)
        return list(self.session.scalars(wanted.order_by(Location.id)))

    @property
    def only_location(self) -> Location | None:
        """The one place, None where there are none or several."""
        return self.locations[0] if len(self.locations) == 1 else None

    def added(self, row: Base) -> Placed:
        """A new row, in the session and not yet flushed."""
        self.session.add(row)
        return Placed(row)

    def resource(self, reference: str, holder: dict[str, Any]) -> dict[str, Any] | None:
        """The resource a reference means, contained in its holder or of the same file."""
        if not reference.startswith("#"):
            found = (self.resources.get(address) for address in meanings(reference, self.known.server))
            return next((resource for resource in found if resource is not None), None)
        contained = holder.get("contained", [])
        return next((inner for inner in contained if f"#{inner.get('id')}" == reference), None)

    def visit(self, patient: str, encounter: str | None, moment: Moment | None) -> tuple[int | None, str]:
        """The visit something belongs to; without an encounter, the only visit of the patient on that day.

        Returns:
            Its id and "", or None and the message id that says why.

        Raises:
            Refused: the encounter is another patient's.
        """
        whose = self.known.patient(self.work, patient)
        if whose is None:
            return None, NOT_HERE
        found = self.known.find(self.work, encounter)
        if found is not None and found.name == "visit":
            # Visits keep the patient they were entered for; a merge only redirects.
            if self.known.stands_for(self.work, self.session.get_one(Visit, found.id).patient_id) != whose:
                raise Refused(N_("Its subject and its encounter are of two patients."))
            return found.id, ""
        if encounter is not None or moment is None:
            return None, NO_VISIT
        wanted = select(Visit.id).where(
            Visit.practice_id == self.practice_id, Visit.patient_id == whose, Visit.on == moment.day
        )
        visits = self.session.scalars(wanted.limit(2)).all()
        return (visits[0], "") if len(visits) == 1 else (None, NO_VISIT)

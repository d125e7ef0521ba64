"""The form of a dental case: what is asked of the laboratory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from msgspec.structs import asdict
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from clinic.models import Location, Provider
from clinic.services.acting import Actor
from clinic.views.editing import options
from clinic.views.fields import DayField
from lab.domain.dental_case_events import Prescription
from lab.domain.dental_prescription import MOST_NOTES, MOST_SHADE
from lab.domain.dental_words import JAWS, MATERIALS, RECORDS
from lab.domain.tooth import LONGEST, read_teeth, shown_teeth
from lab.models import Laboratory
from lab.services.dental_tables import dental_work
from lab.services.open_case import days_of, laboratory_for


class AskedForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """What is asked."""

    laboratory_id = SelectField(_l("Laboratory"))
    work = SelectField(_l("Work"), id="kind-of-work")
    teeth = StringField(_l("Teeth"), [Optional(), Length(max=LONGEST)])
    # what the kind of work does not ask is not sent; the service judges what is
    jaw = SelectField(_l("Jaw"), validate_choice=False)
    material = SelectField(_l("Material"), validate_choice=False)
    shade = StringField(_l("Shade"), [Optional(), Length(max=MOST_SHADE)])
    record = RadioField(_l("Made from"))
    seat_on = DayField(_l("Seat visit"), [Optional()])
    notes = TextAreaField(_l("Notes for the laboratory"), [Optional(), Length(max=MOST_NOTES)])

    def offer(self, laboratories: Iterable[Laboratory]) -> None:
        """Fill its choices."""
        self.laboratory_id.choices = options({str(row.id): row.name for row in laboratories})
        self.work.choices = options({key: _(work.words) for key, work in dental_work().items()})
        self.jaw.choices = options({"": _("not asked"), **{key: _(words) for key, words in JAWS.items()}})
        materials = {key: _(words) for key, words in MATERIALS.items()}
        self.material.choices = options({"": _("as the laboratory proposes"), **materials})
        self.record.choices = [(key, _(words)) for key, words in RECORDS.items()]


class NewCaseForm(AskedForm):
    """A case on its way: also where it is handled and for whom it is made."""

    location_id = SelectField(_l("Place"))
    provider_id = SelectField(_l("Prescribed by"))

    def offer_people(self, places: Iterable[Location], providers: Iterable[Provider]) -> None:
        """Fill its places and providers."""
        self.location_id.choices = options({str(row.id): row.name for row in places})
        self.provider_id.choices = options({"": _("nobody yet"), **{str(row.id): row.name for row in providers}})


def shown_in(asked: Prescription) -> dict[str, Any]:
    """What the form's fields show of a prescription."""
    fields: dict[str, Any] = asdict(asked)
    return fields | {
        "laboratory_id": str(asked.laboratory_id),
        "teeth": shown_teeth(asked.teeth),
        "jaw": asked.jaw or "",
        "material": asked.material or "",
    }


def asked_in(actor: Actor, form: AskedForm) -> Prescription:
    """What the form says.

    Raises:
        Refused: the teeth are none, or no dental laboratory is chosen.
    """
    chosen = form.laboratory_id.data or ""
    laboratory = laboratory_for(actor, int(chosen) if chosen.isdigit() else 0)
    return Prescription(
        laboratory_id=laboratory.id,
        days=days_of(laboratory),
        work=form.work.data or "",
        record=form.record.data,
        teeth=read_teeth(form.teeth.data or ""),
        jaw=form.jaw.data or None,
        material=form.material.data or None,
        shade=form.shade.data or None,
        seat_on=form.seat_on.data,
        notes=form.notes.data or None,
    )


def asks_of_work() -> dict[str, dict[str, Any]]:
    """What each kind of work asks, for the script that leads through the form."""
    return {
        key: {"where": work.where, "shaded": work.shaded, "materials": work.materials}
        for key, work in dental_work().items()
    }

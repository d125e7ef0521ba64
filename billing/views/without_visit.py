"""A claim without a visit: for whom, on which day, where and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from billing.services.open_without_visit import open_without_visit
from billing.views.typed import read_id
from clinic.base import db
from clinic.journal.reads import seen
from clinic.models import Location, Patient, Provider
from clinic.policy import requires
from clinic.services.find_patients import Hit, listed
from clinic.services.surviving import survivor_of
from clinic.views.asking import asked
from clinic.views.editing import Edit
from clinic.views.fields import DayField
from clinic.views.guard import actor
from clinic.views.patient_form import text

screens = Blueprint("without_visit", __name__, url_prefix="/claims/without-visit")

FOUND = 20


class WithoutVisitForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """What no visit says."""

    on = DayField(_l("Day of service"), [InputRequired(_l("This is needed."))])
    location_id = SelectField(_l("Place"), [InputRequired(_l("This is needed."))])
    place = text(_l("Place of service code"), 2)
    provider_id = SelectField(_l("Rendered by"), default="")
    referring_id = SelectField(_l("Ordered or referred by"), default="")

    def offer(self, places: list[Location], providers: list[Provider]) -> None:
        """Fill the choices; the only place there is is chosen."""
        self.location_id.choices = [SelectChoice(str(row.id), row.name) for row in places]
        if len(places) != 1:
            self.location_id.choices.insert(0, SelectChoice("", _("choose")))
        nobody = SelectChoice("", _("nobody"))
        self.provider_id.choices = [nobody, *(_choice(row) for row in providers if not row.outside)]
        self.referring_id.choices = [nobody, *(_choice(row) for row in providers)]


def _choice(row: Provider) -> SelectChoice:
    return SelectChoice(str(row.id), f"{row.name} ({_('outside')})" if row.outside else row.name)


@screens.get("")
@requires("claim.code")
def choose() -> str:
    """Find whose claim it is."""
    wanted = asked(request.args.get("q", ""))
    rows: Sequence[Hit] = ()
    if wanted.text:
        rows = listed(actor(), wanted, most=FOUND, where=(Patient.merged_into_id.is_(None),)).rows
    seen(*(row.patient.id for row in rows))
    return render_template("billing/without_visit_choose.html", rows=rows, wanted=wanted)


@screens.route("/<int:patient_id>", methods=["GET", "POST"])
@requires("claim.code")
def new(patient_id: int) -> tuple[str, int] | Response:
    """Open the claim; of a merged patient, for whom they were merged into."""
    who = actor()
    patient = survivor_of(who, patient_id)
    seen(patient.id)
    form = WithoutVisitForm()
    form.offer(*_choices(who.practice_id))
    edit, opened = Edit(form), list[int]()

    def act(_seen: str) -> None:
        opened.append(
            open_without_visit(
                who,
                patient.id,
                cast("date", form.on.data),
                cast("int", read_id(form.location_id.data, "location_id")),
                provider_id=read_id(form.provider_id.data or "", "provider_id"),
                referring_id=read_id(form.referring_id.data or "", "referring_id"),
                place=form.place.data or None,
            )
        )

    if edit.takes(act):
        return redirect(url_for("coding.code", claim_id=opened[0]), code=303)
    return render_template("billing/without_visit.html", edit=edit, patient=patient), edit.status


def _choices(practice_id: int) -> tuple[list[Location], list[Provider]]:
    places = db.session.scalars(
        select(Location).where(Location.practice_id == practice_id, Location.active).order_by(Location.name)
    )
    providers = db.session.scalars(
        select(Provider)
        .where(Provider.practice_id == practice_id, Provider.active)
        .order_by(Provider.outside, Provider.last, Provider.first)
    )
    return list(places), list(providers)

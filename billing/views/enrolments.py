"""Enrolments: who may exchange which files with a payer, since when and until when; and those that need somebody."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import or_, select
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from billing.domain.routes import TRANSACTIONS, EnrolmentFacts
from billing.models import Enrolment
from billing.services.change_enrolment import change_enrolment, end_enrolment
from billing.services.enrolments import state, waiting
from billing.services.enter_enrolment import enter_enrolment
from clinic import queues
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Payer, Provider
from clinic.policy import RoleName, requires
from clinic.queues import Queue, QueueState
from clinic.services.acting import Actor
from clinic.services.changing import Overtaken, facts_of, print_of
from clinic.services.clock import now, today
from clinic.services.find import one
from clinic.views import things
from clinic.views.editing import Edit, kept, typed
from clinic.views.fields import DayField
from clinic.views.guard import actor
from clinic.views.history import Changed, Happened, history
from clinic.views.reading import read_date
from clinic.views.telling import told
from clinic.views.things import Kind

screens = Blueprint("enrolments", __name__, url_prefix="/house")

WITHIN = timedelta(days=14)
"""How long an enrolment may need somebody before it is late."""


def _waiting(who: Actor) -> QueueState:
    return state(waiting(who.practice_id, today()), now(), WITHIN)


queues.declare(
    Queue(
        "enrolments",
        N_("Enrolments"),
        N_("Enrol"),
        "claim.oversee",
        "enrolments.due",
        count=_waiting,
        limit=WITHIN,
        group="practice",
        order=40,
        daily=frozenset({RoleName.MANAGER}),
    )
)
things.declare(enrolment=Kind(N_("enrolment"), "enrolments.edit", "enrolment_id"))


def _provider(text: str) -> int | None:
    return int(text) if text else None


class EnrolmentForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """An enrolment."""

    provider_id = SelectField(_l("Who"), coerce=_provider)
    transaction = SelectField(_l("For which files"))
    asked_on = DayField(_l("Asked for on"), [Optional()])
    starts = DayField(_l("Starts"), [Optional()])
    ends = DayField(_l("Ends"), [Optional()])
    number = StringField(_l("The payer's number for it"), [Optional(), Length(max=50)])


@screens.get("/enrolments")
@requires("enrolment.write")
def due() -> str:
    """Those that end soon, and those the payer has not answered."""
    return render_template(
        "billing/enrolments.html", rows=waiting(actor().practice_id, today()), transactions=TRANSACTIONS, on=today()
    )


@screens.route("/payers/<int:payer_id>/enrolments/new", methods=["GET", "POST"])
@requires("enrolment.write")
def new(payer_id: int) -> tuple[str, int] | Response:
    """Enter one."""
    payer = one(actor(), Payer, payer_id)
    form = _form(EnrolmentForm(data={"asked_on": today()}), None)
    edit = Edit(form)
    if edit.takes(lambda _seen: enter_enrolment(actor(), payer_id, typed(form, EnrolmentFacts))):
        return kept("routes.show", payer_id=payer_id)
    return _page(edit, payer, None), edit.status


@screens.route("/enrolments/<int:enrolment_id>", methods=["GET", "POST"])
@requires("enrolment.write")
def edit(enrolment_id: int) -> tuple[str, int] | Response:
    """Change one."""
    row = one(actor(), Enrolment, enrolment_id)
    form = _form(EnrolmentForm(obj=row), row)
    work = Edit(form, facts_of(EnrolmentFacts, row))
    if work.takes(lambda seen: change_enrolment(actor(), enrolment_id, typed(form, EnrolmentFacts), seen)):
        return kept("routes.show", payer_id=row.payer_id)
    return _page(work, row.payer, row), work.status


@screens.post("/enrolments/<int:enrolment_id>/end")
@requires("enrolment.write")
def end(enrolment_id: int) -> Response:
    """End one on a day."""
    row = one(actor(), Enrolment, enrolment_id)
    try:
        day = read_date(request.form.get("on", ""), "on")
        end_enrolment(actor(), enrolment_id, day, request.form.get("seen", ""))
    except Refused as refused:
        flash(told(refused), "error")
    except Overtaken:
        flash(_("Someone was faster."), "error")
    else:
        return kept("routes.show", payer_id=row.payer_id)
    return redirect(url_for("enrolments.edit", enrolment_id=enrolment_id), code=303)


def _form(form: EnrolmentForm, row: Enrolment | None) -> EnrolmentForm:
    """Offer those who bill here, and whoever is in it already."""
    there = row.provider_id if row else None
    people = db.session.scalars(
        select(Provider)
        .where(
            Provider.practice_id == actor().practice_id,
            Provider.outside.is_(False),
            or_(Provider.active, Provider.id == there),
        )
        .order_by(Provider.last, Provider.first, Provider.id)
    )
    form.provider_id.choices = [
        SelectChoice("", _("the whole practice")),
        *(SelectChoice(str(each.id), each.name) for each in people),
    ]
    form.transaction.choices = [
        SelectChoice(name, f"{name.upper()}  {_(words)}") for name, words in TRANSACTIONS.items()
    ]
    return form


def _page(work: Edit, payer: Payer, row: Enrolment | None) -> str:
    return render_template(
        "billing/enrolment.html",
        edit=work,
        payer=payer,
        row=row,
        seen=print_of(facts_of(EnrolmentFacts, row)) if row else "",
        history=_named(history("enrolment", row.id)) if row else None,
        on=today(),
    )


def _named(happened: list[Happened]) -> list[Happened]:
    """What happened, with people by their names."""
    ids = {number for each in happened for field in each.changed if field.name == "provider_id" for number in field[1:]}
    if not ids:
        return happened
    people = db.session.scalars(
        select(Provider).where(Provider.practice_id == actor().practice_id, Provider.id.in_(ids - {None}))
    )
    names: dict[int | None, str] = {None: _("the whole practice"), **{each.id: each.name for each in people}}
    return [
        each._replace(
            changed=[
                Changed(field.name, names.get(field.before), names.get(field.after))
                if field.name == "provider_id"
                else field
                for field in each.changed
            ]
        )
        for each in happened
    ]

"""Clearinghouses: who takes the practice's files, and the ids of the envelope."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import func, select
from werkzeug.wrappers import Response
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, Length

from billing.domain.routes import ClearinghouseFacts
from billing.models import Clearinghouse, PayerRoute
from billing.services.change_clearinghouse import change_clearinghouse
from billing.services.enter_clearinghouse import enter_clearinghouse
from clinic import sections
from clinic.base import db
from clinic.domain.us_identifiers import read_receiver
from clinic.domain.words import N_
from clinic.policy import requires
from clinic.sections import Section
from clinic.services.changing import facts_of
from clinic.services.find import one
from clinic.views import things
from clinic.views.editing import Edit, Reads, kept, typed
from clinic.views.guard import actor
from clinic.views.history import history
from clinic.views.lists import counted
from clinic.views.things import Kind

screens = Blueprint("clearinghouses", __name__, url_prefix="/house/clearinghouses")

sections.declare(Section("clearinghouses", N_("Clearinghouses"), "practice.read", "clearinghouses.index", order=32))
things.declare(clearinghouse=Kind(N_("clearinghouse"), "clearinghouses.edit", "clearinghouse_id"))


class ClearinghouseForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A clearinghouse."""

    name = StringField(_l("Name"), [DataRequired(), Length(max=60)])
    submitter_id = StringField(_l("Our id there"), [DataRequired(), Reads(read_receiver, needed=True)])
    receiver_id = StringField(_l("Its own id"), [DataRequired(), Reads(read_receiver, needed=True)])
    active = BooleanField(_l("In use"))


@screens.get("")
@requires("practice.read")
def index() -> str:
    """All of them, those in use first, with how many payers were sent each one's way."""
    mine = actor().practice_id
    rows = db.session.scalars(
        select(Clearinghouse)
        .where(Clearinghouse.practice_id == mine)
        .order_by(Clearinghouse.active.desc(), Clearinghouse.name, Clearinghouse.id)
    ).all()
    payers = counted(
        select(PayerRoute.clearinghouse_id, func.count())
        .where(PayerRoute.practice_id == mine, PayerRoute.used)
        .group_by(PayerRoute.clearinghouse_id)
    )
    only = [row.id for row in rows if row.active]
    return render_template(
        "billing/clearinghouses.html", rows=rows, payers=payers, only=only[0] if len(only) == 1 else None
    )


@screens.route("/new", methods=["GET", "POST"])
@requires("route.write")
def new() -> tuple[str, int] | Response:
    """Enter one."""
    form = ClearinghouseForm(data={"active": True})
    edit = Edit(form)
    if edit.takes(lambda _seen: enter_clearinghouse(actor(), typed(form, ClearinghouseFacts))):
        return kept("clearinghouses.index")
    return _page(edit, None), edit.status


@screens.route("/<int:clearinghouse_id>", methods=["GET", "POST"])
@requires("route.write")
def edit(clearinghouse_id: int) -> tuple[str, int] | Response:
    """Change one, or send nothing through it any more."""
    row = one(actor(), Clearinghouse, clearinghouse_id)
    form = ClearinghouseForm(obj=row)
    work = Edit(form, facts_of(ClearinghouseFacts, row))
    if work.takes(lambda seen: change_clearinghouse(actor(), clearinghouse_id, typed(form, ClearinghouseFacts), seen)):
        return kept("clearinghouses.index")
    return _page(work, row), work.status


def _page(work: Edit, row: Clearinghouse | None) -> str:
    return render_template(
        "billing/clearinghouse.html", edit=work, row=row, history=history("clearinghouse", row.id) if row else None
    )

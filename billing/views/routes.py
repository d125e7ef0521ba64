"""A payer's routes and enrolments: which way its claims go, by which number, and who may send them."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response
from wtforms import BooleanField, StringField
from wtforms.validators import Length, Optional

from billing.domain.routes import TRANSACTIONS, RouteFacts
from billing.models import Clearinghouse, Enrolment, PayerRoute
from billing.services.routes import routes_of
from billing.services.set_route import UNSAID, set_route
from clinic.base import db
from clinic.domain.words import N_
from clinic.models import Payer
from clinic.policy import requires
from clinic.services.changing import facts_of
from clinic.services.clock import today
from clinic.services.find import one
from clinic.views import things
from clinic.views.editing import Edit, kept, typed
from clinic.views.guard import actor
from clinic.views.history import history
from clinic.views.things import Kind

screens = Blueprint("routes", __name__, url_prefix="/house/payers/<int:payer_id>/routes")

things.declare(payer_route=Kind(N_("route")))


class RouteForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """One payer through one clearinghouse."""

    payer_number = StringField(_l("Payer number there"), [Optional(), Length(max=80)])
    used = BooleanField(_l("Claims go this way"))
    enrols = BooleanField(_l("The payer takes files only from those it has enrolled"))


@screens.get("")
@requires("practice.read")
def show(payer_id: int) -> str:
    """The clearinghouses with what was said of each for this payer, and the payer's enrolments."""
    payer = one(actor(), Payer, payer_id)
    rows = db.session.execute(
        select(Clearinghouse, PayerRoute)
        .outerjoin(PayerRoute, and_(PayerRoute.clearinghouse_id == Clearinghouse.id, PayerRoute.payer_id == payer_id))
        .where(
            Clearinghouse.practice_id == actor().practice_id,
            or_(Clearinghouse.active, PayerRoute.id.is_not(None)),
        )
        .order_by(Clearinghouse.active.desc(), Clearinghouse.name, Clearinghouse.id)
    ).all()
    enrolments = db.session.scalars(
        select(Enrolment)
        .where(Enrolment.practice_id == actor().practice_id, Enrolment.payer_id == payer_id)
        .options(joinedload(Enrolment.provider))
        .order_by(Enrolment.transaction, Enrolment.provider_id, Enrolment.starts.desc(), Enrolment.id.desc())
    ).all()
    return render_template(
        "billing/payer_routes.html",
        payer=payer,
        rows=rows,
        route=routes_of(actor().practice_id, (payer_id,))[payer_id],
        enrolments=enrolments,
        transactions=TRANSACTIONS,
        on=today(),
    )


@screens.route("/<int:clearinghouse_id>", methods=["GET", "POST"])
@requires("route.write")
def edit(payer_id: int, clearinghouse_id: int) -> tuple[str, int] | Response:
    """Say how claims reach the payer through this clearinghouse."""
    payer = one(actor(), Payer, payer_id)
    house = one(actor(), Clearinghouse, clearinghouse_id)
    row = db.session.scalar(
        select(PayerRoute).where(
            PayerRoute.practice_id == payer.practice_id,
            PayerRoute.payer_id == payer.id,
            PayerRoute.clearinghouse_id == house.id,
        )
    )
    form = RouteForm(obj=row)
    work = Edit(form, facts_of(RouteFacts, row) if row else UNSAID)
    if work.takes(lambda seen: set_route(actor(), payer_id, clearinghouse_id, typed(form, RouteFacts), seen)):
        return kept("routes.show", payer_id=payer_id)
    page = render_template(
        "billing/payer_route.html",
        edit=work,
        payer=payer,
        house=house,
        history=history("payer_route", row.id) if row else None,
    )
    return page, work.status

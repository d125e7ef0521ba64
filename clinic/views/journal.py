"""The journal: who did what, who saw whose record, and whether the chain that seals it is whole."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import IntegerField, SelectField
from wtforms.validators import NumberRange

from clinic import sections
from clinic.base import db
from clinic.domain.words import N_
from clinic.journal import reads as reads_journal
from clinic.journal.verify import Verdict
from clinic.models import Staff
from clinic.policy import RIGHTS, requires
from clinic.sections import Section
from clinic.services.search_journal import Wanted, search_journal
from clinic.services.search_reads import search_reads
from clinic.services.verify_journal import last_verification, verdicts_of, verify_journal
from clinic.views.editing import MayBeBlank, options
from clinic.views.fields import DayField
from clinic.views.formats import zone
from clinic.views.guard import actor
from clinic.views.things import KINDS, thing

screens = Blueprint("journal", __name__, url_prefix="/house/journal")

sections.declare(Section("journal", N_("Journal"), "journal.read", "journal.show", order=70))

ROWS = 50

BAD = {
    "edited": N_("Row %(row)s is not as it was written."),
    "deleted": N_("Row %(row)s is missing."),
    "inserted": N_("Row %(row)s was not written by this house."),
    "reordered": N_("Row %(row)s does not stand where it was written."),
    "cut": N_("The end is cut off: the rows from number %(row)s on are missing."),
    "replaced": N_("Up to number %(row)s this is not the journal whose head was kept."),
}


class PagesForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """What is searched for among the pages seen."""

    person = SelectField(_l("Person"))
    patient = IntegerField(_l("Patient"), [MayBeBlank(), NumberRange(min=1, max=2**31)])
    day = DayField(_l("Day"), [MayBeBlank()])

    def __init__(self) -> None:
        super().__init__(request.args, meta={"csrf": False})


class ActsForm(PagesForm):
    """What is searched for among the acts."""

    act = SelectField(_l("Act"))
    thing = SelectField(_l("Thing"))
    number = IntegerField(_l("Number"), [MayBeBlank(), NumberRange(min=1, max=2**31)])
    patient = None


@screens.get("")
@requires("journal.read")
def show() -> tuple[str, int]:
    """Acts, newest first."""
    form, people = ActsForm(), _people()
    form.person.choices = options({"": _("anyone"), "0": _("Command line")} | people)
    acts = {right.name: _(right.words) for right in RIGHTS.values() if right.acts or right.name == "journal.read"}
    form.act.choices = options({"": _("any")} | dict(sorted(acts.items(), key=lambda pair: pair[1])))
    form.thing.choices = options({"": _("any")} | {name: _(kind.words) for name, kind in sorted(KINDS.items())})
    found, fine = [], _fine(form)
    if fine:
        wanted = Wanted(
            staff_id=_number(form.person.data),
            act=form.act.data or None,
            thing=form.thing.data or None,
            thing_id=form.number.data,
            between=_between(form.day.data),
            before=request.args.get("before", type=int),
        )
        found = search_journal(actor(), wanted, ROWS + 1)
    verified = last_verification(actor())
    page = render_template(
        "house/journal.html",
        form_=form,
        rows=found[:ROWS],
        more=len(found) > ROWS,
        people=people,
        rights=RIGHTS,
        thing=thing,
        verified=verified,
        verdicts=[(verdict, in_words(verdict)) for verdict in verdicts_of(verified)] if verified else [],
    )
    return page, 200 if fine else 422


@screens.get("/reads")
@requires("journal.read")
def reads() -> tuple[str, int]:
    """Pages that showed patients, newest first."""
    form, people = PagesForm(), _people()
    form.person.choices = options({"": _("anyone")} | people)
    found, fine = [], _fine(form)
    if fine:
        found = search_reads(
            actor(),
            staff_id=_number(form.person.data),
            patient_id=form.patient.data,
            between=_between(form.day.data),
            before=request.args.get("before", type=int),
            limit=ROWS + 1,
        )
    page = render_template(
        "house/reads.html", form_=form, rows=found[:ROWS], more=len(found) > ROWS, people=people, thing=thing
    )
    return page, 200 if fine else 422


@screens.post("/verify")
@requires("journal.read")
def verify() -> Response:
    """Verify the chain; the page then tells what was found."""
    verify_journal(actor())
    return redirect(url_for("journal.show", _anchor="chain"), code=303)


def in_words(verdict: Verdict) -> str:
    """What a verdict says, as a sentence."""
    name = _("Pages seen") if verdict.chain == reads_journal.CHAIN else _("Acts")
    if verdict.ok:
        return str(
            _(
                "%(chain)s: whole, %(rows)s rows up to the head kept outside the database.",
                chain=name,
                rows=verdict.rows,
            )
        )
    return str(_("%(chain)s: %(what)s", chain=name, what=_(BAD[verdict.what or "edited"], row=verdict.row)))


def _people() -> dict[str, str]:
    rows = db.session.scalars(
        select(Staff).where(Staff.practice_id == actor().practice_id).order_by(Staff.last, Staff.first)
    )
    return {str(row.id): row.name for row in rows}


def _fine(form: Any) -> bool:
    """Whether what is searched for can be read. What is not given at all is not searched for."""
    for name in ("person", "act", "thing"):
        if name in form and form[name].data in {None, "None"}:
            form[name].data = ""
    return bool(form.validate())


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _between(day: date | None) -> tuple[datetime, datetime] | None:
    """From the practice's midnight to its next."""
    if day is None:
        return None
    start, end = (datetime.combine(each, time.min, zone()) for each in (day, day + timedelta(days=1)))
    return start.astimezone(UTC), end.astimezone(UTC)

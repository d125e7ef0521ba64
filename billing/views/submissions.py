"""What left the house, and the paper that waits to be mailed."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response as AnyResponse
from wtforms import SelectField

from billing.models import ClaimRecord, Clearinghouse, Submission, SubmittedClaim
from billing.services.kept_file import kept_file
from billing.services.mail_claims import mail_claims, spoil_claims
from billing.services.reprint import Range, Unit, reprint
from billing.views.sending import chosen_claims, print_choices, printing_chosen
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.journal.reads import seen
from clinic.models import Staff
from clinic.policy import requires
from clinic.services.find import one
from clinic.views import things
from clinic.views.editing import MayBeBlank, options
from clinic.views.fields import DayField
from clinic.views.formats import zone
from clinic.views.guard import actor
from clinic.views.things import Kind

screens = Blueprint("submissions", __name__, url_prefix="/submissions")
screens.add_app_template_global(print_choices)
things.declare(submission=Kind(N_("submission"), "submissions.show", "submission_id"))

MEDIA = {"837p": "text/plain; charset=us-ascii", "cms1500": "application/pdf"}
FORMS = {"837p": "837P", "cms1500": "CMS-1500"}
ROWS = 50
CLAIMS = 100
"""Claims of one submission on a page."""


class Search(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """What is looked for among what left."""

    form = SelectField(_l("Form"))
    since = DayField(_l("From"), [MayBeBlank()])
    until = DayField(_l("To"), [MayBeBlank()])

    def __init__(self) -> None:
        super().__init__(request.args, meta={"csrf": False})
        self["form"].choices = options({"": _("any")} | FORMS)
        if self["form"].data in {None, "None"}:
            self["form"].data = ""


@screens.get("/")
@requires("claim.read")
def index() -> tuple[str, int]:
    """What left, the latest first."""
    search = Search()
    fine = bool(search.validate())
    return _list(*(_wanted(search) if fine else ()), search=search), 200 if fine else 422


@screens.get("/printed")
@requires("claim.send")
def printed() -> str:
    """Stacks with paper of which nobody has said that it was mailed, the oldest first."""
    return _list(_lying().exists(), oldest=True)


def _lying() -> Any:
    return (
        select(SubmittedClaim.id)
        .join(ClaimRecord, ClaimRecord.id == SubmittedClaim.claim_id)
        .where(
            SubmittedClaim.practice_id == actor().practice_id,
            SubmittedClaim.submission_id == Submission.id,
            SubmittedClaim.spoiled_at.is_(None),
            ClaimRecord.journey == "printed",
        )
    )


def _wanted(search: Search) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if search["form"].data:
        found.append(Submission.form == search["form"].data)
    if search.since.data:
        found.append(Submission.at >= datetime.combine(search.since.data, time(), zone()))
    if search.until.data:
        found.append(Submission.at < datetime.combine(search.until.data + timedelta(days=1), time(), zone()))
    return found


def _list(*wanted: ColumnElement[bool], search: Search | None = None, oldest: bool = False) -> str:
    query = select(Submission).where(Submission.practice_id == actor().practice_id, *wanted)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    page = max(1, request.args.get("page", 1, type=int))
    order = Submission.id if oldest else Submission.id.desc()
    rows = db.session.scalars(query.order_by(order).limit(ROWS).offset((page - 1) * ROWS)).all()
    counts = _counts([row.id for row in rows])
    return render_template(
        "billing/submissions.html",
        rows=[(row, counts[row.id]) for row in rows],
        forms=FORMS,
        search=search,
        total=total,
        page=page,
        pages=-(-total // ROWS),
    )


def _counts(ids: list[int]) -> dict[int, Any]:
    """Of each submission: its claims, those spoiled, those that lie printed, and their charges."""
    stays = SubmittedClaim.spoiled_at.is_(None)
    rows = db.session.execute(
        select(
            SubmittedClaim.submission_id,
            func.count().label("claims"),
            func.count().filter(~stays).label("spoiled"),
            func.count().filter(stays, ClaimRecord.journey == "printed").label("printed"),
            func.coalesce(func.sum(SubmittedClaim.pages), 0).label("pages"),
            func.coalesce(func.sum(case((stays, ClaimRecord.total_cents), else_=0)), 0).label("cents"),
        )
        .join(ClaimRecord, ClaimRecord.id == SubmittedClaim.claim_id)
        .where(SubmittedClaim.practice_id == actor().practice_id, SubmittedClaim.submission_id.in_(ids))
        .group_by(SubmittedClaim.submission_id)
    )
    return {row.submission_id: row for row in rows}


@screens.get("/<int:submission_id>")
@requires("claim.read")
def show(submission_id: int) -> str:
    """One submission and the claims in it."""
    return _page(submission_id)


def _page(submission_id: int, wrong: Refused | None = None) -> str:
    found = one(actor(), Submission, submission_id)
    counts = _counts([found.id])[found.id]
    page = max(1, request.args.get("page", 1, type=int))
    rows = db.session.scalars(
        select(SubmittedClaim)
        .where(SubmittedClaim.practice_id == actor().practice_id, SubmittedClaim.submission_id == found.id)
        .options(joinedload(SubmittedClaim.claim).joinedload(ClaimRecord.patient))
        .order_by(SubmittedClaim.id)
        .limit(CLAIMS)
        .offset((page - 1) * CLAIMS)
    ).all()
    seen(*(row.claim.patient_id for row in rows))
    people = _people({found.actor_id, found.mailed_by_id})
    house = (
        db.session.scalar(
            select(Clearinghouse.name).where(
                Clearinghouse.practice_id == actor().practice_id, Clearinghouse.id == found.clearinghouse_id
            )
        )
        if found.clearinghouse_id
        else None
    )
    return render_template(
        "billing/submission.html",
        submission=found,
        form_name=FORMS.get(found.form, found.form),
        rows=rows,
        counts=counts,
        sent_by=people.get(found.actor_id or 0, ""),
        mailed_by=people.get(found.mailed_by_id or 0, ""),
        clearinghouse=house,
        choices=print_choices() if found.form == "cms1500" else None,
        page=page,
        pages=-(-counts.claims // CLAIMS),
        wrong=wrong,
    )


def _people(ids: set[int | None]) -> dict[int, str]:
    rows = db.session.scalars(
        select(Staff).where(
            Staff.practice_id == actor().practice_id, Staff.id.in_([each for each in ids if each is not None])
        )
    )
    return {row.id: row.name for row in rows}


@screens.get("/<int:submission_id>/file")
@requires("claim.read")
def file(submission_id: int) -> Response:
    """The bytes that left."""
    found = kept_file(actor(), submission_id)
    seen(
        *db.session.scalars(
            select(ClaimRecord.patient_id)
            .join(SubmittedClaim, SubmittedClaim.claim_id == ClaimRecord.id)
            .where(SubmittedClaim.practice_id == actor().practice_id, SubmittedClaim.submission_id == found.id)
        )
    )
    return _served(found.body, MEDIA.get(found.form, "application/octet-stream"), found.file_name)


@screens.post("/<int:submission_id>/mailed")
@requires("claim.send")
def mailed(submission_id: int) -> tuple[str, int] | AnyResponse:
    """The paper was mailed: of all claims, or of those chosen."""
    try:
        count = mail_claims(actor(), submission_id, None if request.form.get("all") else chosen_claims())
    except Refused as refused:
        return _page(submission_id, refused), 422
    flash(ngettext("%(num)s claim mailed.", "%(num)s claims mailed.", count), "success")
    return redirect(url_for("submissions.show", submission_id=submission_id), code=303)


@screens.post("/<int:submission_id>/spoiled")
@requires("claim.send")
def spoiled(submission_id: int) -> tuple[str, int] | AnyResponse:
    """The paper of the chosen claims was spoiled: they go back to the queue."""
    try:
        count = spoil_claims(actor(), submission_id, chosen_claims(), request.form.get("reason", ""))
    except Refused as refused:
        return _page(submission_id, refused), 422
    flash(
        ngettext("%(num)s claim is ready to be sent again.", "%(num)s claims are ready to be sent again.", count),
        "success",
    )
    return redirect(url_for("submissions.show", submission_id=submission_id), code=303)


@screens.post("/<int:submission_id>/reprint")
@requires("claim.send")
def print_again(submission_id: int) -> tuple[str, int] | AnyResponse:
    """Part of a stack again, as its claims were when they were printed."""
    numbers = [request.form.get(name, 0, type=int) for name in ("first", "last")]
    unit: Unit = "pages" if request.form.get("unit") == "pages" else "claims"
    try:
        body = reprint(actor(), submission_id, Range(unit, *numbers), printing_chosen())
    except Refused as refused:
        return _page(submission_id, refused), 422
    seen(
        *db.session.scalars(
            select(ClaimRecord.patient_id)
            .join(SubmittedClaim, SubmittedClaim.claim_id == ClaimRecord.id)
            .where(SubmittedClaim.practice_id == actor().practice_id, SubmittedClaim.submission_id == submission_id)
        )
    )
    return _served(body, MEDIA["cms1500"], f"reprint-{submission_id}-{unit}-{numbers[0]}-{numbers[1]}.pdf")


def _served(body: bytes, media: str, name: str) -> Response:
    return Response(body, content_type=media, headers={"Content-Disposition": f'inline; filename="{name}"'})

"""Queues of claims, and a claim's own page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Row, Select, func, select
from werkzeug.wrappers import Response as AnyResponse

from billing import queues  # noqa: F401  declares its rows
from billing.domain.canonical import from_json
from billing.models import ClaimRecord, Submission, SubmittedClaim
from billing.services.claim_value import claim_of, load
from billing.services.forms import FORMS, sent_claim
from billing.services.hold_claim import return_claim, review_claim, sign_claim
from billing.services.send_claims import send_claims
from billing.services.waiting import claims_at, claims_ready, visits_to_code
from billing.views.desk import desk
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.journal.reads import seen
from clinic.models import Fact, Staff
from clinic.policy import requires
from clinic.services.acting import Actor
from clinic.services.find import Unknown
from clinic.views.guard import actor, may

screens = Blueprint("claims", __name__, url_prefix="/claims")

PAGE_ROWS = 50


@screens.get("/to-code")
@requires("claim.code")
def to_code() -> str:
    """Visits that wait for their codes."""
    query = visits_to_code(actor())
    count = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    page = max(1, request.args.get("page", 1, type=int))
    rows = db.session.execute(query.limit(PAGE_ROWS).offset((page - 1) * PAGE_ROWS)).all()
    seen(*(visit.patient_id for visit, _claim in rows))
    return render_template("billing/to_code.html", rows=rows, count=count, page=page, pages=-(-count // PAGE_ROWS))


@screens.get("/to-review")
@requires("claim.review")
def to_review() -> str:
    """Coded claims that wait for a second look."""
    return _queue("to_review", lambda who: claims_at(who, "coded"))


@screens.get("/to-sign")
@requires("claim.sign")
def to_sign() -> str:
    """Claims that wait for the provider in whose name they were coded."""
    return _queue("to_sign", lambda who: claims_at(who, "coded", "reviewed"))


@screens.get("/ready")
@requires("claim.send")
def ready() -> str:
    """Claims that may leave."""
    return _queue("ready", claims_ready)


def _queue(name: str, query_of: Callable[[Actor], Select[ClaimRecord]]) -> str:
    query = query_of(actor())
    count = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    page = max(1, request.args.get("page", 1, type=int))
    rows = db.session.scalars(query.limit(PAGE_ROWS).offset((page - 1) * PAGE_ROWS)).all()
    seen(*(row.patient_id for row in rows))
    return render_template(
        f"billing/{name}.html", rows=rows, count=count, page=page, pages=-(-count // PAGE_ROWS), here=name
    )


@screens.get("/<int:claim_id>")
@requires("claim.read")
def show(claim_id: int) -> str:
    """The claim: where it stands, what happened to it, its codes, its findings, its page."""
    return _show(load(actor(), claim_id))


def _show(record: ClaimRecord, wrong: Refused | None = None) -> str:
    seen(record.patient_id)
    rows = db.session.execute(
        select(Fact, Staff.first, Staff.last)
        .outerjoin(Staff, (Staff.practice_id == Fact.practice_id) & (Staff.id == Fact.actor_id))
        .where(Fact.practice_id == record.practice_id, Fact.thing == "claim", Fact.thing_id == record.id)
        .order_by(Fact.sequence)
    ).all()
    facts = _runs(rows)
    sent = db.session.execute(
        select(Submission, SubmittedClaim.digest)
        .join(SubmittedClaim, SubmittedClaim.submission_id == Submission.id)
        .where(SubmittedClaim.practice_id == record.practice_id, SubmittedClaim.claim_id == record.id)
        .order_by(Submission.id)
    ).all()
    return render_template("billing/claim.html", desk=desk(actor(), record), facts=facts, sent=sent, wrong=wrong)


class Happening(NamedTuple):
    """Facts of one type in a row by one person, told as their last."""

    fact: Fact
    name: str
    times: int


def _runs(rows: Sequence[Row[Fact, str, str]]) -> list[Happening]:
    told: list[Happening] = []
    for fact, first, last in rows:
        again = told and (told[-1].fact.type, told[-1].fact.actor_id) == (fact.type, fact.actor_id)
        times = told.pop().times + 1 if again else 1
        told.append(Happening(fact, f"{first or ''} {last or ''}".strip(), times))
    return told


@screens.post("/<int:claim_id>/review")
@requires("claim.review")
def review(claim_id: int) -> str | AnyResponse:
    """Say that the claim is right, as it was seen."""
    return _after(claim_id, lambda: review_claim(actor(), claim_id, request.form.get("seen", "")), "to_review")


@screens.post("/<int:claim_id>/sign")
@requires("claim.sign")
def sign(claim_id: int) -> str | AnyResponse:
    """Sign the claim, as it was seen."""
    return _after(claim_id, lambda: sign_claim(actor(), claim_id, request.form.get("seen", "")), "to_sign")


@screens.post("/<int:claim_id>/return")
@requires("claim.review")
def send_back(claim_id: int) -> str | AnyResponse:
    """Send the claim back to coding."""
    return _after(claim_id, lambda: return_claim(actor(), claim_id, request.form.get("reason", "")), "to_review")


def _after(claim_id: int, act: Callable[[], None], queue: str) -> str | AnyResponse:
    """Act, then go to the next of the queue; what is refused is told on the claim's page."""
    try:
        act()
    except Refused as refused:
        return _show(load(actor(), claim_id), refused)
    step = {"to_review": ("coded",), "to_sign": ("coded", "reviewed")}[queue]
    following = db.session.scalars(claims_at(actor(), *step).limit(1)).first()
    if following is None or not may("claim.read"):
        return redirect(url_for(f"claims.{queue}"))
    return redirect(url_for("claims.show", claim_id=following.id))


@screens.post("/send")
@requires("claim.send")
def send() -> str | AnyResponse:
    """Send the chosen claims."""
    chosen = [int(text) for text in request.form.getlist("claim") if text.isascii() and text.isdigit()]
    try:
        sent = send_claims(actor(), chosen)
    except Refused as refused:
        flash(" ".join(part for part in (_(refused.what, **refused.params), _(refused.remedy)) if part), "error")
        return redirect(url_for("claims.ready"))
    flash(ngettext("%(num)s claim sent.", "%(num)s claims sent.", len(set(chosen))), "success")
    return redirect(url_for("submissions.show", submission_id=sent[-1]))


@screens.get("/<int:claim_id>/as/<form>")
@requires("claim.read")
def download(claim_id: int, form: str) -> Response:
    """The claim as a file: as it left, or as it would leave now."""
    how = FORMS.get(form)
    if how is None:
        raise Unknown(form)
    record = load(actor(), claim_id)
    seen(record.patient_id)
    kept = sent_claim(record)
    claim = from_json(kept) if kept else claim_of(record)
    if claim is None:
        raise Unknown("claim")
    return Response(
        how.make(claim, record),
        content_type=how.media_type,
        headers={"Content-Disposition": f'inline; filename="{record.number}-{how.file_name}"'},
    )

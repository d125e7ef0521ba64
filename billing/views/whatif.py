"""What if: claims that left, judged again by releases that somebody chooses, and what these would stop."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response as Answer
from wtforms import SelectField

from billing.edits import EDITS
from billing.edits.families import FAMILIES, family_of
from billing.edits.pages import SEVERITY
from billing.models import ClaimRecord
from billing.services.checking.summary import Cents
from billing.services.whatif.claims_that_left import DAYS
from billing.services.whatif.running import (
    RIGHT,
    Run,
    begin_run,
    differences_of,
    numbers_of,
    one_run,
    runs,
    stop_run,
)
from billing.services.whatif.systems import coming_releases, judging_releases
from billing.services.whatif.told import STYLES, Difference
from clinic import sections
from clinic.base import db
from clinic.codes.release import shown
from clinic.domain.money import Money
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.sections import Section
from clinic.services.library import library
from clinic.views.editing import Edit, options
from clinic.views.fields import DayField
from clinic.views.formats import amount, day, now, zone
from clinic.views.guard import actor
from clinic.views.telling import told

screens = Blueprint("whatif", __name__, url_prefix="/house/whatif")

sections.declare(Section("whatif", N_("What if"), RIGHT, "whatif.show", order=51))

MOST = 100
"""Claims that a page shows, those that ask for most first; the file has all of them."""

HEADS = 12
"""Rows of each table of sums."""

NARROWED_BY = ("family", "edit", "payer", "about")


class WhatIfForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """Which release of each code set is to judge, and which claims."""

    since = DayField(_l("Claims that left since"))


class Stopped(NamedTuple):
    """A claim on which something new was found."""

    number: str
    first: Difference
    new: list[Difference]
    gone: list[Difference]
    severity: str


@screens.get("")
@requires(RIGHT)
def show() -> tuple[str, int]:
    """Choose the releases; what was judged before."""
    form = _form()
    return _page(Edit(form))


@screens.post("")
@requires(RIGHT)
def begin() -> tuple[str, int] | Answer:
    """Judge the claims again, in a process of its own."""
    form = _form()
    edit = Edit(form)
    started: list[str] = []

    def act(_seen: str) -> None:
        pins = {system: form[_name(system)].data for system in _systems() if form[_name(system)].data}
        started.append(begin_run(actor(), pins, form.since.data or now().date() - DAYS))

    if edit.takes(act):
        return current_app.redirect(url_for("whatif.one", run_id=started[0]), code=303)
    return _page(edit)


@screens.get("/<run_id>")
@requires(RIGHT)
def one(run_id: str) -> str:
    """What came of one run; while it is on its way, how far it is."""
    run = _run(run_id)
    if run.progress.step != "done":
        return render_template("house/whatif_run.html", run=run, told=_told(run), titles=_titles())
    narrowed = _narrowed()
    claims = _claims(run, narrowed)
    shown_first = claims[:MOST]
    ids = _ids([each.number for each in shown_first])
    seen(*(patient_id for _id, patient_id in ids.values()))
    return render_template(
        "house/whatif_run.html",
        run=run,
        told="",
        titles=_titles(),
        numbers=numbers_of(run),
        edits=EDITS,
        families=FAMILIES,
        heads=HEADS,
        narrowed=narrowed,
        claims=shown_first,
        more=len(claims) - len(shown_first),
        ids={number: claim_id for number, (claim_id, _patient) in ids.items()},
        message=_message,
        money=_money,
        sums_of=lambda heads: [(key, moved) for key, moved in heads.items() if moved.claims],
        shown=shown,
        severity=SEVERITY,
    )


@screens.get("/<run_id>/progress")
@requires(RIGHT)
def progress(run_id: str) -> Answer | str:
    """How far a run is; once it has ended the page is asked for anew."""
    run = _run(run_id)
    if not run.running:
        address: str = url_for("whatif.one", run_id=run_id)
        return Response(status=204, headers={"HX-Redirect": address})
    return render_template("house/whatif_progress.html", run=run)


@screens.post("/<run_id>/stop")
@requires(RIGHT)
def stop(run_id: str) -> Answer:
    """Ask a run to end."""
    stop_run(actor(), _run(run_id).id)
    return current_app.redirect(url_for("whatif.one", run_id=run_id), code=303)


@screens.get("/<run_id>/differences.csv")
@requires(RIGHT)
def table(run_id: str) -> Answer:
    """What has moved, a row a finding, for a spreadsheet."""
    run = _run(run_id)
    if run.progress.step != "done":
        abort(404)
    head, row = STYLES["csv"]
    chosen = _chosen(run, _narrowed())

    def rows() -> Iterator[bytes]:
        yield head
        yield from map(row, chosen)

    name = f"what-if-{run.asked.at:%Y-%m-%d}.csv"
    return Response(
        rows(), mimetype="text/csv; charset=utf-8", headers={"Content-Disposition": f"attachment; filename={name}"}
    )


def _run(run_id: str) -> Run:
    run = one_run(actor(), run_id)
    if run is None:
        abort(404)
    return run


def _systems() -> dict[str, list[Any]]:
    """The releases to choose from, by system."""
    found: dict[str, list[Any]] = {}
    for each in judging_releases(library()):
        found.setdefault(each.system, []).append(each)
    return found


def _name(system: str) -> str:
    return f"release_{system.replace('-', '_')}"


def _form() -> WhatIfForm:
    """The form, a select for each code set that judges claims."""
    today = now().astimezone(zone()).date()
    systems = _systems()
    coming = coming_releases(library(), today) if systems else {}
    fields: dict[str, Any] = {}
    for system, releases in systems.items():
        words = {"": _("as it judged them")} | {
            each.name: f"{each.name}, {day(each.start)} – {day(each.end)}" for each in releases
        }
        fields[_name(system)] = SelectField(
            _(releases[0].title.partition(",")[0]),
            choices=options(words),
            default=coming[system].name if system in coming else "",
        )
    made: type[WhatIfForm] = type("ThisForm", (WhatIfForm,), fields)
    return made(since=today - DAYS) if not request.form else made()


def _page(edit: Edit) -> tuple[str, int]:
    page = render_template(
        "house/whatif.html",
        edit=edit,
        fields=[edit.form[_name(system)] for system in _systems()],
        runs=runs(actor()),
        titles=_titles(),
    )
    return page, edit.status


def _titles() -> dict[str, str]:
    return {system: _(releases[0].title.partition(",")[0]) for system, releases in _systems().items()}


def _told(run: Run) -> str:
    """Why a run was refused."""
    at = run.progress
    return told(Refused(at.what, where=at.where, remedy=at.remedy, **at.params)) if at.what else ""


def _narrowed() -> dict[str, str]:
    return {name: request.args[name] for name in NARROWED_BY if request.args.get(name)}


def _chosen(run: Run, narrowed: dict[str, str]) -> Iterator[Difference]:
    """What has moved, as far as it is asked for."""
    for each in differences_of(run):
        about = f"{each.about_system} {each.about}" if each.about else ""
        has = {"family": family_of(each.code), "edit": each.code, "payer": each.payer, "about": about}
        if all(has[name] == wanted for name, wanted in narrowed.items()):
            yield each


def _claims(run: Run, narrowed: dict[str, str]) -> list[Stopped]:
    """The claims that would now be stopped, or probably denied: the worst first, then those that ask for most."""
    by_claim: dict[tuple[str, str | None], list[Difference]] = {}
    for each in _chosen(run, narrowed):
        by_claim.setdefault((each.file, each.claim), []).append(each)
    found = []
    for (_file, number), those in by_claim.items():
        new = [each for each in those if each.difference == "new"]
        severities = {each.severity for each in new} & {"block", "warn"}
        if severities:
            worst = "block" if "block" in severities else "warn"
            found.append(Stopped(number or "", those[0], new, [each for each in those if each not in new], worst))
    return sorted(found, key=lambda each: (each.severity, -each.first.total, each.number))


def _ids(numbers: list[str]) -> dict[str, tuple[int, int]]:
    rows = db.session.execute(
        select(ClaimRecord.number, ClaimRecord.id, ClaimRecord.patient_id).where(
            ClaimRecord.practice_id == actor().practice_id, ClaimRecord.number.in_(numbers)
        )
    )
    return {number: (claim_id, patient_id) for number, claim_id, patient_id in rows}


def _message(each: Difference) -> str:
    """What a finding says, in the reader's language."""
    found = EDITS.get(each.code)
    return _(found.declared.message, **each.params) if found else each.message


def _money(cents: Cents) -> str:
    """Sums as people read them; other currencies by their name."""
    dollars = amount(cents.get("USD", 0))
    others = [f"{Money(each, currency).plain()} {currency}" for currency, each in cents.items() if currency != "USD"]
    return " + ".join([dollars, *others] if cents.get("USD") or not others else others)

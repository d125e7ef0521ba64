"""A claim's own page: where it stands, what happened to it, its codes, its findings, its papers, its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from billing.coding.axes import Axis, axes
from billing.coding.changes import GiveReason, TakeLines
from billing.coding.narrate import Ref, refs
from billing.coding.story import Changed, Opened, Withdrawn
from billing.domain.canonical import from_json
from billing.models import ClaimRecord, ClaimVisit, Submission, SubmittedClaim
from billing.services.claim_value import WHOLE, claim_of, load
from billing.services.claim_versions import Listed, listed, submitted
from billing.services.forms import FORMS, sent_claim
from billing.services.history import Event, history
from billing.services.telling import THING
from billing.services.who_pays import insured
from billing.views.desk import Desk, Told, desk
from billing.views.mending import Mend, mend
from billing.views.saying import Sayer
from billing.views.sheets import Sheets, sheets_of
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.journal.reads import seen
from clinic.models import Coverage, Fact, Practice, Visit
from clinic.policy import requires
from clinic.services.find import Unknown, one
from clinic.views.formats import day
from clinic.views.guard import actor
from clinic.views.shell import practice_name

screens = Blueprint("claims", __name__, url_prefix="/claims")


READ = (*WHOLE, joinedload(ClaimRecord.visits).joinedload(ClaimVisit.visit).selectinload(Visit.notes))
"""What the page needs of a claim, in two statements."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """Facts shown as one: changes by one person on one day in a row fold together, every other stands alone."""

    events: tuple[Event, ...]
    """Newest first."""

    @property
    def last(self) -> Event:
        """The newest."""
        return self.events[0]

    @property
    def first(self) -> Event:
        """The oldest."""
        return self.events[-1]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A finding with all that the page says about it."""

    told: Told
    how: str
    """How it is fixed, in words."""
    href: str
    """Its box on the preview."""
    mend: Mend | None
    reason: Event | None
    """Who let it through, and when."""


@dataclass(frozen=True, kw_only=True)
class Around:
    """Claims that this one came from or became."""

    divided_from: int | None
    into: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Page:
    """Everything on the screen."""

    desk: Desk
    policy: Coverage | None
    """The policy billed."""
    axes: tuple[Axis, ...]
    events: Mapping[int, Event]
    """By sequence."""
    runs: list[Run]
    versions: list[Listed]
    submitted: list[tuple[Submission, SubmittedClaim]]
    findings: list[Shown]
    around: Around
    sheets: Sheets
    say: Sayer


@screens.get("/<int:claim_id>")
@requires("claim.read")
def show(claim_id: int) -> str:
    """The claim: where it stands, what happened to it, its codes, its findings, its page."""
    return shown(one(actor(), ClaimRecord, claim_id, *READ))


def shown(record: ClaimRecord, wrong: Refused | None = None) -> str:
    """The page of a claim that was loaded, with what was refused on it."""
    seen(record.patient_id)
    return render_template("billing/claim.html", page=_page(record), forms=FORMS, wrong=wrong)


def _page(record: ClaimRecord) -> Page:
    practice_name()  # the shell holds the practice for the request: nobody asks for it again
    practice = db.session.get_one(Practice, record.practice_id)
    events = history(record)
    left = submitted(record)
    now = desk(actor(), record, reading=True)
    around = _around(record, events)
    sheets = sheets_of(record, now, left, request.args)
    return Page(
        desk=now,
        policy=next((row for row in insured(record.patient)[1] if row.id == record.coverage_id), None),
        axes=axes([event.after for event in events], tuple(practice.steps)),
        events={event.fact.sequence: event for event in events},
        runs=_runs(events),
        versions=listed(events, now.digest),
        submitted=left,
        findings=_findings(now, record, events, sheets),
        around=around,
        sheets=sheets,
        say=Sayer(record.practice_id, _named(record, events, around)),
    )


def _named(record: ClaimRecord, events: Sequence[Event], around: Around) -> set[Ref]:
    """Every row that the page calls by name."""
    people = {event.fact.actor_id for event in events} | {record.assigned_to_id}
    claims = {*around.into, *([around.divided_from] if around.divided_from else [])}
    named = {ref for event in events for ref in refs(event.tellings)}
    return named | {Ref("staff", key) for key in people if key is not None} | {Ref("claim", key) for key in claims}


def _runs(events: Sequence[Event]) -> list[Run]:
    runs: list[list[Event]] = []
    for event in events:
        before = runs[-1][0] if runs else None
        again = (
            before is not None
            and isinstance(event.body, Changed)
            and isinstance(before.body, Changed)
            and before.fact.actor_id == event.fact.actor_id
            and day(before.fact.at) == day(event.fact.at)
        )
        if again:
            runs[-1].insert(0, event)
        else:
            runs.append([event])
    return [Run(events=tuple(run)) for run in reversed(runs)]


def _findings(now: Desk, record: ClaimRecord, events: Sequence[Event], sheets: Sheets) -> list[Shown]:
    given = {
        (event.body.change.finding, event.body.change.field): event
        for event in events
        if isinstance(event.body, Changed) and isinstance(event.body.change, GiveReason)
    }
    return [
        Shown(
            told=told,
            how=_(told.edit.declared.sections[2]),
            href=sheets.at(told),
            mend=mend(told.finding, now.coding, record),
            reason=given.get((told.finding.code, told.finding.field)) if told.reason else None,
        )
        for told in now.told
    ]


def _around(record: ClaimRecord, events: Sequence[Event]) -> Around:
    """Where it came from and where its lines went: one statement where lines were taken, else none."""
    opened = events[0].body
    into = {event.body.into for event in events if isinstance(event.body, Withdrawn)} - {None}
    if any(isinstance(event.body, Changed) and isinstance(event.body.change, TakeLines) for event in events):
        into |= set(_parts(record))
    return Around(
        divided_from=opened.divided_from if isinstance(opened, Opened) else None,
        into=tuple(sorted(key for key in into if key is not None)),
    )


def _parts(record: ClaimRecord) -> Iterable[int]:
    """Claims of the same patient that were divided from this one."""
    return db.session.scalars(
        select(ClaimRecord.id)
        .join(
            Fact,
            (Fact.practice_id == ClaimRecord.practice_id)
            & (Fact.thing == THING)
            & (Fact.thing_id == ClaimRecord.id)
            & (Fact.sequence == 1),
        )
        .where(
            ClaimRecord.practice_id == record.practice_id,
            ClaimRecord.patient_id == record.patient_id,
            Fact.body["divided_from"].as_integer() == record.id,
        )
    )


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
    claim: Any = from_json(kept) if kept else claim_of(record)
    if claim is None:
        raise Unknown("claim")
    return Response(
        how.make(claim, record),
        content_type=how.media_type,
        headers={"Content-Disposition": f'inline; filename="{record.number}-{how.file_name}"'},
    )

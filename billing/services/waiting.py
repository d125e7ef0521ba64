"""What waits at each step: the conditions behind the queues, one order for all of them, and the filters over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    and_,
    exists,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
    true,
    union_all,
)

from billing.models import ClaimRecord
from clinic.base import db
from clinic.domain.likeness import letters
from clinic.models import Coverage, Patient, Practice, Provider, Visit
from clinic.services.acting import Actor

HERE = ClaimRecord.journey == literal_column("'none'")
"""Claims that have not left; written out so that the databases know it for the condition of their indexes."""
UNCLAIMED = text("NOT visit.claimed")
UNLIMITED = date(9999, 12, 31)
"""Where no deadline stands in the order: after all that have one."""
CLAIM, VISIT = 0, 1

Who = Literal["", "mine", "nobody"] | int
Findings = Literal["", "any", "block", "warn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of a queue is shown. Every part narrows it; nothing is said where a part stands as it is here."""

    who: Who = ""
    """``mine``, ``nobody``'s, a colleague's id, or everyone's."""
    payer: int | None = None
    provider: int | None = None
    findings: Findings = ""
    text: str = ""
    """The beginning of a patient's name, or a claim's number."""
    due_by: date | None = None
    """With a deadline on this day or before."""


EVERYTHING = Wanted()


class Steps(NamedTuple):
    """At which preparation a claim of the practice waits for what."""

    review: tuple[str, ...]
    sign: tuple[str, ...]
    ready: tuple[str, ...]


def steps_of(practice_id: int) -> Steps:
    """By the acts that the practice asks for between coding and sending."""
    asked = db.session.get_one(Practice, practice_id).steps
    review = ("coded",) if "review" in asked else ()
    if "sign" in asked:
        return Steps(review, ("reviewed",) if review else ("coded", "reviewed"), ("signed",))
    return Steps(review, (), ("reviewed", "signed") if review else ("coded", "reviewed", "signed"))


def rendered_by(actor: Actor) -> ColumnElement[bool]:
    """Claims that name the actor as who rendered; all of them where the actor is nobody who renders."""
    mine = select(Provider.id).where(Provider.practice_id == actor.practice_id, Provider.staff_id == actor.staff_id)
    return or_(ClaimRecord.rendering_id.in_(mine), ~mine.exists())


SETTLED = ClaimRecord.open_questions == literal_column("0")
"""Nothing is asked about the claim: else it waits among the questions, not at its step."""

CLAIMS_IN: dict[str, Callable[[Actor], ColumnElement[bool]]] = {
    "to_code": lambda _: and_(ClaimRecord.preparation == "coding", ClaimRecord.returned.is_(False), SETTLED),
    "sent_back": lambda _: and_(ClaimRecord.preparation == "coding", ClaimRecord.returned.is_(True), SETTLED),
    "to_review": lambda who: and_(ClaimRecord.preparation.in_(steps_of(who.practice_id).review), SETTLED),
    "to_sign": lambda who: and_(ClaimRecord.preparation.in_(steps_of(who.practice_id).sign), rendered_by(who), SETTLED),
    "to_sign_all": lambda who: and_(ClaimRecord.preparation.in_(steps_of(who.practice_id).sign), SETTLED),
    "ready": lambda who: and_(ClaimRecord.preparation.in_(steps_of(who.practice_id).ready), SETTLED),
    "held": lambda _: ClaimRecord.stopped.is_not(None),
    "work": lambda _: true(),
}
"""Which claims are in each queue. What was held at sending is in ``held``, and in ``ready`` as it may be sent again."""


def claims_where(actor: Actor, queue: str) -> ColumnElement[bool]:
    """The condition on claims of the practice that they wait in a queue."""
    return and_(ClaimRecord.practice_id == actor.practice_id, HERE, CLAIMS_IN[queue](actor))


def in_force() -> ColumnElement[bool]:
    """The condition on policies that they are of the visit's patient and cover its day."""
    return and_(
        Coverage.practice_id == Visit.practice_id,
        Coverage.patient_id == Visit.patient_id,
        or_(Coverage.starts.is_(None), Coverage.starts <= Visit.on),
        or_(Coverage.ends.is_(None), Coverage.ends >= Visit.on),
    )


def first_policy() -> ColumnElement[Any]:
    """The id of the policy that pays first for a visit."""
    return (
        select(Coverage.id)
        .where(in_force())
        .order_by(Coverage.rank, Coverage.id)
        .limit(1)
        .correlate(Visit)
        .scalar_subquery()
    )


def visits_where(actor: Actor, queue: str) -> ColumnElement[bool]:
    """The condition on visits that they wait in a queue: to be coded, or for a policy."""
    mine = and_(Visit.practice_id == actor.practice_id, UNCLAIMED)
    if queue == "to_code":
        return and_(mine, Visit.department == "medical")
    return and_(mine, ~exists().where(in_force()).correlate(Visit)) if queue == "no_policy" else false()


class Place(NamedTuple):
    """Where something stands in a queue: the nearest deadline first, then the oldest day of service.

    Visits have no deadline until they are coded, so where they wait (``to_code``) the day of service orders all.
    """

    first: date
    then: date
    kind: int
    id: int


def place_of(record: ClaimRecord, queue: str) -> Place:
    """Where a claim stands or stood in a queue."""
    first = record.service_on if queue == "to_code" else record.due_on or UNLIMITED
    return Place(first, record.service_on, CLAIM, record.id)


def places(actor: Actor, queue: str, wanted: Wanted = EVERYTHING) -> Select[Any, Any, int, int]:
    """The place of all that waits in a queue and is wanted, in no order: ``first``, ``then``, ``kind``, ``id``."""
    arms: list[Select[Any, Any, int, int]] = []
    # Found once for both arms: looking through all names takes longer than all the rest.
    named = select(_named(actor.practice_id, wanted.text).cte("named").c.id)
    if queue in CLAIMS_IN:
        due = func.coalesce(ClaimRecord.due_on, literal(UNLIMITED, Date))
        arms.append(
            select(
                (ClaimRecord.service_on if queue == "to_code" else due).label("first"),
                ClaimRecord.service_on.label("then"),
                literal_column(str(CLAIM)).label("kind"),
                ClaimRecord.id.label("id"),
            ).where(claims_where(actor, queue), *_claims_wanted(actor, wanted, named))
        )
    if queue in {"to_code", "no_policy"} and not (wanted.findings or wanted.due_by) and wanted.who in {"", "nobody"}:
        arms.append(
            select(
                Visit.on.label("first"),
                Visit.on.label("then"),
                literal_column(str(VISIT)).label("kind"),
                Visit.id.label("id"),
            ).where(visits_where(actor, queue), *_visits_wanted(wanted, named))
        )
    if not arms:
        arms = [
            select(Visit.on.label("first"), Visit.on.label("then"), literal_column("1").label("kind"), Visit.id).where(
                false()
            )
        ]
    found = (arms[0] if len(arms) == 1 else union_all(*arms)).subquery("waits")
    return select(found.c.first, found.c.then, found.c.kind, found.c.id)


def _claims_wanted(actor: Actor, wanted: Wanted, named: Select[int]) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if wanted.who == "mine":
        asked.append(ClaimRecord.assigned_to_id == actor.staff_id)
    elif wanted.who == "nobody":
        asked.append(ClaimRecord.assigned_to_id.is_(None))
    elif wanted.who:
        asked.append(ClaimRecord.assigned_to_id == wanted.who)
    if wanted.payer is not None:
        policies = select(Coverage.id).where(
            Coverage.practice_id == actor.practice_id, Coverage.payer_id == wanted.payer
        )
        asked.append(ClaimRecord.coverage_id.in_(policies))
    if wanted.provider is not None:
        asked.append(ClaimRecord.rendering_id == wanted.provider)
    if wanted.findings:
        blocks, warns = ClaimRecord.blocks > 0, ClaimRecord.warnings > 0
        asked.append({"any": or_(blocks, warns), "block": blocks, "warn": warns}[wanted.findings])
    if wanted.due_by is not None:
        asked.append(ClaimRecord.due_on <= wanted.due_by)
    if wanted.text:
        of_name = ClaimRecord.patient_id.in_(named)
        asked.append(or_(of_name, ClaimRecord.number == wanted.text))
    return asked


def _visits_wanted(wanted: Wanted, named: Select[int]) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if wanted.payer is not None:
        payer = select(Coverage.payer_id).where(Coverage.id == first_policy()).correlate(Visit).scalar_subquery()
        asked.append(payer == wanted.payer)
    if wanted.provider is not None:
        asked.append(Visit.provider_id == wanted.provider)
    if wanted.text:
        asked.append(Visit.patient_id.in_(named))
    return asked


def _named(practice_id: int, text: str) -> Select[int]:
    """Patients whose last or first name begins so."""
    key = letters(text)
    if not key:
        return select(Patient.id).where(false())
    return select(Patient.id).where(
        Patient.practice_id == practice_id,
        or_(Patient.name_key.startswith(key, autoescape=True), Patient.name_key.contains(f" {key}", autoescape=True)),
    )

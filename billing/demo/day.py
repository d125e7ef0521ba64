"""The demo's day: records come in, are coded, reviewed, signed and sent by its people."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import func, select

from billing.coding.changes import Change, SetField, SetLine
from billing.demo.founding import FOLDER, person
from billing.domain.canonical import digest
from billing.models import ClaimRecord, ClaimVisit
from billing.services.change_claim import change_claim
from billing.services.claim_value import assemble, coding_of, load
from billing.services.hold_claim import finish_coding, review_claim, sign_claim
from billing.services.open_claim import open_claim
from billing.services.send_claims import send_claims
from billing.views.typed import read_letters, read_modifiers
from clinic.base import db
from clinic.fhir.importer.bundle import read_batch
from clinic.models import Visit
from clinic.services.acting import Actor
from clinic.services.import_bundle import import_bundle

STEPS = ("coding", "coded", "reviewed", "sent")


class Done(NamedTuple):
    """One visit of the day: its claim, how far it came, and how long that took."""

    claim_id: int
    until: str
    seconds: float


def walk(practice_id: int, visits: int | None = None) -> Iterator[Done]:
    """Carry the visits through the house, one after the other; the last step sends them together."""
    plan = tomllib.loads((FOLDER / "visits.toml").read_text("utf-8"))["visits"][:visits]
    desk, reviewer, physician = (person(practice_id, name) for name in ("ines", "priya", "anand"))
    leaving: list[int] = []
    for each in plan:
        started = time.perf_counter()
        claim_id = _code(desk, _take_in(desk, each["record"]), each)
        _hold(claim_id, each["until"], desk, reviewer, physician)
        if each["until"] == "sent":
            leaving.append(claim_id)
        yield Done(claim_id, each["until"], time.perf_counter() - started)
    if leaving:
        send_claims(desk, leaving)


def _take_in(actor: Actor, name: str) -> int:
    """Import one record; gives its visit."""
    path = FOLDER / "records" / name
    last = db.session.scalar(select(func.max(Visit.id)).where(Visit.practice_id == actor.practice_id)) or 0
    outcome = import_bundle(actor, read_batch(path.read_bytes(), name))
    if outcome.refused:
        raise RuntimeError(f"{name}: {outcome.remarks}")
    return db.session.scalars(select(Visit.id).where(Visit.practice_id == actor.practice_id, Visit.id > last)).one()


def _code(actor: Actor, visit_id: int, plan: dict[str, Any]) -> int:
    claim_id = open_claim(actor, visit_id)
    record = load(actor, claim_id)
    for change in _changes(record, plan):
        change_claim(actor, claim_id, change)
    return claim_id


def _changes(record: ClaimRecord, plan: dict[str, Any]) -> Iterator[Change]:
    """What the biller does at the desk."""
    for name, value in plan.get("fields", {}).items():
        yield SetField(name, value)
    if "dates" in plan:
        yield SetField("dates", plan["dates"])
    numbers = {line.code.value: line.number for line in coding_of(record).lines}
    for line in plan["lines"]:
        number = numbers[line["code"]]
        yield SetLine(number, "pointers", read_letters(line["for"]))
        if "modifiers" in line:
            yield SetLine(number, "modifiers", read_modifiers(line["modifiers"]))


def _hold(claim_id: int, until: str, desk: Actor, reviewer: Actor, physician: Actor) -> None:
    """The steps up to the one where it waits, each bound to what was seen."""
    reached = STEPS.index(until)
    if reached == 0:
        return
    seen = digest(assemble(load(desk, claim_id)).claim)
    finish_coding(desk, claim_id, seen)
    if reached > 1:
        review_claim(reviewer, claim_id, seen)
    if reached > STEPS.index("reviewed"):
        sign_claim(physician, claim_id, seen)


def claims(practice_id: int) -> list[ClaimRecord]:
    """The demo's claims in the order of their visits."""
    return list(
        db.session.scalars(
            select(ClaimRecord)
            .join(ClaimVisit, ClaimVisit.claim_id == ClaimRecord.id)
            .where(ClaimRecord.practice_id == practice_id)
            .order_by(ClaimRecord.number)
        )
    )

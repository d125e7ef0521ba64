"""The demo's week: records come in, are coded, reviewed, signed and sent by its people."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select

from billing.coding.changes import Change, MoveDiagnosis, SetField, SetLine
from billing.demo.founding import person
from billing.demo.record import bundle, name_of, visits
from billing.domain.canonical import digest
from billing.models import ClaimRecord
from billing.services.change_claim import change_claim
from billing.services.claim_value import assemble, coding_of, load
from billing.services.hold_claim import finish_coding, review_claim, sign_claim
from billing.services.open_claim import open_claim
from billing.services.send_claims import send_claims
from billing.views.typed import read_letters, read_modifiers
from clinic.base import db
from clinic.domain.code import ICD10CM, Code
from clinic.fhir.importer.bundle import read_batch
from clinic.models import Location, Patient, Provider, Visit
from clinic.services.acting import Actor
from clinic.services.clock import running_from
from clinic.services.enter_visit import enter_visit
from clinic.services.import_bundle import import_bundle
from lab.demo.opening import open_bench
from lab.demo.week import at_visit, this_morning

DESK, REVIEWER, BENCH = "ines", "priya", "tom"

STEPS = ("coding", "coded", "reviewed", "signed", "sent")
"""How far a claim of the demo gets."""


class Done(NamedTuple):
    """One visit of the week, its claim where somebody has begun it, and how long that took."""

    visit_id: int
    claim_id: int | None
    seconds: float


def walk(practice_id: int, most: int | None = None) -> Iterator[Done]:
    """Carry the visits through the house, one after the other; the last step sends them together."""
    desk, bench = person(practice_id, DESK), person(practice_id, BENCH)
    leaving: list[int] = []
    open_bench(person(practice_id, REVIEWER), visits()[0]["at"].replace(hour=12, tzinfo=UTC))
    for each in visits()[:most]:
        started = time.perf_counter()
        visit_id = _take_in(desk, each)
        at_visit(bench, visit_id, each["who"], each["at"])
        claim_id = _code(desk, visit_id, each["coding"]) if "coding" in each else None
        if claim_id is not None:
            until = each["coding"]["until"]
            _hold(claim_id, until, each["by"])
            if until == "sent":
                leaving.append(claim_id)
        yield Done(visit_id, claim_id, time.perf_counter() - started)
    if leaving:
        send_claims(desk, leaving)


def morning(practice_id: int, at: datetime) -> int:
    """Patients who are at the chair now: their visits, orders and tubes; gives how many containers stand about."""
    bench = person(practice_id, BENCH)
    place = db.session.scalars(
        select(Location).where(Location.practice_id == practice_id).order_by(Location.id)
    ).first()
    treats = select(Provider).where(Provider.practice_id == practice_id, Provider.profession == "physician")
    provider = db.session.scalars(treats.where(~Provider.outside).order_by(Provider.id)).first()

    def visit_of(who: str, started: datetime, reason: str) -> int | None:
        last, first, *_ = name_of(who)
        patient = db.session.scalars(
            select(Patient).where(Patient.practice_id == practice_id, Patient.last == last, Patient.first == first)
        ).first()
        if patient is None or place is None or provider is None:
            return None
        with running_from(started):
            return enter_visit(
                bench, patient.id, location_id=place.id, provider_id=provider.id, on=started.date(), reason=reason
            )

    return this_morning(bench, at, visit_of)


def _take_in(actor: Actor, visit: dict[str, Any]) -> int:
    """Import one record; gives its visit."""
    last = db.session.scalar(select(func.max(Visit.id)).where(Visit.practice_id == actor.practice_id)) or 0
    outcome = import_bundle(actor, read_batch(json.dumps(bundle(visit)).encode(), visit["who"]))
    if outcome.refused:
        raise RuntimeError(f"{visit['who']}: {outcome.remarks}")
    return db.session.scalars(select(Visit.id).where(Visit.practice_id == actor.practice_id, Visit.id > last)).one()


def _code(actor: Actor, visit_id: int, plan: dict[str, Any]) -> int:
    claim_id = open_claim(actor, visit_id)
    for change in _changes(load(actor, claim_id), plan):
        change_claim(actor, claim_id, change)
    return claim_id


def _changes(record: ClaimRecord, plan: dict[str, Any]) -> Iterator[Change]:
    """What the biller does at the desk."""
    coding = coding_of(record)
    there = list(coding.diagnoses)
    for place, value in enumerate(plan.get("diagnoses", ()), 1):
        code = Code(ICD10CM, value.replace(".", ""))
        yield MoveDiagnosis(there.index(code) + 1, place)
        there.remove(code)
        there.insert(place - 1, code)
    for name, value in plan.get("fields", {}).items():
        yield SetField(name, value)
    if "dates" in plan:
        yield SetField("dates", plan["dates"])
    numbers = {line.code.value: line.number for line in coding.lines}
    for line in plan["lines"]:
        number = numbers[line["code"]]
        if "for" in line:
            yield SetLine(number, "pointers", read_letters(line["for"]))
        if "modifiers" in line:
            yield SetLine(number, "modifiers", read_modifiers(line["modifiers"]))


def _hold(claim_id: int, until: str, provider: str) -> None:
    """The steps up to the one where it waits, each by whoever does it, bound to what was seen."""
    reached = STEPS.index(until)
    if reached == 0:
        return
    practice_id = db.session.get_one(ClaimRecord, claim_id).practice_id
    desk, reviewer, signer = (person(practice_id, name) for name in (DESK, REVIEWER, provider))
    seen = digest(assemble(load(desk, claim_id)).claim)
    finish_coding(desk, claim_id, seen)
    if reached >= STEPS.index("reviewed"):
        review_claim(reviewer, claim_id, seen)
    if reached >= STEPS.index("signed"):
        sign_claim(signer, claim_id, seen)


def claims(practice_id: int) -> list[ClaimRecord]:
    """The demo's claims in the order of their visits."""
    return list(
        db.session.scalars(
            select(ClaimRecord).where(ClaimRecord.practice_id == practice_id).order_by(ClaimRecord.number)
        )
    )

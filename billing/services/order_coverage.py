"""What the policies of the payer who answers first say of the tests of an order: the bench asks it through its port.

The same rules judge the claim later (family COV), so what is said at the order is what the claim would be told. Where
no coverage rules are loaded, or none speaks of these tests, nothing is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec
from sqlalchemy import CompoundSelect, DateTime, String, cast, exists, null, select, union_all

from billing.coding.coding import Coding
from billing.edits.covered import Done, first_day, in_force, support_of, too_often
from billing.edits.ruled import CoverageRule
from billing.models import ClaimRecord, ClaimVisit
from billing.services.once import once
from billing.services.pricing import price_list
from billing.services.rules import Rules
from billing.services.who_pays import billable, first_in_force, insured, payer_of
from clinic.base import db
from clinic.domain.money import Money, total
from clinic.domain.us_identifiers import read_procedure
from clinic.models import Coverage, Patient
from clinic.services.library import library
from lab.domain.coverage import AskedOrder, AskedTest, NotCovered
from lab.services.order_coverage import codes_in, day_done, other_orders

SHOWN = 12
"""Diagnoses that would support a test, as many as one can look over."""
_REACH = timedelta(days=40)
"""A claim is known by the day of its visit, from which its lines may reach a month further."""


def not_covered(asked: AskedOrder) -> tuple[NotCovered, ...]:
    """Why the payer is not expected to pay for some tests of an order, test by test."""
    about = _spoken_of(asked)
    if not about:
        return ()
    policy, chart_ids = _payer(asked.patient_id, asked.on)
    if policy is None:
        return ()
    payer = payer_of(policy)
    held = [
        (test, code, rules)
        for test, code, about_it in about
        if (rules := in_force(about_it, policy.filing, payer.payer_number or "", asked.on))
    ]
    days = [first for _, _, rules in held if (first := first_day(rules, asked.on)) is not None]
    done = _done(asked, chart_ids, min(days)) if days else {}
    found: list[NotCovered] = []
    for test, code, rules in held:
        found += _said(test, code, rules, on=asked.on, done=done.get(code, ()), payer=payer.name)
    return tuple(found)


def estimate(practice_id: int, patient_id: int, on: date, codes: Sequence[str]) -> Money | None:
    """What the charge list asks the payer who answers first for these acts; None where it lacks one of them."""
    policy, _ = _payer(patient_id, on)
    prices = price_list(practice_id, None if policy is None else policy.payer_id)
    found = []
    for code in codes:
        read = read_procedure(code)
        priced = prices.get((read.system, read.value))
        if priced is None:
            return None
        found.append(priced.price)
    return total(found) if found and len({each.currency for each in found}) == 1 else None


def _spoken_of(asked: AskedOrder) -> list[tuple[AskedTest, str, Sequence[CoverageRule]]]:
    tables = once("rule tables", lambda: Rules(library()))(asked.on, "practitioner")
    table = None if tables is None else tables.coverage
    if table is None:
        return []
    found = [(test, code, table.rules(code)) for test in asked.tests for code in dict.fromkeys(test.procedures)]
    return [each for each in found if each[2]]


def _payer(patient_id: int, on: date) -> tuple[Coverage | None, tuple[int, ...]]:
    """The policy that answers first on a day, and the charts whose claims count."""
    patient = db.session.get_one(Patient, patient_id)
    stays, policies = insured(patient)
    return first_in_force(billable(policies), on), tuple({patient.id, stays.id})


def _said(
    test: AskedTest, code: str, rules: Sequence[CoverageRule], *, on: date, done: Sequence[Done], payer: str
) -> Iterable[NotCovered]:
    support = support_of(rules, test.diagnoses) if test.diagnoses else None
    if support is not None and support.why is not None:
        lists = [rule for rule in rules if rule.rule == "supports"] if support.why != "excluded" else []
        spans = [span for rule in lists for span in rule.diagnoses(SHOWN)]
        yield NotCovered(
            line_id=test.line_id,
            code=code,
            why=support.why,
            payer=payer,
            policy=support.rule.policy,
            source=support.rule.source or None,
            diagnosis=support.diagnosis or None,
            supporting=tuple(spans[:SHOWN]),
            more=max(0, sum(len(rule) for rule in lists) - SHOWN) or None,
        )
        return
    often = too_often(rules, test.diagnoses, on, Decimal(1), done)
    if often is not None:
        yield NotCovered(
            line_id=test.line_id,
            code=code,
            why="too_often",
            payer=payer,
            policy=often.rule.policy,
            source=often.rule.source or None,
            times=often.rule.times,
            per=often.rule.per,
            last=often.last,
            next_on=often.next_on,
        )


def _done(asked: AskedOrder, chart_ids: Sequence[int], first: date) -> dict[str, list[Done]]:
    """Days before the order's on which its acts were billed for the patient, or ordered elsewhere, with their units.

    What claims and orders both tell of one day is one thing. One statement.
    """
    wanted = {code for test in asked.tests for code in test.procedures}
    days: dict[tuple[str, date], Decimal] = {}
    for said, day, drawn, zone in db.session.execute(_before(asked, chart_ids, first)):
        own: dict[tuple[str, date], Decimal] = {}
        if zone is None:
            for line in msgspec.convert(said, Coding, strict=True).lines:
                key = (line.code.value, line.service.start)
                own[key] = own.get(key, Decimal(0)) + max(line.quantity.value, Decimal(1))
        else:
            own = {(code, day_done(day, drawn, zone)): Decimal(1) for code in codes_in(said)}
        for (code, on), units in own.items():
            if code in wanted and first <= on < asked.on:
                days[code, on] = max(days.get((code, on), Decimal(0)), units)
    found: dict[str, list[Done]] = {}
    for (code, day), units in days.items():
        found.setdefault(code, []).append((day, units))
    return found


def _before(asked: AskedOrder, chart_ids: Sequence[int], first: date) -> CompoundSelect[Any]:
    """Other orders of the patient and, without a time zone, the codings of the claims that are not of this visit."""
    claims = select(
        ClaimRecord.coding,
        ClaimRecord.service_on,
        cast(null(), DateTime(timezone=True)),
        cast(null(), String),
    ).where(
        ClaimRecord.practice_id == asked.practice_id,
        ClaimRecord.patient_id.in_(chart_ids),
        ClaimRecord.kind == "professional",
        ClaimRecord.service_on.between(first - min(_REACH, first - date.min), asked.on),
        ClaimRecord.journey.not_in(("withdrawn", "rejected")),
        ~exists().where(
            ClaimVisit.practice_id == ClaimRecord.practice_id,
            ClaimVisit.claim_id == ClaimRecord.id,
            ClaimVisit.visit_id == (asked.visit_id or 0),
        ),
    )
    return union_all(other_orders(asked.order_id, asked.practice_id, chart_ids, first), claims)

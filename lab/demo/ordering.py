"""Ordering for a patient of the demo: tests, diagnoses of the visit, answers, the provider's signature."""

from __future__ import annotations

from msgspec.structs import replace
from sqlalchemy import select

from clinic.base import db
from clinic.domain.code import ICD10CM
from clinic.models import Location, Visit
from clinic.services.acting import Actor
from clinic.services.changing import print_of
from clinic.services.find import one
from lab.demo.people import provider_of
from lab.demo.plan import Plan
from lab.models import Laboratory, LabOrder, Specimen
from lab.services.add_test import add_test
from lab.services.change_order import change_order, details_of
from lab.services.enter_order import Head, enter_order
from lab.services.order_lines import Choice
from lab.services.order_questions import asked_fields, question
from lab.services.sign_order import sign_order

USUAL = {"yes_no": "no", "text": "none"}
"""Answers of the demo where its file gives none, by the kind of the question."""


def order_for(assistant: Actor, visit: Visit, plan: Plan) -> list[Specimen]:
    """Enter, answer and sign an order; gives its planned containers in the order of draw."""
    laboratory = db.session.scalars(
        select(Laboratory).where(Laboratory.practice_id == assistant.practice_id, ~Laboratory.dental)
    ).one()
    choices = [Choice(test=test, laboratory_id=laboratory.id) for test in plan.get("tests", ())]
    choices += [Choice(test=test) for test in plan.get("in_house", ())]
    place = db.session.scalars(
        select(Location).where(Location.practice_id == assistant.practice_id).order_by(Location.id)
    ).first()
    if place is None:
        raise LookupError("the demo has no place")
    head = Head(location_id=place.id, priority="routine", visit_id=visit.id, provider_id=visit.provider_id)
    diagnoses = tuple(plan.get("diagnoses", ())) or _diagnoses(visit)
    order_id = enter_order(
        assistant, visit.patient_id, head, choices[0], diagnoses=diagnoses, reason=plan.get("reason")
    )
    for choice in choices[1:]:
        add_test(assistant, order_id, choice)
    _answer(assistant, order_id, plan.get("answers", {}))
    sign_order(provider_of(visit), order_id)
    wanted = select(Specimen).where(Specimen.practice_id == visit.practice_id, Specimen.order_id == order_id)
    return list(db.session.scalars(wanted.order_by(Specimen.id)))


def _diagnoses(visit: Visit) -> tuple[str, ...]:
    found = [each.code.replace(".", "") for each in visit.problems if each.system == ICD10CM and each.code]
    return tuple(dict.fromkeys(found))[:4] or ("Z0000",)


def _answer(actor: Actor, order_id: int, given: dict[str, str]) -> None:
    order = one(actor, LabOrder, order_id)
    was = details_of(order)
    answers = {
        name: given.get(key) or USUAL.get(question(key).kind, "") for name, (key, _) in asked_fields(order).items()
    }
    if answers:
        change_order(actor, order_id, replace(was, answers=tuple(answers.items())), print_of(was))

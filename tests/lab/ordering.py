"""Orders for tests: a laboratory, a place with its certificate, an order with its tests."""

from __future__ import annotations

from clinic.base import db
from clinic.services.find import one
from lab.models import Laboratory, LabOrder
from lab.services.add_test import add_test
from lab.services.enter_order import Head, enter_order
from lab.services.order_diagnoses import add_diagnosis
from lab.services.order_lines import Choice
from lab.services.sign_order import sign_order

HYPERTENSION = "I10"


def make_laboratory(practice, name="Lakeside Reference Laboratory", **more) -> Laboratory:
    """A laboratory of the practice."""
    row = Laboratory(practice_id=practice.row.id, name=name, bills="lab", dental=False, active=True, **more)
    db.session.add(row)
    db.session.commit()
    return row


def certify(practice, kind) -> None:
    """Give the practice's place a CLIA certificate of that kind."""
    practice.location.clia_kind = kind
    db.session.commit()


def order_tests(practice, patient, *choices, visit=None, signed=False, diagnosis=HYPERTENSION, **head) -> LabOrder:
    """An order entered by the assistant: ``(key, laboratory)`` pairs, None in house."""
    who = practice.actor("assistant")
    given = {"priority": "routine", "provider_id": practice.provider.id, **head}
    first, *rest = [Choice(test=key, laboratory_id=lab.id if lab else None) for key, lab in choices]
    top = Head(location_id=practice.location.id, visit_id=visit.id if visit else None, **given)
    order_id = enter_order(who, patient.id, top, first)
    for choice in rest:
        add_test(who, order_id, choice)
    if diagnosis:
        add_diagnosis(who, order_id, diagnosis)
    if signed:
        sign_order(practice.actor("provider"), order_id)
    return one(who, LabOrder, order_id)

"""Orders, containers, packages and results for the find line and for a patient's page."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from clinic import finders
from clinic.base import db
from clinic.domain.words import N_
from clinic.finders import Asked, Finder, Found
from clinic.policy import allows
from clinic.services.acting import Actor
from lab.domain.container_words import STATES
from lab.domain.drawn import cap_words
from lab.domain.package_words import STATES as PACKAGE_STATES
from lab.domain.result_words import STATUS
from lab.domain.scan import read_scan
from lab.models import LabOrder, LabResult, OrderLine, Package, Specimen
from lab.services.shipped import shipped
from lab.views.order_words import LINE_STATE, ORDER_STATE

LEAST = 3
"""Signs that must be typed before numbers are looked through: a letter and two digits."""


def _number(asked: Asked) -> str | None:
    """What was typed or scanned, as the beginning of a number; None where it can be none: it has no digit."""
    scan = read_scan(asked.text)
    if scan is None or scan.kind not in ("container", "package") or len(scan.text) < LEAST:
        return None
    return scan.text if any(sign.isdigit() for sign in scan.text) else None


def _orders(actor: Actor) -> Select[LabOrder]:
    """The latest orders with their lines, as one statement."""
    lines = joinedload(LabOrder.lines).load_only(OrderLine.test_key, OrderLine.state, OrderLine.facts)
    return (
        select(LabOrder)
        .where(LabOrder.practice_id == actor.practice_id)
        .options(lines)
        .order_by(LabOrder.ordered_on.desc(), LabOrder.id.desc())
    )


def _ordered(row: LabOrder, title: str, more: str) -> Found:
    return Found(
        title=title,
        code=row.number,
        more=more,
        endpoint="orders.show",
        arguments={"order_id": row.id},
        patient_id=row.patient_id,
        on=row.ordered_on,
    )


def _tests(row: LabOrder) -> str:
    """What was ordered, in words."""
    return ", ".join(_(line.facts.get("name") or line.test_key) for line in row.lines if line.state != "cancelled")


def _order_state(row: LabOrder) -> str:
    """Where an order stands: what is furthest behind of a signed one's lines, else its own state."""
    states = {line.state for line in row.lines} - {"cancelled"}
    behind = next((state for state in LINE_STATE if state in states), None)
    return str(_(LINE_STATE[behind][0] if behind and row.state == "signed" else ORDER_STATE[row.state]))


def _numbered_orders(actor: Actor, asked: Asked, most: int) -> list[Found]:
    number = _number(asked)
    if number is None:
        return []
    wanted = _orders(actor).options(joinedload(LabOrder.patient))
    rows = db.session.scalars(wanted.where(LabOrder.number.startswith(number, autoescape=True)).limit(most)).unique()
    return [_ordered(row, row.patient.name, _order_state(row))._replace(exact=row.number == number) for row in rows]


def _orders_of(actor: Actor, patient_ids: tuple[int, ...], most: int) -> list[Found]:
    wanted = _orders(actor).where(LabOrder.patient_id.in_(patient_ids)).limit(most)
    return [_ordered(row, _tests(row), _order_state(row)) for row in db.session.scalars(wanted).unique()]


def _containers(actor: Actor) -> Select[Specimen]:
    return (
        select(Specimen)
        .where(Specimen.practice_id == actor.practice_id)
        .order_by(Specimen.created_at.desc(), Specimen.id.desc())
    )


def _contained(row: Specimen, title: str, more: str) -> Found:
    return Found(
        title=title,
        code=row.number,
        more=more,
        endpoint="containers.show",
        arguments={"number": row.number},
        patient_id=row.patient_id,
        on=row.collected_at or row.created_at,
    )


def _numbered_containers(actor: Actor, asked: Asked, most: int) -> list[Found]:
    number = _number(asked)
    if number is None:
        return []
    wanted = _containers(actor).options(joinedload(Specimen.patient))
    rows = db.session.scalars(wanted.where(Specimen.number.startswith(number, autoescape=True)).limit(most))
    return [
        _contained(row, row.patient.name, f"{_(cap_words(row.cap))}, {_(STATES[row.state])}")._replace(
            exact=row.number == number
        )
        for row in rows
    ]


def _containers_of(actor: Actor, patient_ids: tuple[int, ...], most: int) -> list[Found]:
    wanted = _containers(actor).where(Specimen.patient_id.in_(patient_ids)).limit(most)
    return [_contained(row, _serves(row), str(_(STATES[row.state]))) for row in db.session.scalars(wanted)]


def _serves(row: Specimen) -> str:
    """A container by its cap and what it is for."""
    tests = shipped().tests
    keys = [need["test"] for need in row.standing.get("needs", ())]
    return ": ".join(
        part
        for part in (_(cap_words(row.cap)), ", ".join(_(tests[key].name) if key in tests else key for key in keys))
        if part
    )


def _numbered_packages(actor: Actor, asked: Asked, most: int) -> list[Found]:
    number = _number(asked)
    if number is None:
        return []
    wanted = (
        select(Package)
        .where(Package.practice_id == actor.practice_id, Package.number.startswith(number, autoescape=True))
        .options(joinedload(Package.laboratory))
        .order_by(Package.id.desc())
        .limit(most)
    )
    return [
        Found(
            title=row.laboratory.name,
            code=row.number,
            more=str(_(PACKAGE_STATES[row.state])),
            endpoint="packages.show",
            arguments={"number": row.number},
            exact=row.number == number,
            on=row.handed_over_at or row.created_at,
        )
        for row in db.session.scalars(wanted)
    ]


def _no_numbers(_actor: Actor, _asked: Asked, _most: int) -> list[Found]:
    """Results have no number of their own: they are found by their patient, order or container."""
    return []


def _results_of(actor: Actor, patient_ids: tuple[int, ...], most: int) -> list[Found]:
    newer = LabResult.__table__.alias("newer")
    later = select(newer.c.id).where(newer.c.line_id == LabResult.line_id, newer.c.version > LabResult.version)
    wanted = (
        select(LabResult)
        .where(LabResult.practice_id == actor.practice_id, LabResult.patient_id.in_(patient_ids), ~later.exists())
        .options(joinedload(LabResult.line).load_only(OrderLine.test_key, OrderLine.facts))
        .order_by(LabResult.reviewed_at.is_not(None), LabResult.performed_at.desc(), LabResult.id.desc())
        .limit(most)
    )
    return [_resulted(actor, row) for row in db.session.scalars(wanted)]


def _resulted(actor: Actor, row: LabResult) -> Found:
    """A report by its test; one nobody has reviewed says so, and leads a provider to where it is reviewed."""
    waits = row.reviewed_at is None
    reviews = waits and allows("lab.review", actor.roles)
    where: dict[str, Any] = {"at": row.id} if reviews else {"result_id": row.id}
    return Found(
        title=str(_(row.line.facts.get("name") or row.line.test_key)),
        code="",
        more=" · ".join(
            str(part)
            for part in (
                _("critical") if row.critical else _(STATUS[row.status]),
                _("to be reviewed") if waits else _("is reviewed"),
            )
        ),
        endpoint="results.to_review" if reviews else "results.show",
        arguments=where,
        patient_id=row.patient_id,
        on=row.performed_at,
    )


finders.declare(
    Finder("orders", N_("Laboratory orders"), "lab.read", _numbered_orders, _orders_of, order=30),
    Finder("containers", N_("Containers"), "lab.read", _numbered_containers, _containers_of, order=32),
    Finder("packages", N_("Packages"), "lab.read", _numbered_packages, order=34),
    Finder("lab_results", N_("Results"), "lab.read", _no_numbers, _results_of, order=36),
)

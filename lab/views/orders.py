"""Orders: entering one, its page, its tube plan, and the lists of what is held and what is to be drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.domain.code import ICD10CM
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.journal.reads import seen
from clinic.models import Location, Patient, Visit
from clinic.policy import requires
from clinic.services.find import one
from clinic.services.find_codes import find_codes
from clinic.services.read_patient import choices
from clinic.services.surviving import survivor_of
from clinic.views.editing import Edit
from clinic.views.guard import actor
from clinic.views.things import Kind
from clinic.views.things import declare as declare_things
from clinic.views.today_here import today_here
from lab.models import LabOrder
from lab.services.add_test import add_test
from lab.services.biopsies_of import biopsies_of
from lab.services.biopsy_facts import of_the_mouth
from lab.services.change_order import change_order, details_of
from lab.services.enter_order import Head, enter_order
from lab.services.offered_tests import offered
from lab.services.order_choices import place, providers
from lab.services.order_diagnoses import add_diagnosis, take_off_diagnosis
from lab.services.order_lines import Choice
from lab.services.order_page import read_order
from lab.views import coverage_words
from lab.views.order_form import PRIORITY, NewOrderForm, asked_of, details_form, typed_details
from lab.views.order_words import LINE_STATE, ORDER_STATE, TOLD, lacking

screens = Blueprint("orders", __name__, url_prefix="/lab")

declare_things(lab_order=Kind(N_("laboratory order"), "orders.show", "order_id"))

HITS = 12
CHILD = 12
"""Years below which small volumes are proposed."""


@screens.route("/orders/new/<int:patient_id>", methods=["GET", "POST"])
@requires("lab.order")
def new(patient_id: int) -> tuple[str, int] | Response:
    """Enter an order with its first test; ``visit`` in the address names the visit it belongs to."""
    who = actor()
    patient = survivor_of(who, patient_id)
    seen(patient.id)
    visit_id = request.args.get("visit", type=int)
    visit = one(who, Visit, visit_id) if visit_id is not None else None
    form = NewOrderForm()
    places, orderers = choices(who)
    form.offer(orderers)
    form.offer_places(places)
    if not form.is_submitted():
        _propose(form, patient, visit, orderers)
    edit, entered = Edit(form), list[int]()

    def enter(_seen: str) -> None:
        head = Head(
            location_id=int(form.location_id.data),
            visit_id=visit_id,
            provider_id=int(form.provider_id.data) if form.provider_id.data else None,
            planned_on=form.planned_on.data,
            priority=form.priority.data,
            pediatric=form.pediatric.data,
        )
        entered.append(enter_order(who, patient.id, head, choice_of(form.test.data or ""), reason=form.reason.data))

    if edit.takes(enter):
        return redirect(url_for("orders.show", order_id=entered[0]), code=303)
    return render_template("lab/order_new.html", edit=edit, patient=patient, visit=visit), edit.status


def _propose(form: NewOrderForm, patient: Patient, visit: Visit | None, orderers: list[Any]) -> None:
    oneself = [row for row in orderers if row.staff_id == actor().staff_id] or orderers
    form.provider_id.data = str(oneself[0].id) if len(oneself) == 1 else ""
    if visit is not None:
        form.location_id.data = str(visit.location_id)
        form.provider_id.data = str(visit.provider_id or form.provider_id.data or "")
        form.reason.data = visit.reason
    form.priority.data = "routine"
    form.pediatric.data = patient.birth is not None and (today_here() - patient.birth).days < CHILD * 365


@screens.get("/orders/tests")
@requires("lab.order")
def tests() -> str:
    """Tests for what is being typed, with where each may be run from that place."""
    where = place(actor(), request.args.get("location_id", type=int))
    return _found_tests(where, "new-order")


@screens.get("/orders/<int:order_id>/tests")
@requires("lab.order")
def tests_of(order_id: int) -> str:
    """Tests for what is being typed, for an order under way."""
    order = one(actor(), LabOrder, order_id)
    return _found_tests(order.location, "add-test")


def _found_tests(where: Location, form: str) -> str:
    typed = request.args.get("text", "").strip()
    hits = offered(actor(), where, typed, HITS) if typed else []
    return render_template("lab/order_found_tests.html", hits=hits, typed=typed, form_id=form, where=where)


@screens.get("/orders/<int:order_id>/codes")
@requires("lab.order")
def codes(order_id: int) -> str:
    """Diagnoses for what is being typed, judged on the day of the order."""
    order, typed = one(actor(), LabOrder, order_id), request.args.get("text", "").strip()
    hits = find_codes(actor(), typed, ICD10CM, order.ordered_on, HITS)
    return render_template("lab/order_found_codes.html", hits=hits, typed=typed, on=order.ordered_on)


@screens.get("/orders/<int:order_id>")
@requires("lab.read")
def show(order_id: int) -> str:
    """An order: its tests and where each stands, what they ask, what it is held for."""
    return page(order_id)[0]


@screens.post("/orders/<int:order_id>")
@requires("lab.order")
def change(order_id: int) -> tuple[str, int] | Response:
    """Change its head and the answers."""
    who = actor()
    order = one(who, LabOrder, order_id)
    edit = _details(order)
    if edit.takes(lambda print_: change_order(who, order_id, typed_details(cast("Any", edit.form)), print_)):
        flash(_("Kept."), "success")
        return redirect(url_for("orders.show", order_id=order_id), code=303)
    return page(order_id, edit)


@screens.post("/orders/<int:order_id>/tests")
@requires("lab.order")
def test(order_id: int) -> tuple[str, int] | Response:
    """Add a test."""
    said = request.form.get("test", "")
    return after(order_id, "tests", lambda: add_test(actor(), order_id, choice_of(said)))


@screens.post("/orders/<int:order_id>/diagnoses")
@requires("lab.order")
def diagnosis(order_id: int) -> tuple[str, int] | Response:
    """Add a diagnosis to all lines."""
    said = request.form.get("code") or request.form.get("text", "")
    return after(order_id, "diagnoses", lambda: add_diagnosis(actor(), order_id, said))


@screens.post("/orders/<int:order_id>/diagnoses/<code>/off")
@requires("lab.order")
def diagnosis_off(order_id: int, code: str) -> tuple[str, int] | Response:
    """Take a diagnosis off all lines."""
    return after(order_id, "diagnoses", lambda: take_off_diagnosis(actor(), order_id, code))


def choice_of(text: str) -> Choice:
    """What a button of the list sends: the test's key, ``@`` and the laboratory's id or ``in_house``.

    Raises:
        Refused: nothing was chosen.
    """
    key, _at, where = text.partition("@")
    if not key or not (where == "in_house" or (where.isascii() and where.isdigit())):
        raise Refused(N_("No test is chosen."), where="test", remedy=N_("Type its name and choose it from the list."))
    return Choice(test=key, laboratory_id=None if where == "in_house" else int(where))


def after(order_id: int, part: str, act: Callable[[], Any]) -> tuple[str, int] | Response:
    """Do something to an order; what was refused is told in the part of the page it belongs to."""
    one(actor(), LabOrder, order_id)
    try:
        act()
    except Refused as refused:
        return page(order_id, wrong={part: refused})
    return redirect(url_for("orders.show", order_id=order_id, _anchor=part), code=303)


def _details(order: LabOrder) -> Edit:
    shown = details_of(order)
    return Edit(details_form(order, providers(actor()), shown), shown)


def page(order_id: int, edit: Edit | None = None, wrong: dict[str, Refused] | None = None) -> tuple[str, int]:
    """The page of an order, with what is wrong in its parts."""
    shown = read_order(actor(), order_id)
    order = shown.order
    seen(order.patient_id)
    edit = edit or _details(order)
    answered = render_template(
        "lab/order.html",
        shown=shown,
        order=order,
        patient=order.patient,
        edit=edit,
        asked=asked_of(cast("Any", edit.form), order),
        wrong=wrong or {},
        lacking=lacking,
        line_state=LINE_STATE,
        order_state=ORDER_STATE,
        priority=PRIORITY,
        told_of=TOLD,
        why_against=coverage_words.why,
        span_of=coverage_words.span_of,
        choice_words=coverage_words.CHOICE,
        biopsies=biopsies_of(actor(), [line.row.id for line in shown.lines if of_the_mouth(line.row)]),
    )
    return answered, 422 if wrong else edit.status

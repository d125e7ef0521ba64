"""What is done to an order as a whole or to one of its lines: part of the blueprint of ``orders``."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from clinic.domain.refusal import Refused
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.services.find import one
from clinic.views.guard import actor
from clinic.views.telling import told
from lab.models import LabOrder
from lab.services.cancel_order import cancel_line, cancel_order
from lab.services.change_line import change_line
from lab.services.order_page import load_order, read_tubes
from lab.services.order_queues import held_orders, what_to_draw
from lab.services.plan_tubes import plan_tubes
from lab.services.release_order import release_order
from lab.services.shipped import shipped
from lab.services.sign_order import sign_order
from lab.views import orders
from lab.views.order_form import PRIORITY
from lab.views.order_words import LINE_STATE, lacking


@orders.screens.post("/orders/<int:order_id>/sign")
@requires("lab.sign")
def sign(order_id: int) -> tuple[str, int] | Response:
    """Sign it; when all of it may be drawn, on to its tubes."""
    who = actor()
    one(who, LabOrder, order_id)
    try:
        sign_order(who, order_id)
    except Refused as refused:
        return orders.page(order_id, wrong={"acts": refused})
    held = sum(line.state == "held" for line in one(who, LabOrder, order_id).lines)
    if not held:
        flash(_("Signed. All its tubes are planned."), "success")
        return redirect(url_for("orders.tubes", order_id=order_id), code=303)
    flash(ngettext("Signed. %(num)s test is held.", "Signed. %(num)s tests are held.", held), "warning")
    return redirect(url_for("orders.show", order_id=order_id), code=303)


@orders.screens.post("/orders/<int:order_id>/release")
@requires("lab.order")
def release(order_id: int) -> tuple[str, int] | Response:
    """Release all lines that lack nothing any more."""
    who = actor()
    one(who, LabOrder, order_id)
    try:
        count = release_order(who, order_id)
    except Refused as refused:
        return orders.page(order_id, wrong={"acts": refused})
    flash(ngettext("%(num)s test is released.", "%(num)s tests are released.", count), "success")
    held_list = request.form.get("back") == "held"
    address = url_for("orders.held") if held_list else url_for("orders.show", order_id=order_id)
    return redirect(address, code=303)


@orders.screens.post("/orders/<int:order_id>/cancel")
@requires("lab.order")
def cancel(order_id: int) -> tuple[str, int] | Response:
    """Cancel it, with the reason."""
    return orders.after(order_id, "acts", lambda: cancel_order(actor(), order_id, request.form.get("reason")))


@orders.screens.post("/orders/<int:order_id>/lines/<int:line_id>")
@requires("lab.order")
def line(order_id: int, line_id: int) -> tuple[str, int] | Response:
    """Change where one test is run, its diagnoses and its reason."""
    said = request.form
    where = said.get("place", "")
    return orders.after(
        order_id,
        "tests",
        lambda: change_line(
            actor(),
            order_id,
            line_id,
            laboratory_id=int(where) if where.isascii() and where.isdigit() else None,
            diagnoses=tuple(said.getlist("diagnosis")),
            reason=said.get("reason", ""),
        ),
    )


@orders.screens.post("/orders/<int:order_id>/lines/<int:line_id>/off")
@requires("lab.order")
def line_off(order_id: int, line_id: int) -> tuple[str, int] | Response:
    """Take one test off."""
    reason = request.form.get("reason")
    return orders.after(order_id, "tests", lambda: cancel_line(actor(), order_id, line_id, reason))


@orders.screens.get("/orders/<int:order_id>/tubes")
@requires("lab.read")
def tubes(order_id: int) -> str:
    """What is drawn, in the order of draw."""
    who = actor()
    order = load_order(who, order_id)
    seen(order.patient_id)
    questions = {key: question.words for key, question in shipped().questions.items()}
    return render_template(
        "lab/order_tubes.html",
        order=order,
        patient=order.patient,
        shown=read_tubes(who, order),
        questions=questions,
        priority=PRIORITY,
    )


@orders.screens.post("/orders/<int:order_id>/tubes")
@requires("lab.order")
def plan(order_id: int) -> Response:
    """Plan its tubes again, with or without a winged set."""
    who = actor()
    one(who, LabOrder, order_id)
    try:
        plan_tubes(who, order_id, winged=request.form.get("winged") == "yes")
    except Refused as refused:
        flash(told(refused), "error")
    else:
        flash(_("Planned."), "success")
    return redirect(url_for("orders.tubes", order_id=order_id), code=303)


@orders.screens.get("/orders/held")
@requires("lab.order")
def held() -> str:
    """Orders with lines that are held, each with what to do."""
    rows = held_orders(actor())
    seen(*{each.order.patient_id for each in rows})
    return render_template("lab/orders_held.html", rows=rows, lacking=lacking, line_state=LINE_STATE, priority=PRIORITY)


@orders.screens.get("/draw")
@requires("lab.work")
def to_draw() -> str:
    """Who gives what today, and what is late."""
    rows = what_to_draw(actor())
    seen(*{each.patient.id for each in rows})
    return render_template("lab/orders_to_draw.html", rows=rows, priority=PRIORITY)

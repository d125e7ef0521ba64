"""Changing a test: what the change does is shown before it is kept."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.domain.refusal import Refused
from clinic.policy import requires
from clinic.services.changing import print_of
from clinic.services.find import Unknown
from clinic.views.editing import Edit, kept
from clinic.views.guard import actor
from clinic.views.reading import read_date
from clinic.views.telling import told
from lab.domain.catalogue import TestFacts
from lab.services.catalogue import catalogue_on
from lab.services.catalogue_versions import judged
from lab.services.effect_of_test import Effect, effect_of
from lab.services.set_test import add_test, retire_test, set_test
from lab.services.shipped import shipped
from lab.views import tests
from lab.views.form_of_test import TestForm, form_for
from lab.views.tests import asked_laboratory, laboratories, today_here
from lab.views.words_of_tests import GROUPS, LABELS


class Shown(Exception):
    """Not yet kept: first the person sees what it does."""

    def __init__(self, test: TestFacts, on: date) -> None:
        super().__init__(test.key)
        self.test = test
        self.on = on


@tests.screens.route("/test/<key>/change", methods=["GET", "POST"])
@requires("lab.catalogue")
def edit(key: str) -> tuple[str, int] | Response:
    """Say from a day on what a test is, in the practice or at one laboratory."""
    known = laboratories()
    laboratory, here = asked_laboratory(known), today_here()
    catalogue = catalogue_on(actor().practice_id, here, laboratory)
    test = catalogue.tests.get(key)
    if test is None:
        raise Unknown("lab_test")
    form = form_for(catalogue, test, here)
    work = Edit(form, test)

    def act(seen: str) -> None:
        typed = _looked_at(form, key, laboratory)
        why = form.reason.data or ""
        set_test(actor(), typed, form.day(), why, laboratory_id=laboratory, seen=seen, seen_on=here)

    effect = None
    try:
        if work.takes(act):
            return kept("lab_tests.show", key=key, laboratory=laboratory)
    except Shown as shown:
        work.status = 200
        effect = effect_of(actor(), shown.test, shown.on, laboratory)
    return _page(work, test, effect, known, laboratory), work.status


@tests.screens.route("/new", methods=["GET", "POST"])
@requires("lab.catalogue")
def new() -> tuple[str, int] | Response:
    """Add a test of the practice's own."""
    catalogue = catalogue_on(actor().practice_id, today_here())
    like = request.args.get("like", "")
    form = form_for(catalogue, None, today_here(), catalogue.tests.get(like) or shipped().tests.get(like))
    work = Edit(form)

    def act(_seen: str) -> None:
        add_test(actor(), _looked_at(form, "", None), form.day(), form.reason.data or "")

    effect = None
    try:
        if work.takes(act):
            return kept("lab_tests.index", q=form["key"].data)
    except Shown as shown:
        work.status = 200
        effect = effect_of(actor(), shown.test, shown.on)
    return _page(work, None, effect, {}, None), work.status


@tests.screens.post("/test/<key>/retire")
@requires("lab.catalogue")
def retire(key: str) -> Response:
    """No longer offer a test from a day on."""
    known = laboratories()
    laboratory = asked_laboratory(known)
    if key not in catalogue_on(actor().practice_id, today_here(), laboratory).tests:
        raise Unknown("lab_test")
    try:
        on = read_date(request.form.get("effective_on", ""), "effective_on")
        retire_test(actor(), key, on, request.form.get("reason", ""), laboratory_id=laboratory)
    except Refused as refused:
        flash(told(refused), "error")
        return redirect(url_for("lab_tests.show", key=key, laboratory=laboratory, _anchor="retire"), code=303)
    return kept("lab_tests.show", key=key, laboratory=laboratory)


def _looked_at(form: TestForm, key: str, laboratory: int | None) -> TestFacts:
    """The test as typed, where its effect was seen; the mark in the form says for which values that was.

    Raises:
        Refused: a field is faulty.
        Shown: its effect was not seen yet.
    """
    typed, on = form.test(key), form.day()
    judged(typed, catalogue_on(actor().practice_id, on, laboratory))
    mark = f"{print_of(typed)} {on}"
    if form.previewed.data != mark:
        form.previewed.data = mark
        raise Shown(typed, on)
    return typed


def _page(
    work: Edit, test: TestFacts | None, effect: Effect | None, known: dict[int, str], laboratory: int | None
) -> str:
    return render_template(
        "lab/test_change.html",
        edit=work,
        test=test,
        effect=effect,
        groups=GROUPS,
        labels=LABELS,
        laboratories=known,
        laboratory=laboratory,
        words_key=_("Key"),
    )

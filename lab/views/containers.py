"""A container's own page: its whole life, from planning to wherever it is now."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from clinic.domain.words import N_
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.services.find import one
from clinic.views import things
from clinic.views.guard import actor
from clinic.views.things import Kind
from lab.domain.container_words import CONDITIONS, STATES
from lab.domain.narrate import FLAGS, Ref, Telling, Volume, Word
from lab.models import Specimen
from lab.services.biopsies_of import biopsies_of
from lab.services.life import Life, life_of
from lab.steps.registry import step_of
from lab.views.drawing import milliliters

screens = Blueprint("containers", __name__, url_prefix="/lab/containers")

things.declare(specimen=Kind(N_("container"), "containers.by_id", "specimen_id"))


@screens.get("/id/<int:specimen_id>")
@requires("lab.read")
def by_id(specimen_id: int) -> Response:
    """By its row, as the journal names it."""
    row = one(actor(), Specimen, specimen_id)
    return redirect(url_for("containers.show", number=row.number), code=303)


@screens.get("/<number>")
@requires("lab.read")
def show(number: str) -> str:
    """The page."""
    life = life_of(actor(), number)
    seen(life.row.patient_id)
    return render_template(
        "lab/container.html",
        life=life,
        row=life.row,
        container=life.container,
        test_name=lambda key: _(life.tests.get(key, key)),
        sentence=lambda telling: sentence(life, telling),
        state=state_of(life),
        states=STATES,
        conditions=CONDITIONS,
        flag_words=FLAGS,
        step=step_of(life.task.step) if life.task else None,
        biopsies=biopsies_of(actor(), [need.line_id for need in life.container.needs]),
    )


def state_of(life: Life) -> str:
    """The state as it is said: collected is in preparation while a step is left, ready to go when none is."""
    state = life.container.state
    if state != "collected":
        return STATES[state]
    left = life.task is not None and life.task.step not in {"pack", "test"}
    return STATES["processing" if left else "ready"]


def sentence(life: Life, telling: Telling) -> Markup:
    """A telling in the reader's language, what it names in the place of ids."""
    params = {name: _shown(life, value) for name, value in (telling.params or {}).items()}
    return Markup(escape(_(telling.what))) % params if params else escape(_(telling.what))  # noqa: S704  escaped


def _shown(life: Life, value: Any) -> Any:
    if isinstance(value, Ref):
        return life.names.get(value, "")
    if isinstance(value, Word):
        return _(value.text) if value.text else ""
    return milliliters(value.ul) if isinstance(value, Volume) else value

"""What the practice's coders made of suggestions, and having one habit forgotten."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from billing.services.practice_memory import MOST, forget, remembered
from clinic import sections
from clinic.domain.words import N_
from clinic.policy import requires
from clinic.sections import Section
from clinic.views import things
from clinic.views.guard import actor
from clinic.views.things import Kind

screens = Blueprint("suggestion_memory", __name__, url_prefix="/house/suggestions")

sections.declare(Section("suggestions", N_("Coding habits"), "suggestion.read", "suggestion_memory.index", order=69))
things.declare(suggestion_memory=Kind(N_("habit of coding")))


@screens.get("")
@requires("suggestion.read")
def index() -> str:
    """All of them, those met most often first."""
    return render_template("house/suggestion_memory.html", rows=remembered(actor()), most=MOST)


@screens.post("/<int:row_id>/forget")
@requires("suggestion.forget")
def drop(row_id: int) -> Response:
    """Count one from nothing again."""
    forget(actor(), row_id)
    flash(_("Forgotten. It is counted from nothing again."), "success")
    return redirect(url_for("suggestion_memory.index"), code=303)

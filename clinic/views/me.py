"""One's own settings: language and theme."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from sqlalchemy import update
from werkzeug.wrappers import Response

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models.staff import Staff
from clinic.policy import requires
from clinic.services.acting import acting
from clinic.views.guard import actor
from clinic.views.shell import THEMES

screens = Blueprint("me", __name__)


@screens.get("/me")
@requires("self.change")
def show() -> str:
    """The page of whoever is logged in."""
    return render_template("me.html")


@screens.post("/me/language")
@requires("self.change")
def language() -> Response:
    """Choose the language of every page."""
    chosen = request.form.get("language", "")
    if chosen not in current_app.config["LANGUAGES"]:
        raise Refused(N_("There is no such language here."), where="language", remedy=N_("Choose one of the list."))
    _keep("locale", chosen)
    return _back()


@screens.post("/me/theme")
@requires("self.change")
def theme() -> Response:
    """Choose light, dark, or what the system says (empty)."""
    chosen = request.form.get("theme", "")
    if chosen not in (*THEMES, ""):
        raise Refused(N_("There is no such theme here."), where="theme", remedy=N_("Choose one of the list."))
    _keep("theme", chosen or None)
    return _back()


def _keep(column: str, value: str | None) -> None:
    who = actor()
    with acting(who, "self.change") as work:
        work.session.execute(
            update(Staff).where(Staff.practice_id == who.practice_id, Staff.id == who.staff_id).values({column: value})
        )
        work.journal("staff", who.staff_id or 0, detail=column)


def _back() -> Response:
    """To where the choice was made: an address of this house, or one's own page."""
    target = request.form.get("next", "")
    local = target.startswith("/") and not target.startswith(("//", "/\\"))
    return redirect(target if local else url_for("me.show"), code=303)

"""The code sets: which releases are loaded, whose they are, for which days, and a search in any of them."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import Length

from clinic import sections
from clinic.domain.words import N_
from clinic.policy import requires
from clinic.sections import Section
from clinic.services.library import library
from clinic.views.editing import MayBeBlank, options
from clinic.views.fields import DayField
from clinic.views.formats import now, zone

screens = Blueprint("codes", __name__, url_prefix="/house/codes")

sections.declare(Section("codes", N_("Code sets"), "codes.read", "codes.show", order=50))

LIMIT = 30
FIRST = "icd10cm"
"""The system a search starts with."""


class SearchForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """What is searched, where, and as of which day of service."""

    q = StringField(_l("Code or words"), [Length(max=200)])
    system = SelectField(_l("Code set"))
    on = DayField(_l("On"), [MayBeBlank()])


@screens.get("")
@requires("codes.read")
def show() -> tuple[str, int]:
    """The releases, and what a search finds."""
    found = library()
    releases = found.releases()
    form = SearchForm(request.args, meta={"csrf": False})
    systems = {release.system: release.title for release in releases}
    form.system.choices = options(systems)
    if not request.args.get("system"):
        form.system.data = FIRST if FIRST in systems else next(iter(systems), "")
    fine = bool(form.validate()) if systems else True
    text = (form.q.data or "").strip()
    day = form.on.data or now().astimezone(zone()).date()
    hits = found.search(text, form.system.data, day, LIMIT) if fine and text else []
    page = render_template(
        "house/codes.html",
        form_=form,
        text=text,
        hits=hits,
        judge=found.release(form.system.data, day) if fine and text else None,
        day=day,
        releases=releases,
        damaged=[path.name for path in found.damaged()],
    )
    return page, 200 if fine else 422

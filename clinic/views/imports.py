"""Imports: a file of FHIR taken in, with what came of each entry, and the imports before it."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms import FileField

from clinic import sections
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.fhir.importer.bundle import read_batch
from clinic.models import Import, Staff
from clinic.policy import requires
from clinic.sections import Section
from clinic.services.import_bundle import import_bundle
from clinic.services.importing.outcome import Outcome
from clinic.views import things
from clinic.views.editing import Edit
from clinic.views.guard import actor
from clinic.views.lists import page_of
from clinic.views.things import Kind, thing

screens = Blueprint("imports", __name__, url_prefix="/house/imports")

sections.declare(Section("imports", N_("Imports"), "record.import", "imports.show", order=45))
things.declare(**{"import": Kind(N_("import"))})


class ImportForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """The file."""

    file = FileField(_l("File"))


@screens.get("")
@requires("record.import")
def show() -> str:
    """The form, and what came in before."""
    return _page(Edit(ImportForm()), None, "")


@screens.post("")
@requires("record.import")
def take_in() -> tuple[str, int]:
    """Take a file in. The answer is its report; what of it was refused is named by the entry's number."""
    edit = Edit(ImportForm())
    outcomes: list[Outcome] = []
    sent = request.files.get("file")
    name = sent.filename if sent and sent.filename else ""

    def act(_seen: str) -> None:
        if sent is None or not name:
            raise Refused(N_("Choose a file."), where="file")
        try:
            batch = read_batch(sent.read(), name)
        except Refused as refused:  # the field is where the person looks
            raise Refused(refused.what, where="file", remedy=refused.remedy, **refused.params) from refused
        outcomes.append(import_bundle(actor(), batch))

    taken = edit.takes(act)
    return _page(edit, outcomes[0] if taken else None, name), 200 if taken else edit.status


def _page(edit: Edit, outcome: Outcome | None, name: str) -> str:
    page = page_of(select(Import).where(Import.practice_id == actor().practice_id), Import.id.desc())
    people = {
        row.id: row.name for row in db.session.scalars(select(Staff).where(Staff.practice_id == actor().practice_id))
    }
    return render_template(
        "house/imports.html",
        edit=edit,
        outcome=outcome,
        name=name,
        page=page,
        people=people,
        thing=thing,
        actions={"created": _("new"), "updated": _("changed"), "refused": _("refused")},
    )

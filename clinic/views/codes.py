"""The code sets: releases, search, one code, the tables of the index; loading a file, withdrawing, bringing back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import FileField, SelectField, StringField
from wtforms.validators import Length

from clinic import sections
from clinic.codes.kind import Wish
from clinic.codes.kinds import kind_of, kinds
from clinic.codes.kinds.icd10cm_index import TITLES, table_of
from clinic.codes.release import Release, keyed, shown
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.policy import requires
from clinic.sections import Section
from clinic.services.library import library
from clinic.services.running_loads import Load, begin_load, loads, one_load, stop_load
from clinic.services.withdraw_codes import restore_codes, withdraw_codes
from clinic.views.editing import Edit, MayBeBlank, options
from clinic.views.fields import DayField
from clinic.views.formats import now, zone
from clinic.views.guard import actor
from clinic.views.telling import told

screens = Blueprint("codes", __name__, url_prefix="/house/codes")

sections.declare(Section("codes", N_("Code sets"), "codes.read", "codes.show", order=50))

LIMIT = 30
FIRST = "icd10cm"
"""The system a search starts with."""

TABLE_LINES = 100


class SearchForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """What is searched, where, and as of which day of service."""

    q = StringField(_l("Code or words"), [Length(max=200)])
    system = SelectField(_l("Code set"))
    on = DayField(_l("On"), [MayBeBlank()])


class LoadForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """An official file, what kind it is, and what it does not say itself."""

    kind = SelectField(_l("Kind"))
    file = FileField(_l("File"))
    name = StringField(_l("Release"), [MayBeBlank(), Length(max=40)])
    start = DayField(_l("From"), [MayBeBlank()])
    end = DayField(_l("To"), [MayBeBlank()])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind.choices = options({key: f"{key}  {_(kind.title)}" for key, kind in kinds().items()})


@screens.get("")
@requires("codes.read")
def show() -> tuple[str, int]:
    """The releases, and what a search finds."""
    return _page(Edit(LoadForm(formdata=None)))


@screens.post("")
@requires("codes.load")
def load() -> tuple[str, int] | Response:
    """Take a file; it is loaded by a process of its own, whose progress the page shows."""
    form = LoadForm()
    edit = Edit(form)
    sent = request.files.get("file")

    def act(_seen: str) -> None:
        if sent is None or not sent.filename:
            raise Refused(N_("Choose a file."), where="file")
        wish = Wish((form.name.data or "").strip() or None, form.start.data, form.end.data)
        begin_load(actor(), form.kind.data, sent.stream, sent.filename, wish)

    if edit.takes(act):
        return redirect(f"{url_for('codes.show')}#loads", code=303)
    return _page(edit)


@screens.get("/loads")
@requires("codes.load")
def running() -> str:
    """The pane of what is being loaded, asked for while something is."""
    return render_template("house/codes_loads.html", loads=loads(actor()), told=told_load)


@screens.post("/loads/<load_id>/stop")
@requires("codes.load")
def stop(load_id: str) -> Response:
    """Ask a load to end."""
    if one_load(actor(), load_id) is None:
        abort(404)
    stop_load(actor(), load_id)
    return redirect(f"{url_for('codes.show')}#loads", code=303)


@screens.get("/code/<system>/<value>")
@requires("codes.read")
def code(system: str, value: str) -> str:
    """One code: its words, facts, the notes of all above it, and the releases in which it stands."""
    found = library()
    day = _day(request.args.get("on", ""))
    value = keyed(system, value)
    standing = found.standing(system, value)
    entry = found.lookup(system, value, day)
    if entry is None and not standing:
        abort(404)
    entry = entry or standing[-1][1]
    kind = kind_of(system)
    judge = found.release(system, day)
    return render_template(
        "house/code.html",
        entry=entry,
        code=shown(system, entry.value),
        shown=shown,
        notes=found.notes(system, value, day),
        standing=standing,
        above=[(parent, found.lookup(system, parent, day)) for parent in entry.parents],
        judge=judge,
        day=day,
        kind=kind,
        now_state=found.status(system, value, day).state,
        notice=judge[0].notice if judge else None,
    )


@screens.get("/table/<system>")
@requires("codes.read")
def table(system: str) -> str:
    """The index, the table of drugs or of neoplasms: terms with their codes by column."""
    if system not in TITLES:
        abort(404)
    day = _day(request.args.get("on", ""))
    text = request.args.get("q", "")[:200].strip()
    found = table_of(library(), system, day)
    return render_template(
        "house/code_table.html",
        system=system,
        title=TITLES[system],
        table_=found,
        heads={at: head for at, head in found.heads.items() if at > 1} if found else {},
        text=text,
        day=day,
        lines=found.lines(text, TABLE_LINES) if found and text else [],
        most=TABLE_LINES,
    )


@screens.get("/withdraw/<system>/<name>")
@requires("codes.load")
def ask(system: str, name: str) -> str:
    """Ask whether a release is to go out of use."""
    release = library().has(system, name)
    if release is None:
        abort(404)
    return render_template("house/code_withdraw.html", release=release)


@screens.post("/withdraw/<system>/<name>")
@requires("codes.load")
def withdraw(system: str, name: str) -> Response:
    """Take a release out of use."""
    return _act(lambda: withdraw_codes(actor(), system, name), N_("Withdrawn; its file is kept."))


@screens.post("/restore/<system>/<name>")
@requires("codes.load")
def restore(system: str, name: str) -> Response:
    """Bring a release back into use."""
    return _act(lambda: restore_codes(actor(), system, name), N_("In use again."))


def _act(act: Callable[[], object], words: str) -> Response:
    try:
        act()
    except Refused:
        abort(404)
    flash(_(words), "success")
    return redirect(f"{url_for('codes.show')}#releases", code=303)


def _day(text: str) -> date:
    """The day an address names; today where it names none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return now().astimezone(zone()).date()


def _page(edit: Edit) -> tuple[str, int]:
    found = library()
    releases = found.releases()
    form = SearchForm(request.args, meta={"csrf": False})
    systems = {release.system: _(release.title) for release in releases if kind_shape(release) == "entries"}
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
        edit=edit,
        text=text,
        hits=hits,
        judge=found.release(form.system.data, day) if fine and text else None,
        day=day,
        releases=releases,
        withdrawn=found.withdrawn(),
        tables=[(system, title) for system, title in TITLES.items() if found.release(system, day)],
        loads=loads(actor()),
        told=told_load,
        damaged=[path.name for path in found.damaged()],
    )
    return page, edit.status if edit.status != 200 else 200 if fine else 422


def kind_shape(release: Release) -> str:
    """The shape of a release's file, by the kind that makes it."""
    kind = kind_of(release.system)
    return kind.shape if kind is not None else "entries"


def told_load(load: Load) -> str:
    """Why a load was refused, in words with its place."""
    progress = load.progress
    said = told(Refused(progress.what, where=progress.where, remedy=progress.remedy, **progress.params))
    return f"{progress.where}: {said}" if progress.where else said

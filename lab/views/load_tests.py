"""Loading tests from a file: what it would do, row by row, then once more to keep it."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import FileField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.policy import requires
from clinic.views.editing import Edit, kept, options
from clinic.views.fields import DayField
from clinic.views.guard import actor
from lab.domain.catalogue_csv import Fault
from lab.domain.catalogue_fields import FIELDS
from lab.services.load_tests import Report, as_text, load_tests, look_over_tests
from lab.views import tests
from lab.views.tests import laboratories, today_here
from lab.views.words_of_tests import LABELS


class LoadForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """The file, or its text, from when it holds, for whom, and why."""

    file = FileField(_l("File"), [Optional()])
    text = TextAreaField(_l("Or the rows themselves"), [Optional()], render_kw={"rows": 8, "spellcheck": "false"})
    laboratory = SelectField(_l("For"), [Optional()])
    effective_on = DayField(_l("From"), [InputRequired()])
    reason = StringField(_l("Reason"), [DataRequired(), Length(max=300)])
    previewed = HiddenField()


class Reported(Exception):
    """Nothing was changed: this is what the file would do, or what is wrong with it."""

    def __init__(self, report: Report) -> None:
        super().__init__("reported")
        self.report = report


@tests.screens.route("/load", methods=["GET", "POST"])
@requires("lab.catalogue")
def load() -> tuple[str, int] | Response:
    """Load a file of tests: all of its rows, or none."""
    known = laboratories()
    form = LoadForm(data={"effective_on": today_here()})
    form.laboratory.choices = options({"": _("the whole practice")} | {str(key): name for key, name in known.items()})
    work = Edit(form)
    report = None
    try:
        if work.takes(lambda _seen: _take(form)):
            return kept("lab_tests.index")
    except Reported as found:
        report = found.report
        work.status = 422 if report.faults else 200
    return (
        render_template("lab/tests_load.html", edit=work, report=report, columns=tuple(FIELDS), labels=LABELS),
        work.status,
    )


@tests.screens.app_template_global("fault_words")
def fault_words(fault: Fault) -> str:
    """A fault in the person's language."""
    return str(_(fault.what, **dict(fault.params)))


def _take(form: LoadForm) -> None:
    text = _text(form)
    on: Any = form.effective_on.data
    laboratory = int(form.laboratory.data) if form.laboratory.data else None
    mark = f"{_print_of(text)} {on} {laboratory}"
    if form.previewed.data != mark:
        report = look_over_tests(actor(), text, on, laboratory)
        form.previewed.data = "" if report.faults else mark
        raise Reported(report)
    report = load_tests(actor(), text, on, form.reason.data or "", laboratory_id=laboratory)
    if report.faults:
        raise Reported(report)


def _print_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _text(form: LoadForm) -> str:
    sent = request.files.get("file")
    if sent and sent.filename:
        text = as_text(sent.read(), "file")
        form.text.data = text
        return text
    text = (form.text.data or "").replace("\r\n", "\n")
    if not text.strip():
        raise Refused(N_("Choose a file."), where="file")
    return text

"""The papers of a dental case: the slip for the laboratory as PDF, and its label."""

from __future__ import annotations

from flask import Response, flash, redirect, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.journal.reads import seen
from clinic.models import Printer
from clinic.policy import requires
from clinic.views.formats import day, moment
from clinic.views.guard import actor
from clinic.views.telling import told
from lab.documents.case_slip import compose
from lab.documents.flow import render
from lab.documents.manifest import Manner
from lab.domain.dental_words import RECORDS
from lab.models import DentalCase
from lab.services.case_papers import Words, case_label, print_case_label, slip_of
from lab.services.print_labels import Loaded, loaded_in
from lab.views import case_words
from lab.views.cases import screens as cases

WORDS = Words(
    work=case_words.work,
    where=case_words.where,
    material=case_words.material,
    record=lambda asked: str(_(RECORDS[asked.record])),
    reason=case_words.reason,
)


@cases.get("/<number>/slip.pdf")
@requires("lab.read")
def slip(number: str) -> Response:
    """The slip."""
    made, patient_id = slip_of(actor(), number, WORDS)
    seen(patient_id)
    laid = compose(made, Manner(said=_, day=day, moment=moment))
    answer = Response(
        render([laid], f"{_('Dental case')} {made.number}", str(get_locale())), content_type="application/pdf"
    )
    answer.headers["Content-Disposition"] = f'inline; filename="case-{made.number}.pdf"'
    if laid.strange:
        answer.headers["X-Not-Printable"] = " ".join(f"U+{ord(letter):04X}" for letter in laid.strange)
    return answer


@cases.post("/<number>/label")
@requires("lab.work")
def label(number: str) -> AnyResponse:
    """Print the label on the first label printer of the place, else to a file."""
    row, made = case_label(actor(), number, WORDS, _)
    seen(row.patient_id)
    try:
        job = print_case_label(actor(), made, _loaded(row))
    except Refused as refused:
        flash(told(refused), "error")
        return redirect(url_for("cases.show", number=number), code=303)
    return redirect(url_for("labels.job", job=job), code=303)


def _loaded(row: DentalCase) -> Loaded:
    wanted = (
        select(Printer.id)
        .where(
            Printer.practice_id == row.practice_id,
            Printer.location_id == row.location_id,
            Printer.kind != "paper",
        )
        .order_by(Printer.id)
    )
    found = db.session.scalars(wanted).first()
    return loaded_in(actor(), found) if found is not None else Loaded()

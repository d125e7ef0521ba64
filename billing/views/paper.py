"""Paper: the page that calibrates a printer, and the practice's own blank form."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, send_file
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse
from wtforms import FileField

from billing.documents import cms1500
from billing.services.keep_blank import blank_of, blank_path, keep_blank, take_away_blank
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Printer
from clinic.paper.blank import lay_under
from clinic.paper.calibration import TEXT
from clinic.paper.grid import Offset
from clinic.policy import requires
from clinic.services.find import Unknown, one
from clinic.views.editing import Edit, kept
from clinic.views.guard import actor, may
from clinic.views.history import history

screens = Blueprint("paper", __name__, url_prefix="/house/paper")


class BlankForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """The file."""

    file = FileField(_l("My own blank form, as a PDF of one letter page"))


@screens.get("/calibration/<int:printer_id>")
@requires("practice.read")
def calibration(printer_id: int) -> Response:
    """The page to print and hold over a form; over one's own blank with ``?over=blank``."""
    printer = one(actor(), Printer, printer_id)
    words = [_(text) for text in TEXT]
    pdf = cms1500.calibration(
        Offset(printer.offset_x, printer.offset_y), text=words, lang=str(get_locale() or "en").split("_")[0]
    )
    blank = blank_of(printer.practice_id) if request.args.get("over") == "blank" else None
    return _pdf(lay_under(blank.pdf, pdf) if blank else pdf, "calibration.pdf")


@screens.get("/blank")
@requires("practice.read")
def blank() -> str:
    """Whether there is a blank, and where to put one in."""
    return _page(Edit(BlankForm()))


@screens.post("/blank")
@requires("printer.write")
def put_blank() -> tuple[str, int] | AnyResponse:
    """Put a blank in."""
    edit = Edit(BlankForm())

    def act(_seen: str) -> None:
        sent = request.files.get("file")
        if sent is None or not sent.filename:
            raise Refused(N_("Choose a file."), where="file")
        keep_blank(actor(), sent.read())

    if edit.takes(act):
        return kept("paper.blank")
    return _page(edit), edit.status


@screens.get("/blank.pdf")
@requires("practice.read")
def blank_file() -> Response:
    """The blank itself."""
    path = blank_path(actor().practice_id)
    if not path.exists():
        raise Unknown("blank")
    return send_file(path, mimetype="application/pdf", download_name="blank.pdf")


@screens.post("/blank/take-away")
@requires("printer.write")
def take_away() -> AnyResponse:
    """Take the blank away."""
    take_away_blank(actor())
    return kept("paper.blank")


def _page(edit: Edit) -> str:
    path = blank_path(actor().practice_id)
    return render_template(
        "billing/blank.html",
        edit=edit,
        size=path.stat().st_size if path.exists() else None,
        writes=may("printer.write"),
        history=[row for row in history("practice", actor().practice_id) if not row.changed and "blank" in row.words],
    )


def _pdf(body: bytes, name: str) -> Response:
    return Response(body, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})

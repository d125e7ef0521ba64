"""What may lie under the data: nothing (a bought form), our own neutral drawing, or the user's own blank."""

from __future__ import annotations

from clinic.domain.value import Value
from clinic.paper.font import NAME, legible
from clinic.paper.form import Form
from clinic.paper.grid import PAGE_HEIGHT, PAGE_WIDTH
from clinic.paper.outline import LABEL_SIZE, frame, labels
from clinic.paper.sheets import Sheets


class Preview(Value, frozen=True):
    """Frames and box numbers of our own, with ``mark`` (``NOT FOR SUBMISSION`` in the reader's language) across it."""

    mark: str


class Blank(Value, frozen=True):
    """The user's own form: a PDF of one letter page."""

    pdf: bytes


def draw_preview(sheets: Sheets, form: Form, mark: str) -> None:
    """Draw the form's preview once, as what lies under every sheet."""
    mark = legible(mark)
    sheets.begin_background()
    canvas = sheets.canvas
    canvas.setFillGray(0.92)
    size = min(60.0, 780 / (0.6 * max(len(mark), 1)))
    canvas.saveState()
    canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    canvas.rotate(52)
    canvas.setFont(NAME, size)
    canvas.drawCentredString(0, -size / 3, mark)
    canvas.restoreState()
    canvas.setStrokeGray(0.8)
    canvas.setLineWidth(0.4)
    for cell in form.cells:
        edge = frame(form, cell)
        canvas.rect(edge.x, edge.y, edge.width, edge.height)
    canvas.setFillGray(0.35)
    canvas.setFont(NAME, LABEL_SIZE)
    for label in labels(form):
        canvas.drawString(label.x, label.y, label.text)
    canvas.setFont(NAME, 7)
    canvas.drawString(21.6, PAGE_HEIGHT - 18, mark)
    sheets.end_background()

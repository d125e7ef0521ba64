"""A page of a form as SVG, for the screen: our own neutral cells, the texts in them, findings as pins.

No inline style: colours come from the classes ``page``, ``box``, ``hit``, ``over``, ``pin``, ``number``, ``mark`` and
the attributes ``data-hit`` and ``data-severity``. What is geometry (positions, sizes of type) stands in the file,
so that text is on the grid whatever the stylesheet says. Units are tenths of a point.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from html import escape

from clinic.domain.finding import Severity
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.paper.form import Cell, Form, Page
from clinic.paper.grid import PAGE_HEIGHT, PAGE_WIDTH
from clinic.paper.outline import LABEL_SIZE, Frame, around, frame, labels
from clinic.paper.overflow import overflowing, shown


class Words(Value, frozen=True):
    """What the picture says, in the reader's language."""

    page: str
    """Filled with ``page``."""
    box: str
    """Filled with ``box``."""
    finding: str
    """Filled with ``number`` and ``box``."""
    mark: str


WORDS = Words(
    page=N_("Page %(page)s as it will print"),
    box=N_("Box %(box)s"),
    finding=N_("Finding %(number)s, box %(box)s"),
    mark=N_("NOT FOR SUBMISSION"),
)
"""The message ids, which are English."""

_LARGER = 10
"""Tenths of a point by which type on the screen is larger than on paper: browsers' letters are narrower."""
_PIN = 75


def screen_page(
    page: Page,
    hits: Mapping[str, Severity],
    *,
    number: int = 1,
    numbers: Mapping[str, int] | None = None,
    words: Words = WORDS,
) -> str:
    """The page as an ``<svg>`` element to stand in HTML.

    ``hits`` says which boxes (``24E.3``) findings protect and how severe the worst of each is. Pins carry their place
    in ``hits``, or what ``numbers`` gives for the box, and link to ``#f`` and that number. Boxes that the form does
    not have get no pin. Texts that do not fit show as ``overflow.shown`` and their cells have the class ``over``.
    """
    boxes = _boxes(page.form)
    texts = dict(page.filled())
    found = [box for box in hits if box in boxes]
    pins = numbers or {box: place for place, box in enumerate(hits, start=1)}
    size = f"0 0 {_tenths(PAGE_WIDTH)} {_tenths(PAGE_HEIGHT)}"
    parts = [
        f'<svg class="page" viewBox="{size}" role="group" aria-label="{escape(words.page % {"page": number})}">',
        f'<text class="mark" x="216" y="170" font-size="90">{escape(words.mark)}</text>',
        _numbers(page.form),
        f'<g font-size="{_tenths(page.form.grid.size) + _LARGER}" fill="none" stroke="currentColor" stroke-width="4">',
    ]
    for box, cells in boxes.items():
        parts.append(f'<g id="{anchor(box)}"><title>{escape(words.box % {"box": box})}</title>')
        parts += [_cell(page.form, cell, texts.get(cell, "")) for cell in cells]
        parts.append("</g>")
    parts += [_outline(around(page.form, boxes[box]), hits[box]) for box in found]
    parts.append("</g>")
    parts += [
        _pin(around(page.form, boxes[box]), hits[box], pins[box], words.finding % {"number": pins[box], "box": box})
        for box in found
        if box in pins
    ]
    return "\n".join([*parts, "</svg>"])


def anchor(box: str) -> str:
    """The id of a box in the picture: ``box-24F-2``."""
    return f"box-{box.replace('.', '-')}"


@cache
def _boxes(form: Form) -> dict[str, tuple[Cell, ...]]:
    return form.boxes()


@cache
def _numbers(form: Form) -> str:
    """The boxes' numbers, which are the same on every page."""
    drawn = [
        f'<text class="number" x="{_tenths(label.x)}" y="{_down(label.y)}">{label.text}</text>'
        for label in labels(form)
    ]
    return "\n".join([f'<g font-size="{_tenths(LABEL_SIZE)}" aria-hidden="true">', *drawn, "</g>"])


@cache
def _frame(form: Form, cell: Cell) -> str:
    return _rectangle(frame(form, cell))


def _cell(form: Form, cell: Cell, text: str) -> str:
    over = " over" if overflowing(cell, text) else ""
    drawn = f'<rect class="box{over}" {_frame(form, cell)}/>'
    if not text:
        return drawn
    text = shown(cell, text)
    length = len(text) * form.grid.pitch
    left = form.right_of(cell) - length if cell.right else form.left_of(cell)
    keep = ' xml:space="preserve"' if "  " in text else ""
    # the length holds the text to the grid in whatever monospaced face the browser has
    return (
        f'{drawn}<text x="{_tenths(left)}" y="{_down(form.baseline_of(cell))}"'
        f' textLength="{_tenths(length)}" stroke="none" fill="currentColor"{keep}>{escape(text)}</text>'
    )


def _outline(edge: Frame, severity: Severity) -> str:
    return f'<rect class="hit" data-hit="{severity}" {_rectangle(edge)} stroke-width="18"/>'


def _pin(edge: Frame, severity: Severity, number: int, label: str) -> str:
    x, y = _tenths(edge.x + edge.width) + _PIN, _down(edge.y + edge.height / 2)
    shape = {
        "block": f'<rect x="{x - _PIN}" y="{y - _PIN}" width="{2 * _PIN}" height="{2 * _PIN}" rx="14"/>',
        "warn": f'<path d="M{x} {y - 105}l105 105-105 105-105-105z"/>',
        "advise": f'<circle cx="{x}" cy="{y}" r="{_PIN + 8}"/>',
    }[severity]
    return (
        f'<a class="pin" data-severity="{severity}" data-pin="{number}" href="#f{number}"'
        f' aria-label="{escape(label)}">{shape}'
        f'<text x="{x}" y="{y + 40}" text-anchor="middle" font-size="115">{number}</text></a>'
    )


def _rectangle(edge: Frame) -> str:
    return (
        f'x="{_tenths(edge.x)}" y="{_down(edge.y + edge.height)}"'
        f' width="{_tenths(edge.width)}" height="{_tenths(edge.height)}"'
    )


def _tenths(points: float) -> int:
    return round(points * 10)


def _down(points: float) -> int:
    return _tenths(PAGE_HEIGHT - points)

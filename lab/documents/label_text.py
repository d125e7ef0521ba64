"""What each line of a label says in the columns it has. Shortened by rule, never by overflow, and always told.

Each line has its forms, from the fullest to the tersest; the first that fits is printed. Where none fits:

===========  =======================================================================================================
name         suffix and middle name go first, then the given name to its first letters, then the end of the last name
person       the words before the facts go first, then the front of the chart number; birth and sex always stand
number       never shortened: a container without its whole number is unlabeled; its letters get smaller (``lay_out``)
number_sent  number and requisition on small stock: the account goes first, then the requisition's front
what         the specimen gives way to the site, down to six letters; then the end of the site
drawn        never shortened: date, time and initials (the words before them go first; four initials at most)
keep         the words before the use-by go first; the use-by always stands
sent         the words before the numbers go first, then the account to the requisition, then the requisition's front
hazard       the end
===========  =======================================================================================================

A cut is marked with an ellipsis, so that a part is never taken for the whole.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from clinic.domain.value import Value
from lab.documents.label import Label

MARK = "…"
INITIALS = 4


class Shortened(Value, frozen=True):
    """A line that does not say all."""

    part: str
    text: str
    """The whole of it."""
    shown: str


class Fitted(NamedTuple):
    """What is printed, and what of it was shortened."""

    shown: str
    whole: str
    complete: bool
    """All facts stand there, be it without the words before them."""


def fitted(part: str, label: Label, columns: int) -> Fitted:
    """A line of the label in so many columns; blank where the label has nothing to say there."""
    forms = list(_FORMS[part](label))
    if not forms or not forms[0][0]:
        return Fitted("", "", True)
    whole = forms[0][0]
    for shown, complete in forms:
        if shown and len(shown) <= columns:
            return Fitted(shown, whole, complete)
    if part == "number":
        return Fitted(forms[-1][0], whole, True)
    return Fitted(_CUT[part](label, columns), whole, False)


def plain(text: str | None) -> str:
    """Text as it is printed: composed letters, single blanks."""
    return " ".join(unicodedata.normalize("NFC", text or "").split())


def end_cut(text: str, columns: int) -> str:
    """The front of a text, its cut marked."""
    return text if len(text) <= columns else text[: max(columns - 1, 0)].rstrip() + MARK[: max(columns, 0)]


def front_cut(text: str, columns: int) -> str:
    """The end of a text, its cut marked: numbers differ at their end."""
    return text if len(text) <= columns else MARK[: max(columns, 0)] + text[len(text) - max(columns - 1, 0) :]


Form = tuple[str, bool]


def _name_forms(label: Label) -> Iterator[Form]:
    last, first, middle, suffix = _names(label)
    whole = _joined(f"{last} {suffix}".strip(), f"{first} {middle}".strip())
    yield whole, True
    yield _joined(f"{last} {suffix}".strip(), f"{first} {middle[:1]}".strip()), not middle[1:]
    yield _joined(last, f"{first} {middle[:1]}".strip()), not (middle[1:] or suffix)
    yield _joined(last, first), not (middle or suffix)


def _name_cut(label: Label, columns: int) -> str:
    last, first, *_ = _names(label)
    if not first:
        return end_cut(last, columns)
    room = columns - len(last) - 2
    if room >= 2:
        return _joined(last, end_cut(first, room))
    if room == 1:
        return _joined(last, first[:1])
    return _joined(end_cut(last, columns - 3), first[:1])


def _names(label: Label) -> tuple[str, str, str, str]:
    last, first, middle, suffix = (
        plain(part).upper() for part in (label.last, label.first, label.middle, label.suffix)
    )
    return last, first, middle, suffix


def _joined(last: str, first: str) -> str:
    return f"{last}, {first}" if first else last


def _person_forms(label: Label) -> Iterator[Form]:
    said = label.heads
    chart = plain(label.chart_number)
    yield _spaced(_headed(said.born, _birth(label)), label.sex, _headed(said.chart, chart)), True
    yield _spaced(_birth(label), label.sex, _headed(said.chart, chart)), True
    yield _spaced(_birth(label), label.sex, chart), True


def _person_cut(label: Label, columns: int) -> str:
    front = _spaced(_birth(label), label.sex)
    return _spaced(front, front_cut(plain(label.chart_number), columns - len(front) - bool(front)))


def _birth(label: Label) -> str:
    return label.birth.isoformat() if label.birth else ""


def _number_forms(label: Label) -> Iterator[Form]:
    of = f"{label.part}/{label.parts}" if label.part and label.parts else str(label.part) if label.part else ""
    yield (f"{label.number}  {of}" if of else label.number), True
    yield _spaced(label.number, of), True


def _number_sent_forms(label: Label) -> Iterator[Form]:
    *_, (number, _complete) = _number_forms(label)
    account, requisition = plain(label.account), plain(label.requisition)
    yield _spaced(number, account, requisition), True
    yield _spaced(number, requisition), not account


def _number_sent_cut(label: Label, columns: int) -> str:
    *_, (number, _complete) = _number_forms(label)
    room = columns - len(number) - 1
    requisition = plain(label.requisition) or plain(label.account)
    return _spaced(number, front_cut(requisition, room)) if room >= 3 else number


def _what_forms(label: Label) -> Iterator[Form]:
    yield " · ".join(part for part in (plain(label.specimen), plain(label.site)) if part), True


LEAST_SPECIMEN = 6


def _what_cut(label: Label, columns: int) -> str:
    specimen, site = plain(label.specimen), plain(label.site)
    if not site:
        return end_cut(specimen, columns)
    room = columns - len(site) - 3
    if room >= min(LEAST_SPECIMEN, len(specimen)):
        return f"{end_cut(specimen, room)} · {site}"
    front = end_cut(specimen, LEAST_SPECIMEN)
    return f"{front} · {end_cut(site, columns - len(front) - 3)}"


def _drawn_forms(label: Label) -> Iterator[Form]:
    if label.collected is None:
        yield f"{label.heads.collected} ____-__-__ __:__ ___", True
        yield "____-__-__ __:__ ___", True
        return
    initials = plain(label.initials).upper()[:INITIALS]
    yield _spaced(label.heads.collected, _minute(label.collected), initials), True
    yield _spaced(_minute(label.collected), initials), True


def _drawn_cut(label: Label, columns: int) -> str:
    *_, (shortest, _complete) = _drawn_forms(label)
    return end_cut(shortest, columns)


def _keep_forms(label: Label) -> Iterator[Form]:
    where = plain(label.storage)
    until = _minute(label.use_by) if label.use_by else ""
    yield _spaced(where, _headed(label.heads.use_by, until)), True
    yield _spaced(where, until), True
    yield _headed(label.heads.use_by, until), not where
    yield until or where, not (until and where)


def _keep_cut(label: Label, columns: int) -> str:
    *_, (shortest, _complete) = _keep_forms(label)
    return end_cut(shortest, columns)


def _sent_forms(label: Label) -> Iterator[Form]:
    account, requisition = plain(label.account), plain(label.requisition)
    said = label.heads
    yield _spaced(_headed(said.account, account), _headed(said.requisition, requisition)), True
    yield _spaced(account, _headed(said.requisition, requisition)), True
    yield _spaced(account, requisition), True


def _sent_cut(label: Label, columns: int) -> str:
    account, requisition = plain(label.account), plain(label.requisition)
    if not requisition:
        return front_cut(account, columns)
    room = columns - len(requisition) - 1
    return _spaced(front_cut(account, room), requisition) if room >= 3 else front_cut(requisition, columns)


def _hazard_forms(label: Label) -> Iterator[Form]:
    yield plain(label.hazard), True


def _hazard_cut(label: Label, columns: int) -> str:
    return end_cut(plain(label.hazard), columns)


def _minute(at: datetime) -> str:
    """Read alike in every language, and the time as the clock on the wall had it."""
    return at.strftime("%Y-%m-%d %H:%M")


def _headed(head: str, text: str) -> str:
    return f"{head} {text}" if text else ""


def _spaced(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


_FORMS: dict[str, Callable[[Label], Iterator[Form]]] = {
    "name": _name_forms,
    "person": _person_forms,
    "number": _number_forms,
    "number_sent": _number_sent_forms,
    "what": _what_forms,
    "drawn": _drawn_forms,
    "keep": _keep_forms,
    "sent": _sent_forms,
    "hazard": _hazard_forms,
}
_CUT: dict[str, Callable[[Label, int], str]] = {
    "name": _name_cut,
    "person": _person_cut,
    "number_sent": _number_sent_cut,
    "what": _what_cut,
    "drawn": _drawn_cut,
    "keep": _keep_cut,
    "sent": _sent_cut,
    "hazard": _hazard_cut,
}

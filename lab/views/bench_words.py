"""The bench's words: time that is left, what came of a scan, where things are done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from babel.numbers import format_decimal
from flask import current_app, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from clinic.domain.words import N_
from lab.domain.asking import FLAGS, SEEN, Question, reasons
from lab.domain.container_words import CONDITIONS, METHOD_WORDS, STATES
from lab.domain.drawn import cap_words
from lab.domain.saying import Saying
from lab.models import Specimen
from lab.services.due_list import Due
from lab.services.hand_card import Card
from lab.services.scan import Heard

TIMES = {
    "in_min": N_("in %(minutes)s min"),
    "in_h": N_("in %(hours)s h %(minutes)s"),
    "in_d": N_("in %(days)s d %(hours)s h"),
    "late_min": N_("%(minutes)s min late"),
    "late_h": N_("%(hours)s h %(minutes)s late"),
    "late_d": N_("%(days)s d %(hours)s h late"),
    "now": N_("now"),
}
"""How time is told; the browser counts on in the same words."""

TRANSLATED = frozenset({"step", "why"})
"""Blanks that are filled with message ids."""
SOON = timedelta(minutes=15)
SITES = (
    N_("left arm"),
    N_("right arm"),
    N_("left hand"),
    N_("right hand"),
    N_("fingertip"),
    N_("heel"),
)
KEEPS = frozenset({"planned", "labeled", "collected", "packed", "sent"})
"""States in which a limit still counts here: what arrived elsewhere keeps their clock."""
__all__ = ["CONDITIONS", "METHOD_WORDS", "SEEN", "SITES", "STATES", "TIMES", "cap_words", "reasons"]


def left(at: datetime | None, now: datetime) -> str:
    """How long until an instant, or since: minutes begun are counted up to the limit, and whole minutes after it."""
    if at is None:
        return ""
    late = now > at
    # ``in 8 min`` until the eighth has gone; a limit missed by a second is one minute late, as flags count
    minutes = -(-int(abs(at - now).total_seconds()) // 60)
    hours, days = minutes // 60, minutes // 1440
    if minutes == 0:
        return str(_(TIMES["now"]))
    kind = "late" if late else "in"
    if hours < 1:
        return str(_(TIMES[f"{kind}_min"], minutes=minutes))
    if days < 2:
        return str(_(TIMES[f"{kind}_h"], hours=hours, minutes=f"{minutes % 60:02d}"))
    return str(_(TIMES[f"{kind}_d"], days=days, hours=hours % 24))


def severity(at: datetime | None, now: datetime) -> str | None:
    """How a limit is inked: ``block`` once it is past, ``warn`` within a quarter of an hour."""
    if at is None:
        return None
    return "block" if at < now else "warn" if at <= now + SOON else None


def share(due: Due, now: datetime) -> int:
    """How much of its time is left, in hundredths, for the bar."""
    if due.at is None:
        return 100
    if due.at <= now:
        return 100
    whole = (due.at - due.since).total_seconds() if due.since and due.since < due.at else 0
    return round(100 * (due.at - now).total_seconds() / whole) if whole else 100


def say(saying: Saying | None) -> str:
    """A sentence in the reader's language."""
    return "" if saying is None else str(_(saying.text, **dict(saying.params)))


def told(words: str, params: Mapping[str, Any]) -> str:
    """A message id with what fills it; what is a message id itself is translated first."""
    filled = {name: _(value) if name in TRANSLATED else value for name, value in params.items()}
    return str(_(words, **filled))


def said(heard: Heard | None) -> str:
    """What came of the scan, in a sentence."""
    if heard is None or not heard.words:
        return ""
    params = heard.params or {}
    first = told(heard.words, params)
    if heard.outcome == "done":
        return f"{heard.number} {first}."
    return " ".join(part for part in (first, _(heard.remedy, **params) if heard.remedy else "") if part)


def flag(code: str, minutes: int) -> str:
    """A limit that was not kept."""
    return str(_(FLAGS.get(code, code), minutes=minutes))


def mine(question: Question | None) -> tuple[str, ...]:
    """The reasons that may be chosen."""
    return reasons(question) if question else ()


def address(endpoint: str, **values: Any) -> str | None:
    """Where a page of the lab is, None while it is not part of the house."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None


def times() -> dict[str, str]:
    """The words of time for the browser, their blanks left open."""
    return {name: str(_(words)) for name, words in TIMES.items()}


def next_words(card: Card) -> str:
    """What is next for the container in hand, in a sentence."""
    if card.next is None:
        return str(_("Nothing is left to do with it."))
    words = _(card.next.words)
    if not card.next.here:
        return str(_("Next: %(step)s.", step=words))
    return str(_("Next: %(step)s. Scan its card, or press 1.", step=words))


def where_done(step: str) -> str | None:
    """The screen on which a step is done that is none of the bench."""
    return address({"pack": "packages.index", "hand_over": "packages.index", "test": "results.to_enter"}.get(step, ""))


def elsewhere_done(row: Specimen) -> list[tuple[str, str, str]]:
    """What is done with a container on screens of their own: key, words, address."""
    offered = [
        ("8", _("Print label"), address("labels.one", number=row.number)),
        ("9", _("Reject"), address("rejections.new", number=row.number) if row.collected_at else None),
    ]
    return [(key, str(words), to) for key, words, to in offered if to]


def package_address(number: str) -> str | None:
    """The page of a package."""
    return address("packages.show", number=number)


def number(value: int) -> str:
    """``1,300`` or ``1 300``: as the reader writes it."""
    return str(format_decimal(value, locale=get_locale()))


def millilitres(microlitres: int | None) -> str:
    """``5`` or ``0.75``: as it is typed, with a point."""
    if microlitres is None:
        return ""
    return f"{microlitres // 1000}.{microlitres % 1000:03d}".rstrip("0").rstrip(".")

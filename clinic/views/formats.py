"""How instants, dates, spans and amounts are written for the person who reads: their locale, the practice's clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.numbers import format_decimal, get_decimal_symbol
from flask import Flask, g
from flask_babel import get_locale
from flask_babel import gettext as _

from clinic.services import clock as house_clock
from clinic.views.practice_here import zone_here


def now() -> datetime:
    """The instant of this request, the same wherever the page shows it."""
    if "now" not in g:
        g.now = house_clock.now()
    found: datetime = g.now
    return found


def zone() -> ZoneInfo:
    """The time zone of the practice: that of its first place."""
    return zone_here()


def day(value: date | None) -> str:
    """``18 Nov 2025``. An instant is written as the practice's day."""
    if value is None:
        return ""
    return format_date(_local(value), "d MMM y", locale=get_locale())


def clock(value: datetime | None) -> str:
    """``10:42``, by the practice's clock."""
    return "" if value is None else format_time(value.astimezone(zone()), "HH:mm", locale=get_locale())


def moment(value: datetime | None) -> str:
    """``10:42`` for today, ``18 Nov 10:42`` for this year, ``18 Nov 2025 10:42`` for any other."""
    if value is None:
        return ""
    local, today = value.astimezone(zone()), now().astimezone(zone())
    if local.date() == today.date():
        return clock(value)
    pattern = "d MMM" if local.year == today.year else "d MMM y"
    return f"{format_date(local, pattern, locale=get_locale())} {clock(value)}"


def long_day(value: date) -> str:
    """``Tuesday 18 November``."""
    return format_date(_local(value), "EEEE d MMMM", locale=get_locale())


def span(value: timedelta | datetime | None) -> str:
    """``31 min``, ``5 h``, ``2 d 4 h``, ``23 d``: two units at most. An instant is written as how far off it is."""
    if value is None:
        return ""
    length = abs(now() - value if isinstance(value, datetime) else value)
    minutes = int(length.total_seconds()) // 60
    hours, days = minutes // 60, minutes // 1440
    if minutes < 60:
        return str(_("%(minutes)s min", minutes=minutes))
    if days < 1:
        return str(_("%(hours)s h", hours=hours))
    rest = hours % 24
    return str(_("%(days)s d %(hours)s h", days=days, hours=rest) if rest and days < 10 else _("%(days)s d", days=days))


NEAR = timedelta(days=7)
"""A deadline is near when it is no further off."""


def nearness(due: date | None) -> str | None:
    """How a deadline is inked: ``block`` once it is past, ``warn`` within a week, else not."""
    if due is None:
        return None
    today = now().astimezone(zone()).date()
    return "block" if due < today else "warn" if due <= today + NEAR else None


def amount(cents: int | None) -> str:
    """``4,102.00``: no currency sign, as columns have it."""
    if cents is None:
        return ""
    sign = "\N{MINUS SIGN}" if cents < 0 else ""
    units, rest = divmod(abs(cents), 100)
    point = get_decimal_symbol(get_locale() or "en")
    return f"{sign}{whole(units)}{point}{rest:02d}"


def whole(number: int | None) -> str:
    """``98,186``: how many there are of something."""
    return "" if number is None else format_decimal(number, "#,##0", locale=get_locale())


def initials(name: str) -> str:
    """``PN`` for Priya Nair."""
    parts = name.split()
    return "".join(part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)).upper()


def _local(value: date) -> date:
    return value.astimezone(zone()).date() if isinstance(value, datetime) else value


def set_up(app: Flask) -> None:
    """Make all of them filters of templates."""
    for each in (day, clock, moment, long_day, span, nearness, amount, whole, initials):
        app.jinja_env.filters[each.__name__] = each
    app.jinja_env.globals["now"] = now

"""A morning at the bench as a file: read strictly, one sentence for what is wrong with the file as a whole.

An event that cannot be read is none of these: it is refused alone when its turn comes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta

from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from lab.domain.container import NotPossible
from lab.domain.replay_event import Event, Word, read_event
from lab.domain.wall_clock import instant

FIRST_VISIT = "1"
NOBODY_NAMED = ""
"""The patient of containers of which the file does not say whose they are."""
Runs = Literal["in_house", "reference"]
Bills = Literal["laboratory", "practice"]


class ReplayFile(Value, frozen=True, kw_only=True):
    """What a file says. Instants are UTC."""

    timezone: str
    tests: dict[str, tuple[str, ...]]
    """Container → tests, in the file's order."""
    events: tuple[Event, ...]
    ask_at: tuple[datetime, ...] = ()
    patients: dict[str, str]
    visits: dict[str, str]
    answers: dict[str, str]
    lab: dict[str, Runs]
    bills: Bills
    sets: tuple[tuple[str, ...], ...] = ()
    now: datetime | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of its wall."""
        return ZoneInfo(self.timezone)

    def patient_of(self, container: str) -> str:
        """Whose a container is."""
        return self.patients.get(container, NOBODY_NAMED)

    def visit_of(self, container: str) -> str:
        """The visit it is drawn at."""
        return self.visits.get(container, FIRST_VISIT)


class _Keys(msgspec.Struct, frozen=True, kw_only=True):
    timezone: str
    tests: dict[Word, Annotated[list[Word], Meta(min_length=1)]]
    events: list[Any]
    ask_at: list[str] = msgspec.field(default_factory=list)
    patients: dict[Word, Word] = msgspec.field(default_factory=dict)
    visits: dict[Word, Word] = msgspec.field(default_factory=dict)
    answers: dict[Word, str] = msgspec.field(default_factory=dict)
    lab: dict[Word, Runs] = msgspec.field(default_factory=dict)
    bills: Bills = "laboratory"
    sets: list[Annotated[list[Word], Meta(min_length=2)]] = msgspec.field(default_factory=list)
    now: str | None = None


_TREE = msgspec.json.Decoder(float_hook=Decimal)


def read_replay(content: bytes, name: str = "") -> ReplayFile:
    """The file as values.

    A sample of docs/replay.md, with its answers beside it, is read for what goes in.

    Args:
        content: the file, UTF-8 JSON.
        name: what it is called where it is refused.

    Raises:
        Refused: it is no JSON, a key is missing or of another kind, or the time zone or a time is none.
    """
    try:
        tree = _TREE.decode(content)
        if isinstance(tree, dict) and isinstance(tree.get("in"), dict) and "events" not in tree:
            tree = tree["in"]
        keys = msgspec.convert(tree, _Keys, strict=True)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as why:
        raise _no_file(name, str(why)) from None
    zone = _zone(keys.timezone, name)
    events = tuple(read_event(index, raw, zone) for index, raw in enumerate(keys.events))
    for key, where in _foreign(keys):
        raise Refused(
            N_("No container %(key)s stands under tests."),
            where=_at(name, where),
            remedy=N_("Give it its tests there."),
            key=key,
        )
    return ReplayFile(
        timezone=keys.timezone,
        tests={container: tuple(dict.fromkeys(tests)) for container, tests in keys.tests.items()},
        events=events,
        ask_at=tuple(_time(text, zone, name, f"ask_at[{index}]") for index, text in enumerate(keys.ask_at)),
        patients=_said("patient", events) | keys.patients,
        visits=_said("visit", events) | keys.visits,
        answers=keys.answers,
        lab=keys.lab,
        bills=keys.bills,
        sets=tuple(map(tuple, keys.sets)),
        now=None if keys.now is None else _time(keys.now, zone, name, "now"),
    )


def _foreign(keys: _Keys) -> Iterator[tuple[str, str]]:
    for index, pieces in enumerate(keys.sets):
        yield from ((piece, f"sets[{index}]") for piece in pieces if piece not in keys.tests)


def _said(what: str, events: tuple[Event, ...]) -> dict[str, str]:
    """What the events say of their containers, the first of each: a scan says who is in hand, not whose it is."""
    found: dict[str, str] = {}
    for event in events:
        said = getattr(event, what)
        if said is not None and event.container is not None and event.do != "scan":
            found.setdefault(event.container, said)
    return found


def _zone(key: str, name: str) -> ZoneInfo:
    try:
        return ZoneInfo(key)
    except (ValueError, OSError, KeyError):
        raise Refused(
            N_("There is no time zone %(key)s."),
            where=_at(name, "timezone"),
            remedy=N_("Give one of the IANA names, as in America/New_York."),
            key=key[:40],
        ) from None


def _time(text: str, zone: ZoneInfo, name: str, where: str) -> datetime:
    try:
        return instant(text, zone)
    except NotPossible as why:
        said = {
            "time_ambiguous": N_("The clock shows this time twice that day."),
            "time_missing": N_("The clock never shows this time."),
        }.get(why.code, N_("This is no time."))
        remedy = N_("Give it with its offset from UTC, as in 2026-03-03T08:00:00-05:00.")
        raise Refused(said, where=_at(name, where), remedy=remedy) from None


def _no_file(name: str, why: str) -> Refused:
    return Refused(
        N_("This is no replay file: %(why)s."),
        where=name,
        remedy=N_("docs/replay.md says what one holds."),
        why=why[:200],
    )


def _at(name: str, where: str) -> str:
    return f"{name}: {where}" if name else where

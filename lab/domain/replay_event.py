"""One event of a replay file: which keys its verb needs, and how they are read. docs/replay.md is its reference."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta

from clinic.domain.value import Value
from lab.domain.container import NotPossible
from lab.domain.wall_clock import instant

Word = Annotated[str, Meta(min_length=1, max_length=100)]
Text = Annotated[str, Meta(max_length=500)]
Volume = Annotated[int, Meta(ge=-(10**9), le=10**9)]
Positive = Annotated[int, Meta(ge=1, le=1_000_000)]

VERBS: dict[str, tuple[str, ...]] = {
    "planned": ("container", "tests"),
    "labeled": ("container",),
    "drink_end": ("container",),
    "collected": ("container",),
    "mixed": ("container",),
    "transferred": ("container",),
    "spin_start": ("container",),
    "spin_end": ("container",),
    "aliquoted": ("container", "volume_ul"),
    "incubate_start": ("container",),
    "incubate_end": ("container",),
    "fix_start": ("container",),
    "fix_end": ("container",),
    "read_start": ("container",),
    "read_end": ("container",),
    "on_ice": ("container",),
    "stored": ("container", "condition"),
    "packed": ("container", "package"),
    "unpacked": ("container",),
    "handed_over": ("package",),
    "received": (),
    "returned": (),
    "result": ("container", "test"),
    "corrected": ("container", "test"),
    "reject": ("container",),
    "missed": ("container",),
    "lost": ("container",),
    "found": ("container",),
    "used": ("container",),
    "disposed": ("container",),
    "scan": (),
    "undo": (),
}
"""Every verb, and the keys without which it says nothing."""

ONE_OF: dict[str, tuple[str, str]] = {
    "received": ("container", "package"),
    "returned": ("container", "package"),
    "undo": ("container", "event"),
}
"""Verbs that need one of two keys."""

CARDS: dict[str, str] = {
    "collect": "collected",
    "mix": "mixed",
    "transfer": "transferred",
    "chill": "on_ice",
    "spin": "spin",
    "incubate": "incubate",
    "read": "read",
    "fix": "fix",
}
"""Step cards that a scan may name, and the verb each acts like; the last four start or end what they name."""


class Event(Value, frozen=True, omit_defaults=False, kw_only=True):
    """An event as it was read. ``fault`` says why it was not; then nothing else of it counts."""

    index: int
    """0-based place in the file."""
    do: str = ""
    at: datetime | None = None
    fault: str | None = None
    container: str | None = None
    package: str | None = None
    child: str | None = None
    test: str | None = None
    tests: tuple[str, ...] = ()
    volume_ul: int | None = None
    condition: str | None = None
    method: str | None = None
    g: int | None = None
    rpm: int | None = None
    radius_mm: int | None = None
    code: str | None = None
    sub: str | None = None
    reason: str = ""
    value: str | None = None
    unit: str | None = None
    in_house: bool | None = None
    patient: str | None = None
    visit: str | None = None
    step: str | None = None
    place: str | None = None
    undoes: int | None = None
    by: str | None = None


class _Keys(msgspec.Struct, frozen=True, kw_only=True):
    """The keys of an event. What is no key of any verb is passed over: it is a word for the reader."""

    t: str
    do: str
    container: Word | None = None
    package: Word | None = None
    child: Word | None = None
    test: Word | None = None
    tests: list[Word] | None = None
    volume_ul: Volume | None = None
    volume_ml: Any = None
    condition: Literal["room", "refrigerated", "frozen"] | None = None
    method: Word | None = None
    g: Positive | None = None
    rpm: Positive | None = None
    radius_mm: Positive | None = None
    code: Word | None = None
    sub: Word | None = None
    reason: Text | None = None
    value: Any = None
    unit: Word | None = None
    in_house: bool | None = None
    patient: Word | None = None
    visit: Word | None = None
    step: Literal["collect", "mix", "transfer", "chill", "spin", "incubate", "read", "fix"] | None = None
    place: Text | None = None
    event: Annotated[int, Meta(ge=0, le=10**9)] | None = None
    by: Text | None = None


_SAME = ("container", "package", "child", "test", "condition", "method", "g", "rpm", "radius_mm", "code", "sub")
_ALSO = ("unit", "in_house", "patient", "visit", "step", "place", "by")
PLACES = frozenset({"room", "refrigerated", "frozen", "on_ice"})


def read_event(index: int, raw: Any, zone: ZoneInfo) -> Event:
    """An event of the file; what cannot be read of it is its ``fault``, one of the refusals' codes."""
    do = raw.get("do") if isinstance(raw, dict) else None
    if isinstance(do, str) and do not in VERBS:
        return Event(index=index, fault="unknown_verb")
    try:
        return _read(index, msgspec.convert(raw, _Keys, strict=True), zone)
    except msgspec.ValidationError:
        return Event(index=index, fault="bad_field")
    except NotPossible as why:
        return Event(index=index, fault=why.code)


def _read(index: int, keys: _Keys, zone: ZoneInfo) -> Event:
    read = Event(
        index=index,
        do=keys.do,
        at=instant(keys.t, zone),
        tests=tuple(keys.tests or ()),
        volume_ul=_volume(keys),
        reason=" ".join((keys.reason or "").split()),
        value=None if keys.value is None else _value(keys.value),
        undoes=keys.event,
        **{name: getattr(keys, name) for name in (*_SAME, *_ALSO)},
    )
    missing = [name for name in VERBS[read.do] if not getattr(read, name) and getattr(read, name) != 0]
    pair = ONE_OF.get(read.do)
    if (
        pair is not None
        and read.container is None
        and getattr(read, "undoes" if pair[1] == "event" else pair[1]) is None
    ):
        missing.append(pair[0])
    if missing or (read.rpm is not None and read.radius_mm is None and read.g is None):
        raise NotPossible("bad_field")
    if read.do == "scan" and not _card_fits(read):
        raise NotPossible("bad_field")
    return read


def _card_fits(read: Event) -> bool:
    """One card a scan, and only after a container; a place is one of the four conditions."""
    if read.place is not None and read.place not in PLACES:
        return False
    cards = [card for card in (read.step, read.place) if card is not None]
    return len(cards) <= (0 if read.container is None else 1)


def _volume(keys: _Keys) -> int | None:
    """Microlitres; millilitres may be a number or text, three decimals at most."""
    if keys.volume_ml is None:
        return keys.volume_ul
    if keys.volume_ul is not None or isinstance(keys.volume_ml, bool):
        raise NotPossible("bad_field")
    if not isinstance(keys.volume_ml, (int, str, Decimal)) or len(str(keys.volume_ml)) > 20:
        raise NotPossible("bad_field")
    try:
        microlitres = Decimal(str(keys.volume_ml).strip()) * 1000
    except InvalidOperation:
        raise NotPossible("bad_field") from None
    if not microlitres.is_finite() or microlitres != microlitres.to_integral_value() or abs(microlitres) > 10**9:
        raise NotPossible("bad_field")
    return int(microlitres)


def _value(said: Any) -> str:
    """A result as it was told: text, or a number as it was written."""
    if isinstance(said, bool) or not isinstance(said, (str, int, Decimal)) or len(str(said)) > 500:
        raise NotPossible("bad_field")
    return str(said)

"""The edits as a person reads them: rows for the screen, for the documentation and for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import zip_longest
from typing import Any, Literal

import msgspec

from billing.domain.canonical import to_json
from billing.edits.declare import EVERY_TEXT
from billing.edits.example import CLEAN_CLAIM
from billing.edits.facts import AnyClaim
from billing.edits.places import Place, place
from billing.edits.registry import Edit
from clinic.domain.finding import Severity
from clinic.domain.value import Value

Translate = Callable[[str], str]


class Difference(Value, frozen=True):
    """Where an example claim differs from the clean one: canonical JSON text, None for absent."""

    field: str
    clean: str | None
    example: str | None


class Row(Value, frozen=True, kw_only=True, omit_defaults=False):
    """One edit, its words translated."""

    code: str
    module: str
    severity: Severity
    scope: Literal["claim", "line", "pair"]
    kinds: tuple[str, ...]
    payers: tuple[str, ...]
    trigger_codes: tuple[str, ...]
    title: str
    message: str
    summary: str
    checks: str
    why: str
    fix: str
    fields: tuple[str, ...]
    """Empty: any text of the claim."""
    places: tuple[Place, ...]
    """Boxes and X12 places of those fields, each once."""
    makes_redundant: tuple[str, ...]
    source: str
    since: date
    judged_on: date
    """The day on which its examples are judged."""
    fails: tuple[tuple[Difference, ...], ...]
    passes: tuple[tuple[Difference, ...], ...]


def rows(edits: Iterable[Edit], translate: Translate) -> Iterator[Row]:
    """The edits in the order given. ``translate`` gives a message id in the reader's language."""
    for each in edits:
        declared = each.declared
        fields = () if declared.fields == EVERY_TEXT else declared.fields
        checks, why, fix = declared.sections
        yield Row(
            code=declared.code,
            module=each.module,
            severity=declared.severity,
            scope=declared.scope,
            kinds=declared.kinds,
            payers=declared.payers,
            trigger_codes=tuple(sorted(declared.trigger_codes)),
            title=translate(declared.title),
            message=translate(declared.message),
            summary=translate(declared.summary),
            checks=translate(checks),
            why=translate(why),
            fix=translate(fix),
            fields=fields,
            places=tuple(dict.fromkeys(place(declared.kinds[0], field) for field in fields)),
            makes_redundant=declared.makes_redundant,
            source=declared.source,
            since=declared.since,
            judged_on=each.facts.on,
            fails=tuple(differences(CLEAN_CLAIM, claim) for claim in each.fails),
            passes=tuple(differences(CLEAN_CLAIM, claim) for claim in each.passes),
        )


def words(edits: Iterable[Edit]) -> tuple[str, ...]:
    """Every message id of the edits, each once."""
    found = [
        text
        for each in edits
        for text in (each.declared.title, each.declared.message, each.declared.summary, *each.declared.sections)
    ]
    return tuple(dict.fromkeys(found))


def differences(clean: AnyClaim, example: AnyClaim) -> tuple[Difference, ...]:
    """What stands in one claim and not, or otherwise, in the other, field by field."""
    return tuple(_differing("", *(msgspec.json.decode(to_json(each)) for each in (clean, example))))


def _differing(path: str, clean: Any, example: Any) -> Iterator[Difference]:
    if clean == example:
        return
    if isinstance(clean, dict) and isinstance(example, dict):
        for name in dict.fromkeys((*clean, *example)):
            yield from _differing(f"{path}.{name}" if path else name, clean.get(name), example.get(name))
    elif _objects(clean) and _objects(example):
        for index, (one, other) in enumerate(zip_longest(clean, example)):
            if one is None:
                yield from _added(f"{path}[{index}]", clean[0], other)
            else:
                yield from _differing(f"{path}[{index}]", one, other)
    else:
        yield Difference(path, _text(clean), _text(example))


def _added(path: str, like: Any, example: Any) -> Iterator[Difference]:
    """A further element: only what is not as in the first one."""
    found = [Difference(each.field, None, each.example) for each in _differing(path, like, example)]
    yield from found or [Difference(path, None, _text(example))]


def _objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _text(value: Any) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()

"""What the journal names, in words and with its address: each package declares the things it keeps."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import current_app, url_for

from clinic.domain.words import N_


class Kind(NamedTuple):
    """A kind of thing: what people call one, and the GET endpoint that shows one by ``argument``."""

    words: str
    endpoint: str | None = None
    argument: str = "id_"


class Thing(NamedTuple):
    """One thing as a page names it."""

    words: str
    number: int
    href: str | None


KINDS: dict[str, Kind] = {"staff": Kind(N_("member of staff")), "practice": Kind(N_("practice"))}


def declare(**kinds: Kind) -> None:
    """Add kinds to the registry; the name is what facts and journal call it."""
    KINDS.update(kinds)


def thing(kind: str, number: int) -> Thing:
    """How to name and where to find a thing. An unknown kind is named as the journal has it, without an address."""
    known = KINDS.get(kind, Kind(kind))
    if known.endpoint is None or known.endpoint not in current_app.view_functions:
        return Thing(known.words, number, None)
    values: dict[str, Any] = {known.argument: number}
    return Thing(known.words, number, url_for(known.endpoint, **values))

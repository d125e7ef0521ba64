"""The base of every value in the house."""

from __future__ import annotations

from typing import Any

import msgspec


class Value(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Frozen, equal by content, hashable, with one canonical JSON text.

    Absent fields are left out of that text, so a field added later does not change what was kept before. msgspec
    tells a default by identity, so a subclass may only default to None, False or (): a test holds all of them to it.
    """


def as_json(value: Value) -> dict[str, Any]:
    """A value as the plain JSON that a fact or a row keeps."""
    kept: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(value))
    return kept

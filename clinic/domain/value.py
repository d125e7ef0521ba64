"""The base of every value in the house."""

from __future__ import annotations

import msgspec


class Value(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Frozen, equal by content, hashable, with one canonical JSON text.

    Absent fields are left out of that text, so a field added later does not change what was kept before. msgspec
    tells a default by identity, so a subclass may only default to None, False or (): a test holds all of them to it.
    """

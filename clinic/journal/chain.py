"""What makes a journal row speak for itself, and a chain of rows hold together.

Both are keyed with a secret of the installation that the database does not hold (HMAC-SHA-256, RFC 2104): whoever can
write to the database alone can neither make a row nor join one to the chain.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime

_BETWEEN = "\x1f"
"""ASCII unit separator: no code, id or digest holds it."""

_ABSENT = "\x00"


def _text(value: str | int | datetime | None) -> str:
    if value is None:
        return _ABSENT
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)


def row_mac(key: bytes, *values: str | int | datetime | None) -> str:
    """The authentication code of a row's values, in their order."""
    return hmac.digest(key, _BETWEEN.join(map(_text, values)).encode(), hashlib.sha256).hex()


def link_hash(key: bytes, sequence: int, previous: str, mac: str) -> str:
    """The hash of a link: its place, the link before it and its row, bound together."""
    return hmac.digest(key, f"{sequence}{_BETWEEN}{previous}{_BETWEEN}{mac}".encode(), hashlib.sha256).hex()


def genesis(name: str) -> str:
    """What the first link of a chain stands on."""
    return f"genesis:{name}"

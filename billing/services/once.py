"""What was read once in a transaction is not read again in it: the claims of a page or batch share their payers."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy.orm import SessionTransaction

from clinic.base import db

T = TypeVar("T")
_NAME = "read_once"


def once(key: Hashable, read: Callable[[], T]) -> T:
    """What ``read`` gives, kept under the key until the transaction ends. Only for what the act itself never writes."""
    kept = _kept()
    if kept is not None and key in kept:
        found: T = kept[key]
        return found
    value = read()
    kept = _kept()  # reading begins a transaction where there was none
    if kept is not None:
        kept[key] = value
    return value


def _kept() -> dict[Hashable, Any] | None:
    now: SessionTransaction | None = db.session().get_transaction()
    if now is None:
        return None
    transaction, kept = db.session.info.get(_NAME, (None, None))
    if transaction is not now or kept is None:
        kept = {}
        db.session.info[_NAME] = (now, kept)
    found: dict[Hashable, Any] = kept
    return found

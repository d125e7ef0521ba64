"""Types of resource that become rows of a package clinic does not know (law 10): ``app.py`` says which."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from clinic.base import Base
from clinic.fhir.importer.reading import read_also
from clinic.fhir.importer.records import OtherRecord
from clinic.fhir.node import Node
from clinic.services.importing.change import TABLES
from clinic.services.importing.desk import Desk, Placed


class Other(NamedTuple):
    """A type of resource of another package."""

    kind: str
    """The resource type."""
    record: type[OtherRecord]
    read: Callable[[Node], Any]
    """To a ``record``, or ``Kept``."""
    place: Callable[[Desk, Any, dict[str, Any]], Placed]
    """A ``record``, with the resource it was read from, becomes a row of ``table``."""
    table: type[Base]


_PLACERS: Final[dict[type[OtherRecord], Callable[[Desk, Any, dict[str, Any]], Placed]]] = {}


def take_in_also(other: Other) -> None:
    """Imports read this type too, change its rows as its source changes them, and never make one twice."""
    read_also(other.kind, other.read)
    _PLACERS[other.record] = other.place
    TABLES[other.table.__tablename__] = other.table


def place(desk: Desk, record: OtherRecord, resource: dict[str, Any]) -> Placed:
    """A row for a record of another package.

    Raises:
        Refused: the record contradicts what is here.
    """
    return _PLACERS[type(record)](desk, record, resource)

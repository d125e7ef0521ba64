"""The tables of the dental side: kinds of work, reasons to make it again; ``dental_words`` marks their words."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Literal, cast

from clinic.domain.value import Value

Where = Literal["teeth", "span", "arch", "arch_teeth"]
"""What a kind of work names: single teeth, neighbours, a jaw, or a jaw with the teeth that are replaced."""
LiesWith = Literal["laboratory", "practice", "patient", "unknown"]


class Work(Value, frozen=True, kw_only=True):
    """A kind of work that a dental laboratory makes."""

    key: str
    words: str
    where: Where
    shaded: bool
    materials: tuple[str, ...]


class RemakeReason(Value, frozen=True, kw_only=True):
    """Why work is made again."""

    key: str
    words: str
    lies_with: LiesWith


def read_work(text: str) -> dict[str, Work]:
    """The rows of dental_work.csv by their keys."""
    return {
        row["key"]: Work(
            key=row["key"],
            words=row["words"],
            where=cast("Where", row["where"]),
            shaded=row["shade"] == "yes",
            materials=tuple(filter(None, row["materials"].split("|"))),
        )
        for row in csv.DictReader(StringIO(text))
    }


def read_reasons(text: str) -> dict[str, RemakeReason]:
    """The rows of remake_reasons.csv by their keys."""
    return {
        row["key"]: RemakeReason(key=row["key"], words=row["words"], lies_with=cast("LiesWith", row["lies_with"]))
        for row in csv.DictReader(StringIO(text))
    }

"""The table of the CMS-1500, and rows that fill its cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from clinic.paper.form import read_form

FORM = read_form("CMS-1500", Path(__file__).resolve().parents[2] / "reference" / "forms" / "cms1500.csv")

LINES = 6
"""Service lines a page."""

F = TypeVar("F", bound=Callable[..., Sequence[str]])


class Rows(Generic[F]):
    """Functions, each with the cells it fills: as many texts as cells, blank where nothing stands."""

    def __init__(self) -> None:
        self.rows: list[tuple[tuple[str, ...], F]] = []

    def __call__(self, *keys: str) -> Callable[[F], F]:
        """Mark a function as what fills the cells with these keys."""

        def mark(function: F) -> F:
            self.rows.append((keys, function))
            return function

        return mark

    @property
    def keys(self) -> list[str]:
        """The cells filled, in the order of the texts."""
        return [key for keys, _ in self.rows for key in keys]

    @property
    def functions(self) -> list[F]:
        """What fills them, in the same order."""
        return [function for _, function in self.rows]

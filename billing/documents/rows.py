"""Functions that fill the cells of a form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

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

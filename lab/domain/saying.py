"""A sentence with its blanks: a message id and what fills it, translated by whoever shows it."""

from __future__ import annotations

from clinic.domain.value import Value


class Saying(Value, frozen=True):
    """``text`` is a message id; ``params`` fill it."""

    text: str
    params: tuple[tuple[str, int | str], ...] = ()

    def __str__(self) -> str:
        """English, for the command line."""
        return self.text % dict(self.params) if self.params else self.text

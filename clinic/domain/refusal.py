"""Input that is not taken: one sentence that says what, where and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable

_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
"""What would break the one line, or a terminal: a refusal quotes from files that it did not take."""


class Refused(Exception):
    """Raised where input cannot be taken; whoever raises it has changed nothing.

    ``what`` and ``remedy`` are message ids (marked with ``N_``) filled from ``params``; ``where`` is a file,
    line, segment or field. The command line prints it in one line and exits with 2; a screen shows it at the field.
    No patient data stands in it.
    """

    code: str | None = None
    """A permanent name, where programs tell refusals apart by it."""

    def __init__(self, what: str, *, where: str = "", remedy: str = "", **params: str | int) -> None:
        super().__init__(what)
        self.what = what
        self.where = _BREAKS.sub(" ", where)
        self.remedy = remedy
        self.params = {name: _BREAKS.sub(" ", each) if isinstance(each, str) else each for name, each in params.items()}

    def filled(self, translate: Callable[[str], str]) -> dict[str, str | int]:
        """``params`` for who reads it: one called ``says`` is itself a message id, for what would have been right."""
        return {name: translate(str(each)) if name == "says" and each else each for name, each in self.params.items()}

    def __str__(self) -> str:
        """English, in one line, for the command line and the log."""
        parts = [f"{self.where}: " if self.where else "", self.what % self.params]
        if self.remedy:
            parts.append(f" {self.remedy % self.params}")
        return "".join(parts)

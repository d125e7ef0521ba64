"""Input that is not taken: one sentence that says what, where and what to do."""

from __future__ import annotations


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
        self.where = where
        self.remedy = remedy
        self.params = params

    def __str__(self) -> str:
        """English, in one line, for the command line and the log."""
        parts = [f"{self.where}: " if self.where else "", self.what % self.params]
        if self.remedy:
            parts.append(f" {self.remedy % self.params}")
        return "".join(parts)

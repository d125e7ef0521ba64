"""A place in a resource: what stands there, and the path that names it.

Whoever reads a foreign resource walks it by nodes, so that whatever is missing or of the wrong shape is refused
with the path a person can look up (``Claim.item[2].net.value``), and no value of the record stands in the message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar

from clinic.domain.refusal import Refused
from clinic.domain.words import N_

_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T.*)?\Z", re.ASCII | re.DOTALL)
_MAX_EXPONENT = 18
"""A FHIR decimal has 18 digits by convention; a larger exponent would only fill memory."""

C = TypeVar("C", bound=str)

REMEDY: Final = N_("Correct the resource and send it again.")


class Node:
    """One element of a resource, with its path."""

    __slots__ = ("path", "value")

    def __init__(self, value: Any, path: str) -> None:
        self.value = value
        self.path = path

    def refused(self, what: str, remedy: str = REMEDY, **params: str | int) -> Refused:
        """A refusal that names this place."""
        return Refused(what, where=self.path, remedy=remedy, **params)

    def _fields(self) -> dict[str, Any]:
        if not isinstance(self.value, dict):
            raise self.refused(N_("A JSON object is expected here."))
        return self.value

    def get(self, name: str) -> Node | None:
        """The child of that name, None where it is absent or null.

        Raises:
            Refused: this is not an object.
        """
        value = self._fields().get(name)
        return None if value is None else Node(value, f"{self.path}.{name}")

    def need(self, name: str) -> Node:
        """The child of that name.

        Raises:
            Refused: it is absent; the path names it.
        """
        found = self.get(name)
        if found is None:
            raise Refused(
                N_("This is missing."), where=f"{self.path}.{name}", remedy=N_("Add it to the resource and try again.")
            )
        return found

    def each(self, name: str) -> Iterator[Node]:
        """The children of a repeating element, in order; none where it is absent.

        Raises:
            Refused: the element is not a list.
        """
        found = self.get(name)
        if found is None:
            return
        if not isinstance(found.value, list):
            raise found.refused(N_("A JSON list is expected here."))
        for index, value in enumerate(found.value):
            if value is not None:
                yield Node(value, f"{found.path}[{index}]")

    def first(self, name: str) -> Node | None:
        """The first child of a repeating element, None where there is none."""
        return next(self.each(name), None)

    def need_first(self, name: str) -> Node:
        """The first child of a repeating element.

        Raises:
            Refused: there is none; the path names where it belongs.
        """
        found = self.first(name)
        if found is None:
            raise Refused(
                N_("This is missing."),
                where=f"{self.path}.{name}[0]",
                remedy=N_("Add it to the resource and try again."),
            )
        return found

    def text(self) -> str:
        """The text here.

        Raises:
            Refused: this is not text, or nothing but blanks.
        """
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.refused(N_("A text is expected here."))
        return self.value

    def text_at(self, name: str) -> str | None:
        """The text of a child, None where it is absent."""
        found = self.get(name)
        return found.text() if found else None

    def one_of(self, choices: Iterable[C]) -> C:
        """The code here, as the one of ``choices`` that it equals.

        Raises:
            Refused: it is none of them; the message lists them.
        """
        known = {str(choice): choice for choice in choices}
        found = known.get(self.text())
        if found is None:
            raise self.refused(N_("This is not one of %(choices)s."), choices=", ".join(known))
        return found

    def integer(self) -> int:
        """The whole number here.

        Raises:
            Refused: this is not one.
        """
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise self.refused(N_("A whole number is expected here."))
        return self.value

    def decimal(self) -> Decimal:
        """The number here, with its digits.

        Raises:
            Refused: this is not a number, has more than 18 digits, or went through a float and lost its digits.
        """
        value = self.value
        if isinstance(value, int) and not isinstance(value, bool):
            value = Decimal(value)
        if not isinstance(value, Decimal):
            raise self.refused(N_("A decimal number is expected here."))
        _, digits, exponent = value.as_tuple()
        if not isinstance(exponent, int) or max(len(digits), len(digits) + exponent, -exponent) > _MAX_EXPONENT:
            raise self.refused(N_("This number has more than 18 digits."))
        return value

    def flag(self) -> bool:
        """The truth value here.

        Raises:
            Refused: this is not true or false.
        """
        if not isinstance(self.value, bool):
            raise self.refused(N_("true or false is expected here."))
        return self.value

    def day(self) -> date:
        """The calendar day of a date or dateTime, as it is written (its local day).

        Raises:
            Refused: this is not a full date.
        """
        found = _DATE.match(self.text())
        try:
            return date.fromisoformat(found[1] if found else "")
        except ValueError as error:
            raise self.refused(N_("A full date, such as 2026-03-02, is expected here.")) from error

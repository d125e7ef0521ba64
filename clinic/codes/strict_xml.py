"""XML of official files, event by event: whole or refused with its place, and without entities of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

from clinic.domain.refusal import Refused
from clinic.domain.words import N_

_CHUNK = 1 << 18


class StrictReader:
    """Takes the events of one file; a reader says what is done with them. ``where`` is the file's name."""

    remedy = N_("Take the file as its publisher offers it.")

    def __init__(self, where: str) -> None:
        self.where = where
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self.start
        self._parser.EndElementHandler = self.end
        self._parser.CharacterDataHandler = self.characters
        # Entities serve no purpose in such files, and expanding them is how small files become huge ones.
        self._parser.EntityDeclHandler = self._entity

    @property
    def line(self) -> int:
        """The line that is being read, from 1."""
        return self._parser.CurrentLineNumber

    def start(self, tag: str, at: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def characters(self, text: str) -> None:
        """Text stands there."""

    def pieces(self, stream: IO[bytes]) -> Iterator[int]:
        """Read it piece by piece, giving way after each: gives the bytes read.

        Raises:
            Refused: not well-formed, cut off, with entities, or what the reader itself refuses.
        """
        try:
            while part := stream.read(_CHUNK):
                self._parser.Parse(part, False)
                yield len(part)
            self._parser.Parse(b"", True)
            yield 0
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise self.broken(str(error), self._parser.ErrorLineNumber) from None

    def broken(self, why: str, line: int) -> Refused:
        """What is said of a file that is no whole XML."""
        return self.refusal(N_("this is not a whole XML file (%(why)s)."), line, why=why)

    def refusal(self, what: str, line: int, **params: str | int) -> Refused:
        """A refusal that names the file and the line."""
        return Refused(what, where=f"{self.where}, line {line}", remedy=self.remedy, **params)

    def _entity(self, *_: object) -> None:
        raise self.refusal(N_("the file declares entities."), self.line)

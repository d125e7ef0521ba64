"""What is typed into a find line, read: words, and a day as the person's language writes it."""

from __future__ import annotations

from datetime import date

from clinic.domain.refusal import Refused
from clinic.finders import Asked
from clinic.views.reading import read_date

LONGEST = 100


def asked(text: str) -> Asked:
    """The words of a line and the day among them, if there is one."""
    line = " ".join(text[:LONGEST].split())
    words: list[str] = []
    day: date | None = None
    for word in line.replace(",", " ").split():
        found = _day(word) if day is None else None
        if found is None:
            words.append(word)
        else:
            day = found
    return Asked(line, tuple(words), day)


def _day(word: str) -> date | None:
    if not word[:1].isdigit():
        return None
    try:
        return read_date(word, "q")
    except Refused:
        return None

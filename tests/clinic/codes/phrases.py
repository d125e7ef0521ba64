"""Phrases with the codes that answer them, and how often a search has one of those in sight."""

from __future__ import annotations

import csv
import zlib
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from clinic.codes.library import Library
from clinic.codes.release import Hit

SAMPLES = Path(__file__).resolve().parent.parent.parent / "samples" / "search"
ON = date(2026, 3, 2)


class Phrase(NamedTuple):
    """What is typed, of which kind it is, and the codes accepted: with a star all that begin so."""

    text: str
    kind: str
    accept: tuple[str, ...]

    def answered(self, hit: Hit) -> bool:
        """Whether a hit is one of the codes accepted."""
        return any(
            hit.value.startswith(code[:-1].replace(".", "")) if code.endswith("*") else hit.code == code
            for code in self.accept
        )

    def held_out(self) -> bool:
        """Whether it is of the half that nothing was tuned on."""
        return zlib.crc32(self.text.encode()) & 1 == 1


def read(name: str) -> list[Phrase]:
    """The phrases of one file of tests/samples/search."""
    lines = (SAMPLES / name).read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return [Phrase(row["phrase"], row["kind"], tuple(row["accept"].split())) for row in rows]


def place(library: Library, phrase: Phrase, most: int) -> int | None:
    """Where the first code accepted stands, from 0; None where it is not among the first ``most``."""
    hits = library.search(phrase.text, "icd10cm", ON, most)
    return next((number for number, hit in enumerate(hits) if phrase.answered(hit)), None)


def share(library: Library, phrases: Sequence[Phrase] | Iterable[Phrase], most: int) -> float:
    """The part of the phrases that have a code accepted among the first ``most`` hits."""
    places = [place(library, phrase, most) for phrase in phrases]
    return sum(1 for found in places if found is not None) / len(places)

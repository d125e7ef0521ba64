"""Finding tests by what is typed: words of the name, the key, a LOINC, or a procedure's number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from lab.domain.catalogue import TestFacts

_WORD = re.compile(r"[a-z0-9]+")
_NUMBER = re.compile(r"[a-z]?\d[\d-]*\Z")


def plain(text: str) -> str:
    """Lower case, without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def find_tests(tests: Iterable[TestFacts], typed: str, most: int) -> list[TestFacts]:
    """The tests that fit what is typed, best first: its key or number itself, then names that begin so, then any.

    Every typed word must begin a word of the name, the key, the category or the specimen; a number must begin one.
    """
    wanted = plain(typed).strip()
    if not wanted:
        return []
    ranked = [(rank, test.name, test) for test in tests if (rank := _rank(test, wanted)) is not None]
    return [test for *_, test in sorted(ranked, key=lambda each: each[:2])[:most]]


def numbers(test: TestFacts) -> tuple[str, ...]:
    """Every number a test goes by: LOINC, CPT or HCPCS, CDT."""
    loinc = (test.loinc,) if test.loinc else ()
    return (*loinc, *test.procedures, *test.choices, *test.dental)


def _rank(test: TestFacts, wanted: str) -> int | None:
    if wanted in (test.key, test.key.replace("_", " ")):
        return 0
    if _NUMBER.match(wanted) and (found := _by_number(test, wanted)) is not None:
        return found
    words = _WORD.findall(wanted)
    said = _WORD.findall(plain(f"{test.name} {test.key}"))
    beside = _WORD.findall(plain(f"{test.category} {test.specimen}"))
    if not words:
        return None
    if all(any(each.startswith(word) for each in said) for word in words):
        return 2 if plain(test.name).startswith(wanted) or test.key.startswith(wanted) else 3
    if all(any(each.startswith(word) for each in (*said, *beside)) for word in words):
        return 4
    return None


def _by_number(test: TestFacts, wanted: str) -> int | None:
    known = [number.lower() for number in numbers(test)]
    if wanted in known:
        return 0
    return 1 if len(wanted) > 2 and any(number.startswith(wanted) for number in known) else None

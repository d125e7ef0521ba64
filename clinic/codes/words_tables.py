"""Words people use that no title holds: ``reference/words/*.csv``, by hand, with what each of them leads to.

A row gives codes for a term typed alone, words that stand for it inside a longer query, or both. Each file has a head
of ``#`` lines (title, source, licence) and is sorted by the folded term, so that a second row for a term is seen.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Literal, get_args

from clinic.codes.tokens import words
from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_

COLUMNS = ["term", "language", "kind", "codes", "means"]
MOST_CODES = 5
MOST_ROWS = 700
Language = Literal["en", "fr"]
Kind = Literal["abbreviation", "british", "clinical", "drug", "eponym", "french", "lay", "typo", "visit"]
"""Clinical: an older name or a phrase of problem lists. Drug: a substance that a poisoning or an effect is named by."""

TABLES = Path(__file__).resolve().parent.parent.parent / "reference" / "words"
_HEADS = ("title", "source", "licence")
_HEAD = re.compile(r"# ([a-z]+): (.+)")
_CODE = re.compile(r"[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?")
_TERM = re.compile(r"[0-9a-zàâäçéèêëîïôöùûüñ][0-9a-zàâäçéèêëîïôöùûüñ '/.+&%-]*(?<![ '/&-])")
_MEANS = re.compile(r"[0-9a-z][0-9a-z '-]*(?<! )")
_REMEDY = N_("Restore the file from the installation.")


class WordRow(Value, frozen=True, kw_only=True):
    """One term.

    ``codes`` are ICD-10-CM codes with their dot: the one a coder takes when nothing more is known, then others in the
    order an office meets them. ``means`` are words as the classification writes them, in English for every language.
    """

    term: str
    """Lower case, as it is typed; French with its accents, ``oe`` for the ligature."""
    language: Language
    kind: Kind
    codes: tuple[str, ...] = ()
    means: str | None = None

    @property
    def key(self) -> str:
        """The term as search compares it: folded words, apart by one space."""
        return " ".join(words(self.term))


def read_words(folder: Path = TABLES) -> tuple[WordRow, ...]:
    """All rows of all tables of a folder, by file name.

    Raises:
        Refused: a table is not well formed, or two rows have one term in one language.
    """
    rows: list[WordRow] = []
    seen: dict[tuple[str, str], str] = {}
    for path in sorted(folder.glob("*.csv")):
        for number, row in read_word_table(path.read_bytes(), path.name):
            first = seen.setdefault((row.language, row.key), path.name)
            if first != path.name:
                raise Refused(
                    N_("this term stands in %(other)s as well."),
                    where=f"{path.name}, line {number}",
                    remedy=_REMEDY,
                    other=first,
                )
            rows.append(row)
    return tuple(rows)


def read_word_table(data: bytes, file_name: str) -> tuple[tuple[int, WordRow], ...]:
    """The rows of one table, each with its line.

    Raises:
        Refused: it is not UTF-8 text, has no whole head, too many rows, or a row that is not well formed or in order.
    """
    try:
        lines = data.decode().splitlines()
    except UnicodeDecodeError as error:
        raise Refused(
            N_("this table is not UTF-8 text (byte %(place)s)."), where=file_name, remedy=_REMEDY, place=error.start
        ) from None
    said = {match[1] for match in map(_HEAD.fullmatch, lines) if match}
    first = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    if not said.issuperset(_HEADS) or lines[first : first + 1] != [",".join(COLUMNS)]:
        raise Refused(N_("the head of this table of words is not whole."), where=file_name, remedy=_REMEDY)
    if len(lines) - first - 1 > MOST_ROWS:
        raise Refused(N_("this table has more than %(most)s rows."), where=file_name, remedy=_REMEDY, most=MOST_ROWS)
    rows: list[tuple[int, WordRow]] = []
    before = ("", "")
    for number, line in enumerate(lines[first + 1 :], first + 2):
        row = _row(line)
        if row is None or (row.key, row.language) <= before:
            raise Refused(
                N_("this row is not a new term, in order, with its codes or words."),
                where=f"{file_name}, line {number}",
                remedy=_REMEDY,
            )
        before = (row.key, row.language)
        rows.append((number, row))
    return tuple(rows)


def _row(line: str) -> WordRow | None:
    """A line as a row; None where it is not one."""
    try:
        fields = next(csv.reader([line], strict=True), [])
    except csv.Error:
        return None
    if len(fields) != len(COLUMNS):
        return None
    term, language, kind, said, means = fields
    codes = tuple(said.split(" ")) if said else ()
    good = (
        _TERM.fullmatch(term)
        and language in get_args(Language)
        and kind in get_args(Kind)
        and (codes or means)
        and len(codes) == len(set(codes)) <= MOST_CODES
        and all(map(_CODE.fullmatch, codes))
        and (not means or _MEANS.fullmatch(means))
    )
    if not good:
        return None
    # The patterns above have told the languages and kinds apart: convert would only ask again.
    return WordRow(term=term, language=language, kind=kind, codes=codes, means=means or None)  # type: ignore[arg-type]

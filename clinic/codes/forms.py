"""The tables search is built with: ``reference/search/*.csv`` (words alike, roots, phrases, French).

They are read when a release is built and become sections of its file; a digest of their bytes stands in the key of a
release that comes with the installation, so a changed table builds it anew. See docs/architecture.md, "A word".
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from clinic.codes.tokens import SMALL, spoken
from clinic.codes.words_tables import TABLES as WORDS
from clinic.codes.words_tables import WordRow
from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_

FORMS = Path(__file__).resolve().parent.parent.parent / "reference" / "search"
COLUMNS = {
    "alike": ["words"],
    "roots": ["root", "means"],
    "phrases": ["term", "means"],
    "french": ["term", "means"],
}
_LONGEST = 6
"""Words of the longest phrase that is looked for in a query."""


class Meaning(Value, frozen=True, kw_only=True):
    """What a word or phrase stands for inside a query, in the words of the classification."""

    words: tuple[str, ...]
    french: bool = False


def digest() -> str:
    """A short fingerprint of all tables of words that search is built with."""
    whole = hashlib.sha256()
    for path in [*sorted(FORMS.glob("*.csv")), *sorted(WORDS.glob("*.csv"))]:
        whole.update(path.name.encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


def read_form(name: str, folder: Path = FORMS) -> list[list[str]]:
    """The rows of one table.

    Raises:
        Refused: its head is not whole or a row has not its columns.
    """
    lines = (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    first = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    rows = list(csv.reader(lines[first:]))
    columns = COLUMNS[name]
    for number, row in enumerate(rows, first + 1):
        if len(row) != len(columns) or not all(row):
            raise Refused(
                N_("this row has not the columns of its table."),
                where=f"{name}.csv, line {number}",
                remedy=N_("Restore the file from the installation."),
            )
    if rows[:1] != [columns]:
        raise Refused(
            N_("the head of this table of words is not whole."),
            where=f"{name}.csv",
            remedy=N_("Restore the file from the installation."),
        )
    return rows[1:]


def alike(folder: Path = FORMS) -> list[tuple[str, ...]]:
    """Groups of words that are taken for one another."""
    return [tuple(row[0].split()) for row in read_form("alike", folder)]


def bare(text: str) -> tuple[str, ...]:
    """The words of a phrase without small ones, as phrases are compared; all of them where nothing else is left."""
    said = spoken(text)
    return tuple(word for word in said if word not in SMALL) or tuple(said)


def meanings(rows: Iterable[WordRow], known: frozenset[str], folder: Path = FORMS) -> dict[tuple[str, ...], Meaning]:
    """What each phrase means. Rows of ``reference/words`` go before our own general ones.

    ``known`` are the words of the release: a combining form gives only what leads to one of them.
    """
    found: dict[tuple[str, ...], Meaning] = {}
    for key, means in _combined(known, folder):
        found[key] = Meaning(words=means)
    for name in ("french", "phrases"):
        for term, said in read_form(name, folder):
            found[bare(term)] = Meaning(words=bare(said), french=name == "french")
    for row in rows:
        key = bare(row.term)
        if row.means and key and len(key) <= _LONGEST:
            found[key] = Meaning(words=bare(row.means), french=row.language == "fr")
    # What means nothing but small words ("secondary to") would take its one other word out of every query.
    return {key: told for key, told in found.items() if key and key != told.words and not SMALL.issuperset(told.words)}


_SUFFIXES = (
    ("itis", ("inflammation",)),
    ("algia", ("pain",)),
    ("dynia", ("pain",)),
    ("opathy", ("disease",)),
    ("olithiasis", ("calculus",)),
    ("lithiasis", ("calculus",)),
    ("omegaly", ("enlarged",)),
    ("megaly", ("enlarged",)),
    ("orrhagia", ("hemorrhage",)),
    ("rrhagia", ("hemorrhage",)),
    ("omalacia", ("softening",)),
    ("oplegia", ("paralysis",)),
    ("ospasm", ("spasm",)),
    ("optosis", ("prolapse",)),
    ("osclerosis", ("sclerosis",)),
    ("oma", ("neoplasm",)),
)


def _combined(known: frozenset[str], folder: Path) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Both ways: "inflammation of the gallbladder" is cholecystitis, and "hepatomegaly" is an enlarged liver."""
    for form, said in read_form("roots", folder):
        organ = bare(said)
        for suffix, what in _SUFFIXES:
            whole = form + suffix
            if whole in known:
                if suffix != "oma":
                    yield (*what, *organ), (whole,)
                    yield (*organ, *what), (whole,)
            else:
                yield (whole,), (*what, *organ)

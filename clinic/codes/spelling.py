"""Other spellings of one word: British, French, derived forms. Rules only; the vocabulary of a release decides.

A rule proposes; a proposal counts only where a release has such a word. So the rules may be generous.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from clinic.codes.tokens import stem

SHORTEST_ROOT = 5
"""Letters a root keeps at least: "pelvic" and "pelvis" are told alike by a table, not by a rule."""

_ENDINGS = (
    "ications", "ication", "izations", "ization", "ational", "ations", "ation", "atives", "ative", "atory", "ated",
    "ating", "ates", "ate", "itions", "itious", "ition", "ional", "ions", "ion", "ious", "ives", "ive", "ings", "ing",
    "eds", "ed", "ers", "er", "ically", "ical", "ics", "ic", "ally", "als", "al", "ous", "ments", "ment", "ities",
    "ity", "ness", "ies", "ly", "y", "es", "e", "s", "as", "a", "ia", "um", "us", "is",
)  # fmt: skip
_SHORTER = tuple(sorted(_ENDINGS, key=lambda ending: (-len(ending), ending)))
# -osis/-otic, -esis/-etic, -plegia/-plegic and -emia/-emic are one condition; -itis and -osis never are.
_PAIRS = ((re.compile(r"(?<=.{3})o(?:ses|sis|tic)$"), "osi"), (re.compile(r"(?<=.{3})e(?:ses|sis|tic)$"), "esi"),
          (re.compile(r"(?<=.{3})ya?(?:ses|sis|tic)$"), "ysi"), (re.compile(r"(?<=.{3})iti(?:s|c|des)$"), "iti"),
          (re.compile(r"(?<=.{3})oma(?:s|ta|tous|tosis)?$"), "oma"),
          (re.compile(r"(?<=.{2})emi[ac]s?$"), "emi"),
          (re.compile(r"(?<=.{2})(?<!o)plegi[ac]s?$"), "plegi"))  # fmt: skip
_BRITISH = (
    ("oe", "e"), ("ae", "e"), ("our", "or"), ("isation", "ization"), ("ise", "ize"), ("isi", "izi"), ("yse", "yze"),
    ("ysi", "yzi"), ("tre", "ter"), ("bre", "ber"), ("ll", "l"), ("leuco", "leuko"), ("ph", "f"), ("ogue", "og"),
    ("gue", "g"), ("ence", "ense"), ("mme", "m"), ("c", "k"), ("y", "i"), ("ea", "e"), ("gynaec", "gynec"),
)  # fmt: skip
_FRENCH = (
    ("ites", "itis"), ("ite", "itis"), ("oses", "osis"), ("ose", "osis"), ("ase", "asis"), ("ese", "esis"),
    ("iques", "ic"), ("ique", "ic"), ("iques", "ical"), ("ique", "ical"), ("ique", "ics"),
    ("ies", "y"), ("ie", "y"), ("ie", "ia"), ("ies", "ia"), ("euses", "ous"), ("euse", "ous"), ("eux", "ous"),
    ("aires", "ary"), ("aire", "ary"), ("aires", "ar"), ("aire", "ar"), ("aire", "al"), ("aux", "al"), ("ales", "al"),
    ("ale", "al"), ("els", "al"), ("elles", "al"), ("elle", "al"), ("el", "al"), ("ives", "ive"), ("if", "ive"),
    ("ifs", "ive"), ("oires", "ory"), ("oire", "ory"), ("eurs", "or"), ("eur", "or"), ("eur", "er"), ("ismes", "ism"),
    ("isme", "ism"), ("ome", "oma"), ("omes", "oma"), ("ome", "ome"), ("es", ""), ("ee", "ed"), ("ees", "ed"),
    ("e", "ed"), ("e", ""), ("ens", "an"), ("en", "an"), ("enne", "an"), ("ennes", "an"), ("ite", "ity"),
    ("ites", "ity"), ("yse", "ysis"), ("yses", "ysis"), ("ante", "ant"), ("ente", "ent"), ("ides", "id"),
    ("ide", "id"), ("ene", "en"), ("ere", "er"), ("mes", "m"), ("me", "m"), ("e", "us"), ("e", "um"), ("e", "a"),
    ("ment", ""), ("ure", "ure"), ("i", "ia"), ("ee", "ea"), ("ees", "eas"), ("s", ""), ("que", "ca"), ("ine", "in"),
    ("ines", "in"),
)  # fmt: skip


@lru_cache(maxsize=65536)
def root(word: str) -> str:
    """What a word has in common with those derived from it: "fractured" and "fractures" have one root.

    Longest ending first, ``SHORTEST_ROOT`` letters are kept, figures and short words stay.
    """
    if len(word) <= SHORTEST_ROOT or not word.isalpha():
        return _single(stem(word)) if len(word) == SHORTEST_ROOT else stem(word)
    for pattern, instead in _PAIRS:
        pair, found = pattern.subn(instead, word)
        if found:
            return pair
    for ending in _SHORTER:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_ROOT:
            return _single(word[: -len(ending)])
    return _single(word)


def _single(bare: str) -> str:
    """One of a doubled last letter is enough: swelling and swell, inflammation and inflamed."""
    return bare[:-1] if bare[-1:] == bare[-2:-1] and bare[-1:] not in "aeiou" else bare


def british(word: str) -> Iterator[str]:
    """How else a word may be written, one or two British habits taken back: "oesophageal", "haemorrhage"."""
    seen = [word]
    for _ in range(2):
        for start in tuple(seen):
            for theirs, ours in _BRITISH:
                at = start.find(theirs)
                while at >= 0:
                    other = start[:at] + ours + start[at + len(theirs) :]
                    if other not in seen:
                        seen.append(other)
                        yield other
                    at = start.find(theirs, at + 1)
        if len(seen) > 60:
            return


def french(word: str) -> Iterator[str]:
    """English words a French one may be: "néphrite" (folded) proposes "nephritis", "bronchique" "bronchic"."""
    for theirs, ours in _FRENCH:
        if word.endswith(theirs) and len(word) - len(theirs) >= 3:
            yield word[: len(word) - len(theirs)] + ours

"""A title of the classification as what it asks of a note: the words it needs, its side, what it leaves open."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from clinic.codes.tokens import OPEN, SMALL, fold, stem

Side = Literal["", "right", "left", "both", "open"]
"""Open: the title says that the side is not known."""

SIDES: dict[str, Side] = {
    "right": "right", "left": "left", "bilateral": "both", "both": "both", "bilat": "both", "bilaterally": "both",
    "r": "right", "l": "left", "rt": "right", "lt": "left", "od": "right", "os": "left", "ou": "both",
    "droit": "right", "droite": "right", "gauche": "left", "bilaterale": "both", "bilateraux": "both", "deux": "both",
}  # fmt: skip
"""Words of a note that give a side. Those of one or two letters count only as capitals."""

LEFT_OUT = frozenset({"mellitus", "specified", "part", "classified", "elsewhere", "region", "site", "with"})
"""Words that no note needs to hold."""

_LOOSE = """disease disorder syndrome condition essential type closed displaced nondisplaced uncomplicated
    status current diabetic penetrating dental surface system organ use nontraumatic idiopathic general routine"""
LOOSE = frozenset(_LOOSE.split())
"""Words of a title that are understood: a note may leave them out."""

_WORD = re.compile(r"[0-9a-z]+(?:\.[0-9]+)?")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SIDED = re.compile(r",? ?\b(?:right|left|bilateral|unspecified|both)\b(?: (?:side|ear|eye|limb))?")
_TAIL = re.compile(r", (right|left|bilateral|unspecified|both)((?: [a-z]+){0,3})$")
_WITHOUT = re.compile(r",? (?:without|not|but not) (?:[^,]*(?:, [^,]+)*, (?:and|or) [^,]+$|[^,]*)")
_OPEN_NOUN = re.compile(r"(?<!with )\bunspecified (\w+)")
_WITHOUT_OF = re.compile(r",? without (?:(?! of )[^,])*")
"""Injuries: "laceration without foreign body of left index finger without damage to nail"."""
_SIDE_WORDS = frozenset({"right", "left", "bilateral", "both", "unilateral"})
_OPENING = re.compile(
    r"^(?:encounter for|presence of|personal history of(?= nicotine)|other specified|other|unspecified) "
)


class TitleParts(NamedTuple):
    """What a title asks."""

    core: frozenset[str]
    """Its words without side and without what it excludes."""
    need: tuple[str, ...]
    """Those of the core that a note has to hold."""
    side: Side
    default: bool
    other: bool


_PLURALS = (("oses", "osis"), ("ises", "isis"), ("yses", "ysis"), ("eses", "esis"), ("itides", "itis"))
_FORMS = {
    "anemic": "anemia", "asthmatic": "asthma", "depressed": "depression", "diabetic": "diabete",
    "diabetique": "diabete", "emboli": "embolus", "hypertensive": "hypertension", "lipoid": "lipid",
    "lipoids": "lipid", "nevi": "nevus", "obese": "obesity", "ovarian": "ovary", "renal": "kidney",
    "thrombi": "thrombus",
}  # fmt: skip


@lru_cache(maxsize=65536)
def form(word: str) -> str:
    """A folded word in the one form in which titles and notes are compared."""
    if word in _FORMS:
        return _FORMS[word]
    for plural, one in _PLURALS:
        if word.endswith(plural) and len(word) > len(plural) + 2:
            return word[: -len(plural)] + one
    return stem(word)


def term_words(text: str) -> frozenset[str]:
    """The words of a term that a note is compared by: no articles, no side, no "unspecified"."""
    folded = _ASIDE.sub(" ", fold(text.replace("œ", "oe")))
    return _words(_OPENING.sub("", folded.strip()))


def cut_words(text: str) -> frozenset[str]:
    """As ``term_words``, without what the term excludes: "internal hemorrhoids, without mention of degree"."""
    folded = _ASIDE.sub(" ", fold(text))
    return _words(_OPENING.sub("", _WITHOUT.sub("", folded).strip()))


def _words(folded: str) -> frozenset[str]:
    found = _WORD.findall(folded)
    return frozenset(form(word) for word in found if word not in SMALL and word not in OPEN) - _SIDE_WORDS - LEFT_OUT


def parts(display: str, above: frozenset[str], *, injury: bool = False) -> TitleParts:
    """A title taken apart; ``above`` is the core of the title it stands under."""
    text = fold(display)
    folded = _ASIDE.sub(" ", text)
    side = _side(folded)
    default = bool(re.search(r"(?<!with )unspecified|without|uncomplicated|not specified|\bnos\b", folded))
    cut = (_WITHOUT_OF if injury else _WITHOUT).sub("", folded)
    core = _core(cut, above)
    open_nouns = {form(noun) for noun in _OPEN_NOUN.findall(folded)} - above
    core = core - open_nouns if above else core
    need = tuple(sorted(core - LOOSE)) or tuple(sorted(core))
    return TitleParts(core, need, side, default, bool(re.search(r"\bother\b|not elsewhere", folded)))


def _core(cut: str, above: frozenset[str]) -> frozenset[str]:
    tail = _TAIL.search(cut)
    if tail is not None:
        # "…, right ear" under the same title without it: the part belongs to the side.
        before = _words(_OPENING.sub("", cut[: tail.start()].strip()))
        if before == above:
            return above
    return _words(_OPENING.sub("", cut.strip()))


def _side(folded: str) -> Side:
    if re.search(r"\bbilateral\b|\bboth\b", folded):
        return "both"
    if re.search(r"\bright\b", folded):
        return "right"
    if re.search(r"\bleft\b", folded):
        return "left"
    if re.search(
        r"unspecified (?:side|ear|eye|limb|knee|hip|shoulder|ankle|foot|hand|wrist|elbow|leg|arm|finger|toe|"
        r"breast|thigh|lower|upper|thumb|joint|forearm|ovary|kidney|testis|lung|cornea|orbit|toes)",
        folded,
    ):
        return "open"
    return ""

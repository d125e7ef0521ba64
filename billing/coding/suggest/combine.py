"""What the codes of one note make of each other: one code for two conditions, no code for what another one holds."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from billing.coding.grounds import Source
from billing.coding.suggest.lexicon import Lexicon, Node
from billing.coding.suggest.symptoms import explained, symptom
from billing.coding.suggest.values import Status


class Weighed(msgspec.Struct):
    """A code on its way to a suggestion."""

    node: Node
    code: str
    """Without its dot."""
    start: int
    end: int
    status: Status
    section: str
    left_open: bool
    official: bool
    score: float = 0.0
    why: tuple[str, ...] = ()
    source: Source = "note"
    source_id: int = 0
    """Which note or problem its words stand in, as whoever gave them calls it."""
    text: str = ""
    """The words themselves, where they do not stand in a note."""
    also: tuple[Weighed, ...] = ()
    """Others that say the same, or that make it what it is."""


_PAIRS: tuple[tuple[str, str, str, bool], ...] = (
    # Guideline I.C.9.a: hypertension with heart or kidney disease is presumed to be related.
    (r"I10", r"N18[56]", "I120", False),
    (r"I10", r"N18", "I129", False),
    (r"I10", r"I50", "I110", False),
    (r"I110", r"N18[56]", "I132", False),
    (r"I110", r"N18", "I130", False),
    (r"I129", r"I50", "I130", False),
    # Guideline I.A.15, "with": the classification presumes that these come of the diabetes.
    (r"E119", r"N18", "E1122", False),
    (r"E109", r"N18", "E1022", False),
    (r"E119", r"G629|G609", "E1142", True),
    (r"E109", r"G629|G609", "E1042", True),
    # Dementia of Alzheimer's is coded as a manifestation (note at G30).
    (r"F03(.*)", r"G30", r"F02\1", False),
)
"""First code, second code, what the first becomes, whether the second goes."""

_HELD: tuple[tuple[str, str], ...] = (
    ("I10", "I11 I12 I13 I15 I16"),
    ("E119", "E11"),
    ("E109", "E10"),
    ("F03", "F02 F01"),
    ("N08", "E102 E112 E132"),
    ("N289", "E102 E112 E132 N18"),
    ("N059", "E102 E112 E132"),
    ("G629", "E104 E114 E134"),
    ("G609", "E104 E114 E134"),
    ("H350", "E103 E113 E133"),
    ("I209", "I25"),
    ("I2510", "I251"),
    ("K219", "K210"),
    ("E785", "E780 E781 E782 E783 E784"),
    ("N400", "N401"),
    ("M1990", "M15 M16 M17 M18 M19"),
    ("E669", "E66"),
    ("F17200", "F172"),
    ("L309", "L20 L23 L24 L25"),
    ("K081", "K08"),
    ("M545", "M541 M543 M544 M51"),
    ("K0530", "K053 K052"),
    ("K029", "K02"),
    ("R0789", "R079"),
    ("M2669", "M266"),
    ("Z0120", "Z0121"),
    ("Z3490", "Z34 O09"),
)
"""A code, and the families whose codes say it already."""


def combined(found: list[Weighed], uncertain: frozenset[str], lexicon: Lexicon) -> list[Weighed]:
    """The affirmed codes of a note, those that another holds or explains left out.

    ``uncertain`` are diagnoses that the note only suspects: the symptoms they would explain stay, since nothing else
    may be coded for them (guideline IV.H).
    """
    kept = _joined(_once(found), lexicon)
    for each in list(kept):
        if _held(each, kept):
            kept = [other for other in kept if other is not each]
    concluded = any(each.section == "assessment" and not symptom(each.code) for each in kept)
    codes = frozenset(each.code for each in kept if not symptom(each.code))
    return [each for each in kept if not (symptom(each.code) and _told(each, codes, uncertain, concluded=concluded))]


def _told(each: Weighed, codes: frozenset[str], uncertain: frozenset[str], *, concluded: bool) -> bool:
    """Whether a symptom is only part of the story: a diagnosis explains it, or the provider concluded without it."""
    if explained(each.code, codes):
        return True
    return concluded and each.section not in {"assessment", "problems"} and not explained(each.code, uncertain)


def _once(found: Iterable[Weighed]) -> list[Weighed]:
    best: dict[str, Weighed] = {}
    for each in found:
        there = best.get(each.code)
        if there is None:
            best[each.code] = each
        elif there is not each:
            first, second = (each, there) if each.score > there.score else (there, each)
            first.also = (*first.also, second, *second.also)
            best[each.code] = first
    return sorted(best.values(), key=lambda each: each.start)


def _joined(found: list[Weighed], lexicon: Lexicon) -> list[Weighed]:
    for first, second, instead, drops in _PAIRS:
        one = next((each for each in found if re.fullmatch(first, each.code)), None)
        other = next((each for each in found if re.match(second, each.code)), None)
        if one is None or other is None:
            continue
        node = lexicon.node(re.sub(f"^{first}$", instead, one.code))
        if node is None:
            continue
        one.node, one.code, one.also = node, node.value, (*one.also, other)
        if drops:
            found = [each for each in found if each is not other]
    return _once(found)


def _held(one: Weighed, others: Iterable[Weighed]) -> bool:
    others = tuple(others)
    if re.match(r"[ST][0-9]9|T14", one.code) and any(re.match(r"S[0-9][0-8]", other.code) for other in others):
        return True  # an injury without its kind, beside one that is named
    for start, families in _HELD:
        if one.code.startswith(start):
            for other in others:
                if (
                    other is not one
                    and not other.code.startswith(start)
                    and other.code.startswith(tuple(families.split()))
                ):
                    return True
    return any(_says_more(other, one) for other in others if other is not one)


def _says_more(other: Weighed, one: Weighed) -> bool:
    """Whether a code of the same category says all that this one does, and more."""
    if other.code[:3] != one.code[:3] or not (one.left_open or one.node.other):
        return False
    mine, theirs = set(one.node.need) - {"acute", "chronic"}, set(other.node.need)
    if not mine <= theirs:
        return False
    return (
        mine < theirs
        or (other.node.side not in {"", "open"} and one.node.side in {"", "open"})
        or not (other.left_open or other.node.other)
    )

"""From a header to one of its codes by a short series of questions, not a list of forty.

The codes below a header differ along few axes: the side, the kind, the visit (ICD-10-CM's seventh character). One
axis is asked at a time, with at most ``MOST`` choices; what does not fit stands behind "more". Pure: entries in, the
next question or the code out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from clinic.codes.release import Entry
from clinic.domain.value import Value
from clinic.domain.words import N_

MOST = 7
"""Choices of one question: as many as there are keys under one hand, and as people take in at a glance."""

Axis = Literal["side", "kind", "visit"]
ASKS: dict[Axis, str] = {"side": N_("Which side?"), "kind": N_("Which kind?"), "visit": N_("Which visit?")}
SIDES: dict[str, str] = {
    "right": N_("right"),
    "left": N_("left"),
    "bilateral": N_("both sides"),
    "unspecified": N_("side not known"),
    "none": N_("not said"),
}
_NONE, _LEAF = "none", "leaf"
# "Homonymous bilateral field defects, right side": one side goes before both.
_SIDE = (re.compile(r"\b(right|left)\b ?"), re.compile(r"\b(bilateral)\b ?"))
_OPEN_SIDE = re.compile(r"\bunspecified\b ?")
_SAID = {"right": "right", "rt": "right", "droit": "right", "droite": "right", "left": "left", "lt": "left",
         "gauche": "left", "bilateral": "bilateral", "both": "bilateral"}  # fmt: skip
_VISITS = {"initial": "A", "subsequent": "D", "sequela": "S", "sequelae": "S"}


class Choice(Value, frozen=True, kw_only=True):
    """One answer to a question."""

    key: str
    """What is handed back as answer: ``side:left``, ``kind:0.S5251``, ``visit:A``, ``more:6``."""
    words: str
    """A side's or "more" is a message id of ours; a kind's or visit's are words of the release."""
    own: bool = False
    """Whether the words are a message id of ours."""
    count: int
    """Codes that are left when it is chosen."""
    code: str | None = None
    """The code it leads to, where only one is left."""


class Step(Value, frozen=True, kw_only=True):
    """Where one stands on the ladder: a question with its choices, or the code that is left."""

    header: str
    axis: Axis | None = None
    choices: tuple[Choice, ...] = ()
    code: str | None = None
    answers: tuple[str, ...] = ()


class _Leaf(NamedTuple):
    value: str
    display: str
    side: str | None
    visit: tuple[str, str] | None
    path: tuple[tuple[str, str], ...]
    """From below the header down: a node's code and its words without the side."""


def ladder(header: str, entries: Sequence[Entry], answers: Iterable[str] = (), said: Iterable[str] = ()) -> Step:
    """The next question below ``header``, whose entries are all that stand below it, headers too.

    ``answers`` are keys of choices made so far; those that fit nothing are passed over. ``said`` are words that were
    typed: a side or visit among them is not asked again.
    """
    leaves = _leaves(header, entries)
    kept: list[str] = []
    skip = 0
    for answer in (*answers, *_known(said)):
        axis, _, value = answer.partition(":")
        if axis == "more":
            skip = int(value) if value.isdigit() else 0
            continue
        left = [leaf for leaf in leaves if _fits(leaf, axis, value, leaves)]
        if left and len(left) < len(leaves):
            leaves, skip = left, 0
            kept.append(answer)
    if len(leaves) < 2:
        return Step(header=header, code=leaves[0].value if leaves else None, answers=tuple(kept))
    axis, groups = _question(leaves)
    skip = skip if 0 < skip < len(groups) else 0
    shown = groups[skip:]
    more: tuple[Choice, ...] = ()
    if len(shown) > MOST:
        rest = [leaf for _, _, those in shown[MOST - 1 :] for leaf in those]
        more = (Choice(key=f"more:{skip + MOST - 1}", words=N_("more"), own=True, count=len(rest)),)
        shown = shown[: MOST - 1]
    choices = tuple(
        Choice(
            key=f"{axis}:{key}",
            words=words,
            own=axis == "side",
            count=len(those),
            code=those[0].value if len(those) == 1 else None,
        )
        for key, words, those in shown
    )
    return Step(header=header, axis=axis, choices=choices + more, answers=tuple(kept))


def _known(said: Iterable[str]) -> list[str]:
    words = list(said)
    return [f"side:{_SAID[word]}" for word in words if word in _SAID] + [
        f"visit:{_VISITS[word]}" for word in words if word in _VISITS
    ]


def _fits(leaf: _Leaf, axis: str, value: str, leaves: Sequence[_Leaf]) -> bool:
    if axis == "side":
        return (leaf.side or _NONE) == value
    if axis == "visit":
        return (leaf.visit[0] if leaf.visit else _NONE) == value
    level, _, code = value.partition(".")
    if axis == "kind" and level == _LEAF:
        return leaf.value == code
    if axis != "kind" or not level.isdecimal() or not leaf.path:
        return False
    words = next((_at(one, int(level))[1] for one in leaves if one.path and _at(one, int(level))[0] == code), None)
    return _at(leaf, int(level))[1] == words


def _at(leaf: _Leaf, level: int) -> tuple[str, str]:
    """The node at a level of its path, the last one where it ends above that."""
    return leaf.path[min(level, len(leaf.path) - 1)]


_Groups = list[tuple[str, str, list[_Leaf]]]


def _question(leaves: Sequence[_Leaf]) -> tuple[Axis, _Groups]:
    """The axis to ask now: the side where every code has one, then the kind from the top down, the visit last."""
    by_side = _grouped((leaf.side or _NONE, SIDES[leaf.side or _NONE], leaf) for leaf in leaves)
    sides = list(SIDES)
    if len(by_side) > 1 and all(leaf.side for leaf in leaves):
        return "side", sorted(by_side, key=lambda group: sides.index(group[0]))
    for level in range(max(len(leaf.path) for leaf in leaves)):
        by_kind = _by_words((*_at(leaf, level), leaf) for leaf in leaves if leaf.path)
        if len(by_kind) > 1:
            return "kind", [(f"{level}.{code}", words, those) for code, words, those in by_kind]
    if len(by_side) > 1:
        return "side", by_side
    by_visit = _grouped((*(leaf.visit or (_NONE, SIDES[_NONE])), leaf) for leaf in leaves)
    if len(by_visit) > 1:
        return "visit", by_visit
    return "kind", [(f"{_LEAF}.{leaf.value}", leaf.display, [leaf]) for leaf in leaves]


def _grouped(parts: Iterable[tuple[str, str, _Leaf]]) -> _Groups:
    groups: dict[str, tuple[str, str, list[_Leaf]]] = {}
    for key, words, leaf in parts:
        groups.setdefault(key, (key, words, []))[2].append(leaf)
    return list(groups.values())


def _by_words(parts: Iterable[tuple[str, str, _Leaf]]) -> _Groups:
    """Kinds are one where their words without the side are: the code of the first stands for all."""
    groups: dict[str, tuple[str, str, list[_Leaf]]] = {}
    for key, words, leaf in parts:
        groups.setdefault(words, (key, words, []))[2].append(leaf)
    return list(groups.values())


def _leaves(header: str, entries: Sequence[Entry]) -> list[_Leaf]:
    by_value = {entry.value: entry for entry in entries}
    side_of, plain = _sides(entries)
    visits = _visits(entries, by_value)
    leaves: list[_Leaf] = []
    for entry in entries:
        if entry.billable and entry.value != header:
            above = [value for value in reversed(entry.parents) if value in by_value and value != header]
            visit = visits.get(entry.value)
            path: list[tuple[str, str]] = []
            for node in above if visit else (*above, entry.value):
                if not path or path[-1][1] != plain[node]:
                    path.append((node, plain[node]))
            base = entry.parents[0] if visit else entry.value
            leaves.append(_Leaf(entry.value, entry.display, side_of.get(base), visit, tuple(path)))
    return leaves


def _sides(entries: Sequence[Entry]) -> tuple[dict[str, str], dict[str, str]]:
    """The side of each entry that has one, and each one's words without it."""
    side_of: dict[str, str] = {}
    plain = {entry.value: entry.display for entry in entries}
    for entry in entries:
        match = next((found for pattern in _SIDE if (found := pattern.search(entry.display))), None)
        if match:
            side_of[entry.value], plain[entry.value] = match[1], match.re.sub("", entry.display)
    sided = {plain[value] for value in side_of}
    for entry in entries:
        if entry.value not in side_of:
            # "Unspecified" is a side only where the same words stand with a side.
            for place in _OPEN_SIDE.finditer(entry.display):
                without = entry.display[: place.start()] + entry.display[place.end() :]
                if without in sided:
                    side_of[entry.value], plain[entry.value] = "unspecified", without
                    break
    return side_of, plain


def _visits(entries: Sequence[Entry], by_value: dict[str, Entry]) -> dict[str, tuple[str, str]]:
    """The seventh character of each code that has one, with its words: those behind the title of the code above.

    Only where all codes below that one are so made: Z86.0100 ends in "unspecified" and is no visit.
    """
    found: dict[str, tuple[str, str]] = {}
    plain: set[str] = set()
    for entry in entries:
        above = by_value.get(entry.parents[0]) if entry.parents else None
        if above is not None:
            if len(entry.value) == 7 and entry.display.startswith(f"{above.display}, "):
                found[entry.value] = (entry.value[-1], entry.display[len(above.display) + 2 :])
            else:
                plain.add(above.value)
    return {value: visit for value, visit in found.items() if by_value[value].parents[0] not in plain}

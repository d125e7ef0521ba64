"""From a mention to one code: as specific as the words around it say, and no more (guideline I.B.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from billing.coding.suggest.lexicon import Node
from billing.coding.suggest.title import Side

_LATER = frozenset({"subsequent", "healing"})
_SEQUELA = frozenset({"sequela", "sequelae", "sequelle"})


class Said(NamedTuple):
    """What is known around a mention."""

    own: frozenset[str]
    """Words of the mention, and what they mean."""
    words: frozenset[str]
    """Words that count for it: those near it that are affirmed as it is."""
    side: Side
    episode: str
    """The seventh character for what kind of visit it is: A, D or S."""


class Choice(NamedTuple):
    """The code that was chosen."""

    node: Node
    code: str
    """Without its dot."""
    left_open: bool
    """Whether the code is one for what is not specified."""


def choose(nodes: tuple[Node, ...], said: Said, *, whole: bool, ranked: bool) -> Choice | None:
    """The best billable code at or near ``nodes``; None where none can be reached.

    ``ranked``: the first of the nodes is the one that is meant most often.
    """
    if whole and ranked:
        nodes = nodes[:1]
    # Of several codes that a term may mean, the one whose title leaves least unsaid gives the understood words.
    head = min(nodes, key=lambda node: sum(word not in said.words | said.own for word in node.need))
    own = said.own | head.core
    said = said._replace(own=own, words=said.words | own)
    rank = {node.value: place if ranked else 0 for place, node in reversed(list(enumerate(nodes)))}
    best: tuple[tuple[float, ...], Node] | None = None
    for node in _pool(nodes, whole=whole):
        if not (node.billable or node.sevenths):
            continue
        score = _score(node, said, rank)
        if score is not None and (best is None or score > best[0]):
            best = (score, node)
    chosen = best[1] if best is not None else _nearest(head, said)
    if chosen is None:
        return None
    chosen = _sided(chosen, said.side)
    left_open = best is None or chosen.default or chosen.side == "open"
    return Choice(chosen, _with_seventh(chosen, said.episode), left_open)


def _sided(node: Node, side: Side) -> Node:
    """The code of the side that the note gives, beside one that stands for no known side."""
    if node.side != "open" or not side or node.parent is None:
        return node
    beside = [other for other in node.parent.children if other.side == side]
    return max(beside, key=lambda other: len(set(other.need) & set(node.need)), default=node)


def _nearest(top: Node, said: Said) -> Node | None:
    """Where no code needs as little as was said: the one below that asks least beyond it, the open one first."""
    below = [node for node in _below(top) if node.billable or node.sevenths]
    return min(
        (node for node in below if _side(node.side, said.side) is not None),
        key=lambda node: (node.other, len([word for word in node.need if word not in said.words]), not node.default),
        default=None,
    )


def _pool(nodes: tuple[Node, ...], *, whole: bool) -> Iterator[Node]:
    """All codes under the categories of ``nodes``; of a whole title only those under it."""
    seen: set[str] = set()
    for node in nodes:
        top = node
        while top.parent is not None and not whole:
            top = top.parent
        if top.value not in seen:
            seen.add(top.value)
            yield from _below(top)


def _below(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _below(child)


def _score(node: Node, said: Said, rank: dict[str, int]) -> tuple[float, ...] | None:
    """How well a code fits, larger is better; None where the note does not hold what it needs."""
    if node.elsewhere:
        return None  # manifestations are reached through the disease they belong to
    named = _rank(node, rank)
    direct = rank.get(node.value)
    if named is None and node.other:
        return None
    if direct is None and said.own.isdisjoint(node.need):
        return None
    missing = [word for word in node.need if word not in said.words]
    if missing and direct is None:
        return None
    side = _side(node.side, said.side)
    if side is None:
        return None
    matched = len(node.need) - len(missing)
    if missing:
        matched = 0 if matched == 0 else min(matched, 1)
    return (
        float(matched),
        side,
        float(sum(word in said.words and word not in said.own for word in node.need)),
        -float(named if named is not None else 99),
        0.0 if node.other else 1.0,
        1.0 if node.default else 0.0,
        -float(len(node.core)),
    )


def _rank(node: Node, rank: dict[str, int]) -> int | None:
    """The place of a code, or of the nearest above it, among those the term stands for."""
    at: Node | None = node
    best: int | None = None
    while at is not None:
        if at.value in rank and (best is None or rank[at.value] < best):
            best = rank[at.value]
        at = at.parent
    return best


def _side(of_code: Side, said: Side) -> float | None:
    if of_code == said:
        return 3.0 if said else 2.0
    if of_code == "open" or not of_code:
        return 1.0 if of_code == "open" else 1.5 if said else 2.0
    return None


def _with_seventh(node: Node, episode: str) -> str:
    if not node.sevenths:
        return node.value
    seventh = next((each for each in (episode, "A", node.sevenths[0]) if each in node.sevenths), node.sevenths[0])
    return node.value.ljust(6, "X") + seventh


def episode_of(words: Iterable[str]) -> str:
    """Active treatment, later care or sequela, from all words of a note (guideline I.C.19.a)."""
    found = set(words)
    if found & _SEQUELA:
        return "S"
    return "D" if found & _LATER and "initial" not in found else "A"

"""A guide made ready for reading and writing: rules and loops as objects, and which segment leads where.

Built once a guide. Moves are found at first use and kept; their keys are segment ids and codes
of the guide, never data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from billing.x12.grammar import Composite, Element, Guide, Loop, Segment
from billing.x12.held import Held
from billing.x12.inspection import Problem, inspect
from billing.x12.patterns import pattern
from billing.x12.syntax import COMPONENT, ELEMENT


class Rule:
    """A segment at its place in a loop."""

    def __init__(self, node: Node, segment: Segment, bit: int, told_by: tuple[int, ...] | None) -> None:
        self.node = node
        self.segment = segment
        self.bit = bit
        self.position = segment.position
        self.repeat = segment.repeat
        self.keys = _keys(segment, told_by)
        self.required = segment.usage == "R"

    @cached_property
    def passes(self) -> Callable[[str], object]:
        """The fast check: what it lets pass keeps the rules. What it stops may still keep them (``inspect`` knows)."""
        matches = pattern(self.segment).fullmatch
        if any(note.kind == "R" for note in self.segment.notes):
            return _never
        if any(isinstance(place, Element) and "RD8" in place.codes for place in self.segment.elements):
            # A span of days must also be in order, which no pattern can say.
            return lambda text: "RD8" not in text and matches(text)
        return matches

    def problems(self, text: str, elements: Sequence[str]) -> list[Problem]:
        """What is wrong with a segment of this rule."""
        return [] if self.passes(text) else inspect(self.segment, elements)


class Node:
    """A loop at its place in the transaction. ``content`` holds rules and nodes as the guide lists them."""

    def __init__(self, grammar: Grammar, loop: Loop, parent: Node | None, bit: int) -> None:
        self.id = loop.id
        self.parent = parent
        self.bit = bit
        self.position = loop.position
        self.repeat = loop.repeat
        self.usage = loop.usage
        self.is_subject = loop.id == grammar.guide.subject
        self.watched = loop.id in grammar.watched
        """Whether somebody wants to know when it opens or closes."""
        self.held = grammar.held.keys(loop.id)
        self.held_again = grammar.held.loop_again(loop.id)
        self.keys_again = grammar.held.keys_again(loop.id)
        self.content: list[Rule | Node] = []
        for at, item in enumerate(loop.content):
            if isinstance(item, Segment):
                self.content.append(Rule(self, item, 1 << at, grammar.told_by.get(item.id)))
            else:
                self.content.append(Node(grammar, item, self, 1 << at))
        self.required = [item for item in self.content if _required(item)]
        self.needed_all = sum(item.bit for item in self.required)
        self.needed = 0
        """What must have come in the loop around before this one opens."""
        first = self.content[0]
        assert isinstance(first, Rule)
        self.opener = first
        for inner in self.content:
            if isinstance(inner, Node):
                inner.needed = self.needed_before(inner.position)

    def needed_before(self, position: int) -> int:
        """The bits of what must have come before a position."""
        return sum(item.bit for item in self.required if item.position < position)


class Move:
    """Where a segment leads: so many loops are closed, then at most one is opened."""

    __slots__ = ("bit", "limit", "needed", "node", "rule", "state", "up")

    def __init__(self, rule: Rule, up: int, node: Node | None, state: State) -> None:
        self.rule = rule
        self.bit = rule.bit
        self.limit = rule.repeat
        self.up = up
        self.node = node
        self.state = state
        self.needed = state.needed


class State:
    """A place in the transaction: a loop and how far it has been read."""

    def __init__(self, node: Node, position: int) -> None:
        self.node = node
        self.position = position
        self.needed = node.needed_before(position)
        self.moves: dict[str, Move] = {}


class Grammar:
    """A guide, compiled for a listener: what it holds, and the loops whose opening or closing it waits for."""

    def __init__(self, guide: Guide, held: Held, watched: frozenset[str]) -> None:
        self.guide = guide
        self.held = held
        self.watched = watched
        self.told_by = dict(guide.told_by)
        self.root = Node(self, guide.root, None, 0)
        self.last = self.root.content[-1].bit
        """The bit of SE."""
        self._states: dict[tuple[int, int], State] = {}
        self.start = self.state(self.root, self.root.opener.position)
        self.ids = {rule.segment.id for rule in self.rules(self.root)}
        self.known = {key for rule in self.rules(self.root) for key in rule.keys}

    def key(self, elements: Sequence[str]) -> str:
        """What tells a segment's uses apart: its id, and its qualifiers where the guide tells by them."""
        name = elements[0]
        places = self.told_by.get(name)
        if places is None:
            return name
        if places == (1,):
            code = elements[1] if len(elements) > 1 else ""
            return name + ELEMENT + (code.partition(COMPONENT)[0] if COMPONENT in code else code)
        words = [elements[at].partition(COMPONENT)[0] if at < len(elements) else "" for at in places]
        return ELEMENT.join((name, *words))

    def state(self, node: Node, position: int) -> State:
        """The state of a loop read up to a position."""
        known = self._states.get((id(node), position))
        if known is None:
            known = self._states[id(node), position] = State(node, position)
        return known

    def move(self, state: State, key: str) -> Move | None:
        """Where a segment with this key leads from here, if anywhere."""
        found = state.moves.get(key)
        if found is None:
            found = next((move for move in self.reachable(state) if key in move.rule.keys), None)
            if found is not None:
                state.moves[key] = found
        return found

    def reachable(self, state: State) -> Iterator[Move]:
        """Every move from a state, in the order of the guide, inner loops first."""
        node: Node | None = state.node
        position, up = state.position, 0
        while node is not None:
            for item in node.content:
                if item.position < position:
                    continue
                if isinstance(item, Node):
                    yield Move(item.opener, up, item, self.state(item, item.opener.position))
                elif item is not node.opener:
                    yield Move(item, up, None, self.state(node, item.position))
            position, up, node = node.position, up + 1, node.parent

    def rules(self, node: Node) -> Iterator[Rule]:
        """All rules of a loop and the loops in it."""
        for item in node.content:
            if isinstance(item, Node):
                yield from self.rules(item)
            else:
                yield item

    def rule(self, loop: str, key: str) -> Rule:
        """A rule by the id of its loop and its key, qualifiers after ``*``.

        Raises:
            KeyError: the guide has no such segment there.
        """
        wanted = key.replace("*", ELEMENT)
        for rule in self.rules(self.root):
            if rule.node.id == loop and wanted in rule.keys:
                return rule
        raise KeyError(loop, key)


def _never(text: str) -> None:
    """Lets nothing pass: the segment has a note that no pattern says."""
    del text


def _required(item: Rule | Node) -> bool:
    return (item.usage if isinstance(item, Node) else item.segment.usage) == "R"


def _keys(segment: Segment, told_by: tuple[int, ...] | None) -> frozenset[str]:
    keys = [segment.id]
    for at in told_by or ():
        place = segment.elements[at - 1]
        if isinstance(place, Composite):
            place = place.parts[0]
        assert place is not None
        keys = [f"{key}{ELEMENT}{code}" for key in keys for code in place.codes]
    return frozenset(keys)

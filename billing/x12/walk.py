"""One transaction from ST to SE, segment by segment, against its guide. One pass, nothing looked at twice.

Frames are the loops that are open. A frame keeps its segments until it closes; whoever listens then takes what it
wants from it, so memory holds one claim at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from billing.x12.compiled import Grammar, Move, Node, Rule
from billing.x12.fault import Fault, Unmapped
from billing.x12.inspection import Problem, inspect
from billing.x12.recovery import Stray, recover
from billing.x12.syntax import COMPONENT, ELEMENT, shown

_PARSED_AT_MOST = 20_000
"""Segments kept per reading: the same place, date or payer comes again and again, the rest is let go."""

_NOTHING: list[Problem] = []

Spare = tuple[str, ...] | None
"""What a segment says that nobody holds: element names; empty is nothing, None the segment as a whole."""


class Held:
    """Which segments the listener holds: for each loop the keys, each with the places it leaves out."""

    def __init__(self, table: Mapping[str, Mapping[str, str]], many: frozenset[str]) -> None:
        self.many = many
        """Loop ids and ``loop key`` pairs that are held however often they come."""
        self._table = {
            loop: {key.replace("*", ELEMENT): tuple(places.split()) for key, places in keys.items()}
            for loop, keys in table.items()
        }

    def has(self, loop: str, key: str) -> bool:
        """Whether a segment is held at all."""
        return key in self._table.get(loop, ())

    def spare(self, loop: str, key: str, elements: list[str]) -> Spare:
        """What of a segment is not held."""
        loop_keys = self._table.get(loop)
        places = loop_keys.get(key) if loop_keys is not None else None
        if not places:
            return places
        return tuple([f"{elements[0]}{_named(place)}" for place in places if _said(elements, place)])


class Frame:
    """A loop that is open."""

    __slots__ = (
        "children",
        "counts",
        "extra",
        "held",
        "hl",
        "node",
        "numbers",
        "parent",
        "pending",
        "seen",
        "segments",
        "start",
        "value",
    )

    def __init__(self, node: Node, parent: Frame | None, start: int, held: bool) -> None:
        self.node = node
        self.parent = parent
        self.start = start
        self.held = held
        self.seen = 0
        self.counts: dict[int, int] | None = None
        self.segments: dict[str, list[str]] = {}
        """The first segment of each key, cut at the element separator."""
        self.numbers: list[int] = []
        """Their ordinals, in the same order."""
        self.extra: list[tuple[str, list[str]]] = []
        """Further ones, of those held however often they come."""
        self.children: dict[str, list[Frame]] = {}
        self.pending: dict[int, int] | None = None
        """Bits found missing when their position was passed, and at which segment."""
        self.hl: str | None = None
        self.value: Any = None

    def number(self, key: str) -> int:
        """The ordinal of a segment in the file; of the loop's first where it has none."""
        for at, known in zip(self.numbers, self.segments, strict=True):
            if known == key:
                return at
        return self.start

    def put(self, key: str, elements: list[str], number: int) -> None:
        """Keeps a segment, unless one of its key is kept."""
        if key not in self.segments:
            self.segments[key] = elements
            self.numbers.append(number)

    def first(self, name: str) -> Frame | None:
        """The first held child loop of this id."""
        found = self.children.get(name)
        return found[0] if found else None


class Walk:
    """Reads one transaction. ``opened`` and ``closed`` are called with the frames of the loops they name."""

    def __init__(self, grammar: Grammar, held: Held, start: int, parsed: dict[str, Any]) -> None:
        self.grammar = grammar
        self.held = held
        self.start = start
        self.parsed = parsed
        self.state = grammar.start
        self.root = self.frame = Frame(grammar.root, None, start, held=True)
        self.opened: dict[str, Callable[[Frame], None]] = {}
        self.closed: dict[str, Callable[[Frame], None]] = {}
        self.faults: list[Fault] = []
        self.unmapped: list[Unmapped] = []
        self.transaction: str | None = None
        self.claim: str | None = None

    def begin(self, text: str) -> None:
        """The ST segment."""
        elements = text.split(ELEMENT)
        self.transaction = elements[2] if len(elements) > 2 else None
        self._put(self.start, text, self.grammar.root.opener, self._entry(text))

    def take(self, number: int, text: str) -> None:
        """The next segment, with its ordinal in the file."""
        entry = self.parsed.get(text)
        if entry is None:
            entry = self._entry(text)
        key = entry[0]
        move = self.state.moves.get(key) or self.grammar.move(self.state, key)
        if move is None:
            move = self._astray(number, text, entry)
            if move is None:
                return
        frame = self.frame
        if move.up:
            for _ in range(move.up):
                self._close(frame, number)
                frame = frame.parent  # type: ignore[assignment]  # a move never goes above the root
            self.frame = frame
        if move.node is not None:
            if move.node.is_subject:
                self.claim = entry[1][1] if len(entry[1]) > 1 else ""
            frame = self._open(frame, move.node, key, number)
        self.state = state = move.state
        rule = move.rule
        if frame.seen & rule.bit and rule.repeat:
            self._again(frame, rule, number)
        frame.seen |= rule.bit
        if state.needed & ~frame.seen:
            _pend(frame, state.needed, number)
        if entry[2] is not rule:
            self._check(text, entry, rule)
        if entry[3] is not None or not frame.held:
            self._report(number, text, entry, frame)
        if key in frame.segments:
            self._repeated(frame, key, number, text, entry[1])
        else:
            frame.segments[key] = entry[1]
            frame.numbers.append(number)
        if move.node is not None and move.node.id in self.opened:
            self.opened[move.node.id](frame)

    def finish(self, number: int) -> None:
        """Closes what is open; ``number`` is the segment that ended the transaction."""
        frame: Frame | None = self.frame
        while frame is not None:
            self._close(frame, number)
            frame = frame.parent
        self.faults.sort(key=lambda fault: fault.segment_number)

    def fault(self, code: str, number: int, segment: str, frame: Frame | None = None, **said: Any) -> None:
        """Records a fault. ``element`` names the element, ``limit`` fills the message."""
        element = said.get("element")
        loop = frame.node.id if frame is not None else None
        params = [("segment", segment), ("loop", loop), ("element", element), ("limit", said.get("limit"))]
        self.faults.append(
            Fault(
                code=code,
                segment_number=number,
                segment=segment,
                position=number - self.start + 1,
                transaction=self.transaction,
                loop=loop,
                element=element,
                claim=self.claim,
                params=tuple((name, str(value)) for name, value in params if value is not None),
            )
        )

    def spare(self, number: int, frame: Frame, text: str, element: str | None = None) -> None:
        """Records what nobody holds."""
        self.unmapped.append(
            Unmapped(segment_number=number, loop=frame.node.id, text=shown(text), element=element, claim=self.claim)
        )

    def spare_segment(self, frame: Frame, key: str, element: str | None = None) -> None:
        """Records a kept segment that turned out not to fit."""
        self.spare(frame.number(key), frame, ELEMENT.join(frame.segments[key]), element)

    def _entry(self, text: str) -> list[Any]:
        elements = text.split(ELEMENT)
        if len(self.parsed) > _PARSED_AT_MOST:
            self.parsed.clear()
        entry = self.parsed[text] = [self.grammar.key(elements), elements, None, None]
        return entry

    def _put(self, number: int, text: str, rule: Rule, entry: list[Any]) -> None:
        """A segment into the open frame without moving on."""
        frame = self.frame
        frame.seen |= rule.bit
        self._check(text, entry, rule)
        self._report(number, text, entry, frame)
        frame.put(entry[0], entry[1], number)

    def _check(self, text: str, entry: list[Any], rule: Rule) -> None:
        problems = _NOTHING if rule.passes(text) else inspect(rule.segment, entry[1])
        spare = self.held.spare(rule.node.id, entry[0], entry[1])
        entry[2] = rule
        entry[3] = None if not problems and spare == () else (problems, spare)

    def _report(self, number: int, text: str, entry: list[Any], frame: Frame) -> None:
        found: tuple[list[Problem], Spare] = entry[3] or ([], ())
        for problem in found[0]:
            segment = entry[1][0]
            self.fault(problem.code, number, segment, frame, element=problem.element, limit=problem.limit or None)
        if found[1] is None or not frame.held:
            self.spare(number, frame, text)
            return
        for element in found[1]:
            self.spare(number, frame, text, element)

    def _open(self, frame: Frame, node: Node, key: str, number: int) -> Frame:
        if frame.seen & node.bit and node.repeat:
            count = frame.counts = frame.counts or {}
            count[node.bit] = count.get(node.bit, 1) + 1
            if count[node.bit] > node.repeat:
                inner = Frame(node, frame, number, held=False)
                self.fault("IK304-4", number, node.opener.segment.id, inner, limit=node.repeat)
        frame.seen |= node.bit
        if node.needed & ~frame.seen:
            _pend(frame, node.needed, number)
        known = frame.children.get(node.id)
        held = frame.held and self.held.has(node.id, key) and (known is None or node.id in self.held.many)
        opened = Frame(node, frame, number, held)
        if held and node.id not in self.closed:
            if known is None:
                frame.children[node.id] = [opened]
            else:
                known.append(opened)
        self.frame = opened
        return opened

    def _close(self, frame: Frame, number: int) -> None:
        needed = frame.node.needed_all & ~frame.seen
        if needed:
            self._missing(frame, needed, number)
        listener = self.closed.get(frame.node.id)
        if listener is not None:
            listener(frame)
        if frame.node.is_subject:
            self.claim = None

    def _missing(self, frame: Frame, needed: int, number: int) -> None:
        pending = frame.pending or {}
        for item in frame.node.required:
            if needed & item.bit:
                at = pending.get(item.bit, number)
                if isinstance(item, Node):
                    inner = Frame(item, frame, at, held=False)
                    self.fault("IK304-I7", at, item.opener.segment.id, inner)
                elif item is not frame.node.opener:
                    self.fault("IK304-3", at, item.segment.id, frame)

    def _again(self, frame: Frame, rule: Rule, number: int) -> None:
        count = frame.counts = frame.counts or {}
        count[rule.bit] = count.get(rule.bit, 1) + 1
        if count[rule.bit] > rule.repeat:
            self.fault("IK304-5", number, rule.segment.id, frame, limit=rule.repeat)

    def _repeated(self, frame: Frame, key: str, number: int, text: str, elements: list[str]) -> None:
        if f"{frame.node.id} {key}" in self.held.many:
            frame.extra.append((key, elements))
        elif frame.held and self.held.has(frame.node.id, key):
            self.spare(number, frame, text)

    def _astray(self, number: int, text: str, entry: list[Any]) -> Move | None:
        """What to do with a segment that leads nowhere; the move to make after all, if there is one."""
        stray: Stray = recover(self.grammar, self.state, self.frame, entry[0], entry[1][0])
        frame = self.frame
        for _ in range(stray.up):
            frame = frame.parent or frame
        if stray.implied is not None:
            for _ in range(stray.up):
                self._close(self.frame, number)
                self.frame = self.frame.parent or self.frame
            opened = self._open(self.frame, stray.implied, stray.implied.opener.segment.id, number)
            self.fault("IK304-3", number, stray.implied.opener.segment.id, opened)
            self.state = self.grammar.state(stray.implied, stray.implied.opener.position)
            return self.grammar.move(self.state, entry[0])
        if stray.code is not None:
            limit = stray.rule.repeat if stray.rule is not None else None
            self.fault(stray.code, number, entry[1][0], frame, limit=limit)
        if stray.rule is not None:
            frame.seen |= stray.rule.bit
            self._check(text, entry, stray.rule)
            self._report(number, text, entry, frame)
            frame.put(entry[0], entry[1], number)
        elif stray.move is None:
            self.spare(number, frame, text)
        return stray.move


def _pend(frame: Frame, needed: int, number: int) -> None:
    pending = frame.pending = frame.pending if frame.pending is not None else {}
    for item in frame.node.required:
        if needed & item.bit and not frame.seen & item.bit:
            pending.setdefault(item.bit, number)


def _named(place: str) -> str:
    element, dash, component = place.partition("-")
    return f"{int(element):02d}{dash}{component}"


def _said(elements: list[str], place: str) -> bool:
    element, _, component = place.partition("-")
    at = int(element)
    if at >= len(elements) or not elements[at]:
        return False
    parts = elements[at].split(COMPONENT)
    return not component or (int(component) <= len(parts) and bool(parts[int(component) - 1]))

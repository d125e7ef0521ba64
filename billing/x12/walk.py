"""One transaction from ST to SE, segment by segment, against its guide. One pass, nothing looked at twice.

Frames are the loops that are open. A frame keeps its segments until it closes; whoever listens then takes what it
wants from it, so memory holds one claim at a time. ``take`` runs once a segment and is written out for speed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from billing.x12.compiled import Grammar, Move, Node, Rule
from billing.x12.fault import Fault, Unmapped
from billing.x12.frame import Frame
from billing.x12.inspection import Problem, inspect
from billing.x12.recovery import recover
from billing.x12.syntax import ELEMENT, shown

_PARSED_AT_MOST = 2_000
"""Segments kept per reading: the same place, date or payer comes again and again, the rest is let go."""

_KEY, _ELEMENTS, _RULE, _FOUND = range(4)
"""What is known of a segment's text: key, elements, the rule it was checked by, what was found (None for nothing)."""

_NOTHING: list[Problem] = []


class Walk:
    """Reads one transaction. ``opened`` and ``closed`` are called with the frames of the loops they name."""

    def __init__(self, grammar: Grammar, start: int, parsed: dict[str, Any]) -> None:
        self.grammar = grammar
        self.start = start
        self.parsed = parsed
        self.met: set[str] = set()
        self.state = grammar.start
        self.root = self.frame = Frame(grammar.root, None, start, held=True)
        self.opened: dict[str, Callable[[Frame], None]] = {}
        self.closed: dict[str, Callable[[Frame], None]] = {}
        self.faults: list[Fault] = []
        self.unmapped: list[Unmapped] = []
        self.transaction: str | None = None
        self.subject: str | None = None
        """What the faults are about: the number of the open claim."""

    def begin(self, text: str) -> None:
        """The ST segment."""
        entry = self._entry(text)
        elements: list[str] = entry[_ELEMENTS]
        self.transaction = elements[2] if len(elements) > 2 else None
        self._put(self.frame, self.grammar.root.opener, text, entry, self.start)

    def take(self, number: int, text: str) -> None:  # noqa: C901, PLR0912  once a segment: written out for speed
        """The next segment, with its ordinal in the file."""
        entry = self.parsed.get(text)
        if entry is None:
            entry = self._entry(text)
        key = entry[_KEY]
        move = self.state.moves.get(key) or self.grammar.move(self.state, key)
        if move is None:
            move = self._astray(number, text, entry)
            if move is None:
                return
        frame = self.frame
        if move.up:
            self._close(move.up, number)
            frame = self.frame
        node = move.node
        if node is not None:
            if node.is_subject:
                elements = entry[_ELEMENTS]
                self.subject = elements[1] if len(elements) > 1 else ""
            frame = self._open(frame, node, key, number)
        elif frame.seen & move.bit and move.limit:
            self._again(frame, move.rule, number)
        frame.seen |= move.bit
        if move.needed & ~frame.seen:
            frame.pend(move.needed, number)
        self.state = move.state
        if entry[_RULE] is not move.rule:
            self._check(text, entry, move.rule)
        if entry[_FOUND] is not None or not frame.held:
            self._report(number, text, entry, frame)
        if key in frame.segments:
            self._repeated(frame, key, number, text, entry[_ELEMENTS])
        else:
            frame.segments[key] = entry[_ELEMENTS]
            frame.numbers.append(number)
        if node is not None and node.watched and node.id in self.opened:
            self.opened[node.id](frame)

    def finish(self, number: int) -> None:
        """Closes what is open; ``number`` is the segment that ended the transaction."""
        depth = 1
        frame = self.frame
        # Whether there was an SE is told by the envelopes.
        self.root.seen |= self.grammar.last
        while frame.parent is not None:
            frame, depth = frame.parent, depth + 1
        self._close(depth, number)
        self.faults.sort(key=lambda fault: fault.segment_number)

    def fault(self, code: str, number: int, segment: str, frame: Frame, **said: Any) -> None:
        """Records a fault. ``element`` names the element, ``limit`` fills the message."""
        element = said.get("element")
        loop = frame.node.id
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
                claim=self.subject,
                params=tuple((name, str(value)) for name, value in params if value is not None),
            )
        )

    def spare(self, number: int, frame: Frame, text: str, element: str | None = None) -> None:
        """Records what nobody holds."""
        self.unmapped.append(
            Unmapped(segment_number=number, loop=frame.node.id, text=shown(text), element=element, claim=self.subject)
        )

    def spare_segment(self, frame: Frame, key: str, element: str | None = None) -> None:
        """Records a kept segment that turned out not to fit."""
        self.spare(frame.number(key), frame, ELEMENT.join(frame.segments[key]), element)

    def _entry(self, text: str) -> list[Any]:
        elements = text.split(ELEMENT)
        entry = [self.grammar.key(elements), elements, None, None]
        if text in self.met:
            if len(self.parsed) > _PARSED_AT_MOST:
                self.parsed.clear()
            self.parsed[text] = entry
        else:
            # Most segments come once: they are kept only when they come a second time.
            if len(self.met) > _PARSED_AT_MOST:
                self.met.clear()
            self.met.add(text)
        return entry

    def _put(self, frame: Frame, rule: Rule, text: str, entry: list[Any], number: int) -> None:
        """A segment into a frame without moving on."""
        frame.seen |= rule.bit
        self._check(text, entry, rule)
        self._report(number, text, entry, frame)
        frame.put(entry[_KEY], entry[_ELEMENTS], number)

    def _check(self, text: str, entry: list[Any], rule: Rule) -> None:
        elements = entry[_ELEMENTS]
        problems = _NOTHING if rule.passes(text) else inspect(rule.segment, elements)
        places = rule.node.held.get(entry[_KEY])
        spare: list[str] | None
        if places is None:
            spare = None
        else:
            spare = []
            if places and len(elements) > places[0].element:
                spare = [elements[0] + place.name for place in places if place.said(elements)]
        entry[_RULE] = rule
        entry[_FOUND] = (problems, spare) if problems or spare is None or spare else None

    def _report(self, number: int, text: str, entry: list[Any], frame: Frame) -> None:
        problems, spare = entry[_FOUND] or (_NOTHING, [])
        for problem in problems:
            limit = problem.limit or None
            self.fault(problem.code, number, entry[_ELEMENTS][0], frame, element=problem.element or None, limit=limit)
        if spare is None or not frame.held:
            self.spare(number, frame, text)
            return
        for element in spare:
            self.spare(number, frame, text, element)

    def _open(self, frame: Frame, node: Node, key: str, number: int) -> Frame:
        if frame.seen & node.bit and node.repeat:
            count = frame.count(node.bit)
            if count > node.repeat:
                inner = Frame(node, frame, number, held=False)
                self.fault("IK304-4", number, node.opener.segment.id, inner, limit=node.repeat)
        frame.seen |= node.bit
        if node.needed & ~frame.seen:
            frame.pend(node.needed, number)
        held = frame.held and key in node.held
        if held and not node.watched:
            held = frame.keep_child(node, opened := Frame(node, frame, number, held=True))
            opened.held = held
        else:
            opened = Frame(node, frame, number, held)
        self.frame = opened
        return opened

    def _close(self, depth: int, number: int) -> None:
        """Closes so many loops, the innermost first."""
        frame = self.frame
        for _ in range(depth):
            node = frame.node
            needed = node.needed_all & ~frame.seen
            if needed:
                self._missing(frame, needed, number)
            if node.watched:
                listener = self.closed.get(node.id)
                if listener is not None:
                    listener(frame)
            if node.is_subject:
                self.subject = None
            outer = frame.parent
            if outer is None:
                break
            # A closed loop forgets the one around it: no circles are left for the garbage collector.
            frame.parent = None
            frame = outer
        self.frame = frame

    def _missing(self, frame: Frame, needed: int, number: int) -> None:
        pending = frame.pending or {}
        for item in frame.node.required:
            if needed & item.bit:
                at = pending.get(item.bit, number)
                if isinstance(item, Node):
                    self.fault("IK304-I7", at, item.opener.segment.id, Frame(item, frame, at, held=False))
                elif item is not frame.node.opener:
                    self.fault("IK304-3", at, item.segment.id, frame)

    def _again(self, frame: Frame, rule: Rule, number: int) -> None:
        if frame.count(rule.bit) > rule.repeat:
            self.fault("IK304-5", number, rule.segment.id, frame, limit=rule.repeat)

    def _repeated(self, frame: Frame, key: str, number: int, text: str, elements: list[str]) -> None:
        if key in frame.node.keys_again:
            frame.extra = [*frame.extra, (key, elements)]
        elif frame.held and key in frame.node.held:
            self.spare(number, frame, text)

    def _astray(self, number: int, text: str, entry: list[Any]) -> Move | None:
        """What to do with a segment that leads nowhere; the move to make after all, if there is one."""
        name = entry[_ELEMENTS][0]
        stray = recover(self.grammar, self.state, self.frame, entry[_KEY], name)
        if stray.implied is not None:
            opener = stray.implied.opener
            self._close(stray.up, number)
            opened = self._open(self.frame, stray.implied, opener.segment.id, number)
            self.fault("IK304-3", number, opener.segment.id, opened)
            self.state = self.grammar.state(stray.implied, opener.position)
            return self.grammar.move(self.state, entry[_KEY])
        frame = self.frame
        for _ in range(stray.up):
            frame = frame.parent or frame
        if stray.code is not None:
            limit = stray.rule.repeat if stray.rule is not None else None
            self.fault(stray.code, number, name, frame, limit=limit)
        if stray.rule is not None:
            self._put(frame, stray.rule, text, entry, number)
        elif stray.move is None:
            self.spare(number, frame, text)
        return stray.move

"""A segment where the guide has none: the likeliest fault, so that one fault is told once and reading goes on."""

from __future__ import annotations

from billing.x12.compiled import Grammar, Move, Node, Rule, State
from billing.x12.frame import Frame
from billing.x12.standard import SEGMENTS
from billing.x12.syntax import ELEMENT


class Stray:
    """What a stray segment is taken for. ``up`` loops above the open one it belongs."""

    def __init__(
        self,
        code: str | None,
        up: int = 0,
        rule: Rule | None = None,
        implied: Node | None = None,
        move: Move | None = None,
    ) -> None:
        self.code = code
        self.up = up
        self.rule = rule
        """It belongs to this rule of a loop that is open, but comes late or too often."""
        self.implied = implied
        """The loop it belongs to was never opened: its first segment is missing."""
        self.move = move
        """The move to make all the same."""


def recover(grammar: Grammar, state: State, frame: Frame, key: str, name: str) -> Stray:
    """The likeliest reading, nearest first: late in this loop, first of a loop missing, late outside, wrong code."""
    found = _late_here(frame, key) or _unopened(grammar, state, frame, key) or _late_outside(grammar, frame, key)
    if found is not None:
        return found
    if key in grammar.known:
        return Stray("IK304-2")
    if name in grammar.ids:
        return _miscoded(grammar, state, frame, key)
    return Stray("IK304-6" if name in SEGMENTS else "IK304-1")


def _late_here(frame: Frame, key: str) -> Stray | None:
    own = _rule(frame.node, key)
    if own is None:
        return None
    if not _full(frame, own):
        return Stray("IK304-7", rule=own)
    if frame.node.repeat == 1:
        return Stray("IK304-5", rule=own)
    return Stray("IK304-3", up=1, implied=frame.node)


def _unopened(grammar: Grammar, state: State, frame: Frame, key: str) -> Stray | None:
    for move in grammar.reachable(state):
        node = move.node
        item = (_rule(node, key) or _child(node, key)) if node is not None else None
        # More than its first segment missing, in it or before it: then it is no loop whose first segment was lost.
        if (
            node is not None
            and item is not None
            and not node.needed_before(item.position) & ~node.opener.bit
            and not node.needed & ~_above(frame, move.up).seen
        ):
            return Stray("IK304-3", up=move.up, implied=node)
    return None


def _above(frame: Frame, levels: int) -> Frame:
    for _ in range(levels):
        frame = frame.parent or frame
    return frame


def _late_outside(grammar: Grammar, frame: Frame, key: str) -> Stray | None:
    outer: Frame | None = frame
    up, whole = 0, True
    while outer is not None:
        rule = _rule(outer.node, key)
        if rule is not None:
            return Stray("IK304-5" if _full(outer, rule) else "IK304-7", up=up, rule=rule)
        late = _child(outer.node, key)
        if late is not None and whole:
            move = Move(late.opener, up, late, grammar.state(late, late.opener.position))
            return Stray("IK304-7", up=up, move=move)
        # A loop that lacks something is not left for one that should have come before it.
        whole = whole and not outer.node.needed_all & ~outer.seen
        outer, up = outer.parent, up + 1
    return None


def _miscoded(grammar: Grammar, state: State, frame: Frame, key: str) -> Stray:
    """Its code is none of the guide's: it is taken for what is still required here, else for the first of its kind."""
    name, _, _ = key.partition(ELEMENT)
    moves = [move for move in grammar.reachable(state) if move.rule.segment.id == name and move.rule.segment.id != "SE"]
    if not moves:
        return Stray("IK304-2")

    def fit(move: Move) -> tuple[bool, bool, bool, int]:
        item = move.node or move.rule
        wanted = item in (move.rule.node.parent if move.node else move.rule.node).required  # type: ignore[union-attr]  # a loop opened by a move has a parent
        half = any(known.split(ELEMENT)[1:2] == key.split(ELEMENT)[1:2] for known in move.rule.keys)
        full = move.node is None and move.up == 0 and _full(frame, move.rule)
        return (not half, full, not (move.up == 0 and wanted and not frame.seen & item.bit), move.up)

    return Stray(None, move=min(moves, key=fit))


def _rule(node: Node, key: str) -> Rule | None:
    for item in node.content:
        if isinstance(item, Rule) and item is not node.opener and key in item.keys:
            return item
    return None


def _child(node: Node, key: str) -> Node | None:
    for item in node.content:
        if isinstance(item, Node) and key in item.opener.keys:
            return item
    return None


def _full(frame: Frame, rule: Rule) -> bool:
    if not frame.seen & rule.bit or not rule.repeat:
        return False
    return (frame.counts or {}).get(rule.bit, 1) >= rule.repeat

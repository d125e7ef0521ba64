"""A loop that is open: its segments so far, and what it still lacks."""

from __future__ import annotations

from typing import Any

from billing.x12.compiled import Node


class Frame:
    """One loop of one file. What is rare stands in the class until it happens."""

    extra: list[tuple[str, list[str]]] = []  # noqa: RUF012  replaced, never changed
    """Further segments of the keys that are held however often they come."""
    children: dict[str, list[Frame]] = {}  # noqa: RUF012  replaced, never changed
    """Held child loops that nobody waits for, by id."""
    counts: dict[int, int] | None = None
    """How often what has come again has come, by bit."""
    pending: dict[int, int] | None = None
    """Bits found missing when their position was passed, and at which segment."""
    hl: str | None = None
    """HL01 of a loop that has one."""
    value: Any = None
    """What a listener made of it."""

    def __init__(self, node: Node, parent: Frame | None, start: int, held: bool) -> None:
        self.node = node
        self.parent = parent
        self.start = start
        self.held = held
        self.seen = 0
        self.segments: dict[str, list[str]] = {}
        """The first segment of each key, cut at the element separator."""
        self.numbers: list[int] = []
        """Their ordinals, in the same order."""

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

    def all(self, key: str) -> list[list[str]]:
        """All segments of a key that is held however often it comes, in their order."""
        first = self.segments.get(key)
        return [] if first is None else [first, *(more for name, more in self.extra if name == key)]

    def first(self, name: str) -> Frame | None:
        """The first held child loop of this id."""
        found = self.children.get(name)
        return found[0] if found else None

    def keep_child(self, node: Node, child: Frame) -> bool:
        """Keeps a child loop, unless one is kept and no more are wanted; whether it was kept."""
        if not self.children:
            self.children = {node.id: [child]}
            return True
        known = self.children.setdefault(node.id, [])
        if known and not node.held_again:
            return False
        known.append(child)
        return True

    def count(self, bit: int) -> int:
        """Counts what came once more, and how often it has come now."""
        if self.counts is None:
            self.counts = {}
        found = self.counts[bit] = self.counts.get(bit, 1) + 1
        return found

    def pend(self, needed: int, number: int) -> None:
        """Remembers where it was first noticed that something is missing; it may still come late."""
        if self.pending is None:
            self.pending = {}
        for item in self.node.required:
            if needed & item.bit and not self.seen & item.bit:
                self.pending.setdefault(item.bit, number)

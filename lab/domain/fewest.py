"""The fewest containers for some volumes: bin packing, exact for what one visit ever asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

PATIENCE = 5_000
"""Arrangements looked at before the best found so far is taken; a visit's tests need far fewer."""


class Item(NamedTuple):
    """What one test needs of a container."""

    volume: int
    storages: frozenset[str]
    """Where the container may be kept for it. Two share only where one place suits both."""


Bin = list[int]


def fewest(items: Sequence[Item], capacity: int | None) -> list[Bin]:
    """Indexes of the items, container by container: the fewest, no container over ``capacity``.

    An item larger than the capacity has a container of its own. The result depends on the items' order only where
    several arrangements are equally few, so a caller who sorts them first always has the same.
    """
    order = sorted(range(len(items)), key=lambda index: (-items[index].volume, index))
    found = _first_fit(items, order, capacity)
    least = _at_least(items, capacity)
    if len(found) > least:
        found = _Search(items, order, capacity, found, least).best
    return [sorted(each) for each in found]


def _first_fit(items: Sequence[Item], order: Sequence[int], capacity: int | None) -> list[Bin]:
    bins: list[Bin] = []
    states: list[Item] = []
    for index in order:
        for place, state in enumerate(states):
            both = _together(state, items[index], capacity)
            if both is not None:
                bins[place].append(index)
                states[place] = both
                break
        else:
            bins.append([index])
            states.append(items[index])
    return bins


def _together(one: Item, other: Item, capacity: int | None) -> Item | None:
    volume = one.volume + other.volume
    storages = one.storages & other.storages
    if not storages or (capacity is not None and volume > capacity):
        return None
    return Item(volume, storages)


def _at_least(items: Sequence[Item], capacity: int | None) -> int:
    if not items:
        return 0
    return 1 if not capacity else max(1, -(-sum(min(item.volume, capacity) for item in items) // capacity))


class _Search:
    """Depth first over the items, largest first; equal containers are tried once, hopeless branches not at all."""

    def __init__(
        self, items: Sequence[Item], order: Sequence[int], capacity: int | None, best: list[Bin], least: int
    ) -> None:
        self.items = items
        self.order = order
        self.capacity = capacity
        self.best = best
        self.least = least
        self.left = PATIENCE
        self.bins: list[Bin] = []
        self.states: list[Item] = []
        self.seen: set[tuple[int, tuple[tuple[int, tuple[str, ...]], ...]]] = set()
        self._go(0)

    def _go(self, depth: int) -> None:
        if len(self.bins) >= len(self.best) or len(self.best) == self.least or self.left <= 0:
            return
        if depth == len(self.order):
            self.best = [list(each) for each in self.bins]
            return
        self.left -= 1
        mark = (depth, tuple(sorted((state.volume, tuple(sorted(state.storages))) for state in self.states)))
        if mark in self.seen:
            return
        self.seen.add(mark)
        index = self.order[depth]
        tried: set[Item] = set()
        for place, state in enumerate(self.states):
            both = _together(state, self.items[index], self.capacity)
            if both is None or state in tried:
                continue
            tried.add(state)
            self.bins[place].append(index)
            self.states[place] = both
            self._go(depth + 1)
            self.bins[place].pop()
            self.states[place] = state
        self.bins.append([index])
        self.states.append(self.items[index])
        self._go(depth + 1)
        self.bins.pop()
        self.states.pop()

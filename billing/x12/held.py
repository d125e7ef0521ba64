"""Which segments a listener holds; the rest of a file is given back to whoever reads it, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from billing.x12.syntax import COMPONENT, ELEMENT


class Place:
    """An element, or a component of one, that a held segment leaves out."""

    def __init__(self, text: str) -> None:
        element, dash, component = text.partition("-")
        self.element = int(element)
        self.component = int(component or "0")
        self.name = f"{self.element:02d}{dash}{component}"

    def said(self, elements: Sequence[str]) -> bool:
        """Whether a segment says something there."""
        if self.element >= len(elements) or not elements[self.element]:
            return False
        parts = elements[self.element].split(COMPONENT)
        return not self.component or (self.component <= len(parts) and bool(parts[self.component - 1]))


class Held:
    """For each loop the keys held, each with the places it leaves out (``10``, ``11-5``).

    ``many`` names loops, and ``loop key`` pairs, that are held however often they come; others only once.
    """

    def __init__(self, table: Mapping[str, Mapping[str, str]], many: Sequence[str]) -> None:
        self._many = frozenset(name.replace("*", ELEMENT) for name in many)
        self._table = {
            loop: {key.replace("*", ELEMENT): tuple(map(Place, places.split())) for key, places in keys.items()}
            for loop, keys in table.items()
        }

    def keys(self, loop: str) -> Mapping[str, tuple[Place, ...]]:
        """The keys held of a loop."""
        return self._table.get(loop, {})

    def loop_again(self, loop: str) -> bool:
        """Whether a loop is held more than once."""
        return loop in self._many

    def keys_again(self, loop: str) -> frozenset[str]:
        """The keys of a loop that are held more than once."""
        return frozenset(key for key in self.keys(loop) if f"{loop} {key}" in self._many)

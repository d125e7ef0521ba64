"""One thing spoiled in a good file, given as its segments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

Parts = list[str]
Found = tuple[str, str, str | None, str | None]
"""Code, segment, loop and element of a fault."""


def at_start(parts: Parts, start: str, nth: int = 1) -> int:
    """Where the segment stands that begins so."""
    return [at for at, part in enumerate(parts) if part.startswith(start)][nth - 1]


def drop(start: str, nth: int = 1) -> Callable[[Parts], None]:
    return lambda parts: parts.pop(at_start(parts, start, nth)) and None


def put(start: str, old: str, new: str, nth: int = 1) -> Callable[[Parts], None]:
    """Replaces text in a segment, once."""

    def spoil(parts: Parts) -> None:
        at = at_start(parts, start, nth)
        assert old in parts[at], parts[at]
        parts[at] = parts[at].replace(old, new, 1)

    return spoil


def element(start: str, place: int, text: str, nth: int = 1) -> Callable[[Parts], None]:
    """Puts text at an element; empties at the end are cut."""

    def spoil(parts: Parts) -> None:
        at = at_start(parts, start, nth)
        elements = parts[at].split("*")
        elements += [""] * (place + 1 - len(elements))
        elements[place] = text
        parts[at] = "*".join(elements).rstrip("*")

    return spoil


def after(start: str, *more: str, nth: int = 1) -> Callable[[Parts], None]:
    def spoil(parts: Parts) -> None:
        at = at_start(parts, start, nth)
        parts[at + 1 : at + 1] = more

    return spoil


def again(start: str, nth: int = 1) -> Callable[[Parts], None]:
    def spoil(parts: Parts) -> None:
        at = at_start(parts, start, nth)
        parts.insert(at, parts[at])

    return spoil


def move(start: str, behind: str, nth: int = 1) -> Callable[[Parts], None]:
    def spoil(parts: Parts) -> None:
        part = parts.pop(at_start(parts, start, nth))
        parts.insert(at_start(parts, behind, nth) + 1, part)

    return spoil


_PIECES = (
    "*",
    ":",
    "~",
    "^",
    "~~",
    "**",
    "\n",
    " ",
    "\x1c",
    "\x1d",
    "\x1e",
    "\x1f",
    "É",
    "\x00",
    "HL*",
    "ISA*",
    "-",
    ".",
)


def spoilt(rng: Random, data: bytes) -> bytes:
    """A file with a few bytes changed, cut or doubled."""
    text = bytearray(data)
    for _ in range(rng.randrange(1, 5)):
        at = rng.randrange(len(text))
        match rng.randrange(6):
            case 0:
                text[at] = rng.randrange(256)
            case 1:
                del text[at : at + rng.randrange(1, 40)]
            case 2:
                text[at:at] = rng.choice(_PIECES).encode()
            case 3:
                text[at:at] = text[max(0, at - rng.randrange(1, 60)) : at]
            case 4:
                text[at:at] = bytes(rng.randrange(256) for _ in range(3))
            case _:
                text[at : at + 1] = rng.choice(_PIECES).encode()
        if not text:
            text = bytearray(b"ISA")
    return bytes(text)


def shuffled(rng: Random, data: bytes, words: Sequence[str]) -> bytes:
    """A file with a few segments moved, doubled or cut, or an element replaced by one of the words."""
    parts = data.decode().removesuffix("~").split("~")
    for _ in range(rng.randrange(1, 4)):
        at, other = rng.randrange(len(parts)), rng.randrange(len(parts))
        match rng.randrange(4):
            case 0:
                parts[at], parts[other] = parts[other], parts[at]
            case 1:
                parts.insert(at, parts[other])
            case 2 if len(parts) > 1:
                del parts[at]
            case _:
                elements = parts[at].split("*")
                elements[rng.randrange(len(elements))] = rng.choice(words)
                parts[at] = "*".join(elements)
    return ("~".join(parts) + "~").encode()

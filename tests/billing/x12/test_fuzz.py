"""Whatever the bytes, reading ends with a reading: it never raises, and never hangs."""

from __future__ import annotations

from random import Random

from billing.x12 import Reading, read_837p, write_837p
from tests.billing.x12.files import TRANSMISSION, segments, sendable
from tests.counts import count

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


def _spoil(rng: Random, data: bytes) -> bytes:
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


def _shuffle(rng: Random, data: bytes) -> bytes:
    parts = segments(data)
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
                elements[rng.randrange(len(elements))] = rng.choice(("", "X", "9" * 40, "HC:99213", "20251399"))
                parts[at] = "*".join(elements)
    return ("~".join(parts) + "~").encode()


def test_spoiled_files_are_read_without_raising():
    rng = Random(20)
    sources = [write_837p(TRANSMISSION, sendable(2, seed)) for seed in range(20)]
    for turn in range(count(2_000, 100_000)):
        source = rng.choice(sources)
        data = _spoil(rng, source) if turn % 2 else _shuffle(rng, source)
        reading = read_837p(data)
        assert isinstance(reading, Reading)
        for fault in reading.errors:
            assert str(fault)


def test_noise_is_read_without_raising():
    rng = Random(21)
    for _ in range(count(500, 20_000)):
        noise = bytes(rng.randrange(256) for _ in range(rng.randrange(300)))
        assert not read_837p(noise).claims
        assert not read_837p(b"ISA" + noise).ok


def test_a_long_line_of_separators_does_not_hang():
    assert not read_837p(b"ISA" + b"*" * 200_000).ok
    assert not read_837p(b"ISA" + b"*" * 16 + b":~" + b"~" * 200_000).ok
    assert not read_837p(write_837p(TRANSMISSION, sendable(1)) + b"ISA*" * 50_000).ok

"""What a ZPL printer says of itself when it is asked (``~HS``): three strings between STX and ETX."""

from __future__ import annotations

ASK = b"~HS"
STX, ETX = b"\x02", b"\x03"
STRINGS = 3

# Places in the first two strings, counted from 0.
_PAPER_OUT, _PAUSED = 1, 2
_HEAD_OPEN, _RIBBON_OUT = 2, 3


def complete(heard: bytes) -> bool:
    """Whether the whole answer is there."""
    return heard.count(ETX) >= STRINGS


def fault_in(heard: bytes) -> str | None:
    """What keeps the printer from printing, None where nothing does or the answer cannot be read."""
    strings = [part.rpartition(STX)[2].split(b",") for part in heard.split(ETX)[:STRINGS]]
    if len(strings) < 2:
        return None
    first, second = strings[0], strings[1]
    flags = (
        ("head_open", second, _HEAD_OPEN),
        ("ribbon_out", second, _RIBBON_OUT),
        ("paper_out", first, _PAPER_OUT),
        ("paused", first, _PAUSED),
    )
    return next((code for code, fields, place in flags if fields[place : place + 1] == [b"1"]), None)

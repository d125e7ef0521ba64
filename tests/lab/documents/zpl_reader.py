"""A small, strict reader of ZPL II: what a printer would burn, from the bytes alone. Knows nothing of who wrote them.

Takes ``^XA ^XZ ^CI28 ^PW ^LL ^LH ^PQ ^FO ^GFA ^FS`` and nothing else; a command out of its place or a field that does
not fill its rows is an error, as is a dot outside the label.
"""

from __future__ import annotations

import re

from PIL import Image

COMMAND = re.compile(r"\^([A-Z][A-Z0-9])([^\^~]*)")


def read_zpl(sent: bytes) -> list[Image.Image]:
    """Every label of a stream as a black and white picture."""
    text = sent.decode("ascii")
    if "~" in text:
        raise ValueError("a control command among labels")
    if not text.startswith("^XA") or COMMAND.sub("", text).strip():
        raise ValueError("bytes outside commands")
    labels: list[Image.Image] = []
    label: _Label | None = None
    for found in COMMAND.finditer(text):
        name, given = found.group(1), found.group(2).strip("\n")
        if name == "XA":
            if label is not None:
                raise ValueError("a label within a label")
            label = _Label()
        elif label is None:
            raise ValueError(f"^{name} outside a label")
        elif name == "XZ":
            labels.append(label.finished())
            label = None
        else:
            label.take(name, given)
    if label is not None:
        raise ValueError("a label without an end")
    return labels


class _Label:
    def __init__(self) -> None:
        self.size: dict[str, int] = {}
        self.page: Image.Image | None = None
        self.at: tuple[int, int] | None = None

    def take(self, name: str, given: str) -> None:
        if name in {"PW", "LL"}:
            self.size[name] = int(given)
        elif name in {"CI", "LH", "PQ"}:
            if (name, given) not in {("CI", "28"), ("LH", "0,0"), ("PQ", "1")}:
                raise ValueError(f"^{name}{given}")
        elif name == "FO":
            if self.at is not None:
                raise ValueError("a field within a field")
            x, y = map(int, given.split(","))
            self.at = (x, y)
        elif name == "GF":
            self._graphic(given)
        elif name == "FS":
            if self.at is None:
                raise ValueError("the end of no field")
            self.at = None
        else:
            raise ValueError(f"^{name} is not known")

    def _graphic(self, given: str) -> None:
        kind, size, total, stride, data = given.split(",", 4)
        if kind != "A" or size != total or self.at is None:
            raise ValueError("a graphic that is none")
        if self.page is None:
            self.page = Image.new("1", (self.size["PW"], self.size["LL"]), 1)
        rows = unpacked(data, int(stride) * 2)
        if len(rows) * int(stride) != int(total):
            raise ValueError(f"{len(rows)} rows of {stride} bytes are not {total}")
        left, top = self.at
        field = Image.frombytes("1", (int(stride) * 8, len(rows)), bytes.fromhex("".join(rows)))
        inked = field.getbbox() or (0, 0, 0, 0)
        if left < 0 or top < 0 or left + inked[2] > self.page.width or top + inked[3] > self.page.height:
            raise ValueError("a dot outside the label")
        self.page.paste(0, (left, top), field)

    def finished(self) -> Image.Image:
        if self.at is not None:
            raise ValueError("a field without an end")
        return self.page or Image.new("1", (self.size["PW"], self.size["LL"]), 1)


def unpacked(data: str, digits: int) -> list[str]:
    """Rows of hexadecimal digits out of ZPL's packing."""
    rows: list[str] = []
    row, times = "", 0
    for mark in data:
        if "G" <= mark <= "Y":
            times += ord(mark) - ord("F")
        elif "g" <= mark <= "z":
            times += (ord(mark) - ord("f")) * 20
        elif mark in "0123456789ABCDEF":
            row += mark * (times or 1)
            times = 0
        elif mark in ",!":
            if times:
                raise ValueError("a count without a digit")
            row += ("0" if mark == "," else "F") * (digits - len(row))
        elif mark == ":":
            if row or times or not rows:
                raise ValueError("a row that repeats nothing")
            row = rows[-1]
        else:
            raise ValueError(f"{mark!r} is no mark of a graphic")
        if len(row) > digits:
            raise ValueError("a row that is too long")
        if len(row) == digits:
            rows.append(row)
            row = ""
    if row or times:
        raise ValueError("a row that is too short")
    return rows

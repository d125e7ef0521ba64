"""Labels as ZPL II, the language of raw label printers: dots alone, so that every printer sets the same ones.

Each line of text and each symbol is one graphic field (``^FO`` and ``^GFA``), its rows packed with ZPL's own marks:
``G``-``Y`` and ``g``-``z`` repeat a digit, ``,`` and ``!`` fill a row with white or black, ``:`` repeats the row above.
No text is sent as text: a name can hold no command, and accents need no font in the printer. ``^CI28`` stands there for
what a printer itself adds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lab.documents.label_dots import Patch, moved, patches
from lab.documents.label_layout import Laid


def zpl(laid: Laid, *, right: int = 0, down: int = 0) -> bytes:
    """One label, from ``^XA`` to ``^XZ``. The offset is the printer's, in dots."""
    fields = (moved(patch, right, down, laid) for patch in patches(laid))
    body = "".join(_field(patch) for patch in fields if patch is not None)
    return f"^XA^CI28^PW{laid.width}^LL{laid.height}^LH0,0^PQ1\n{body}^XZ\n".encode("ascii")


def zpl_file(labels: Iterable[Laid], *, right: int = 0, down: int = 0) -> bytes:
    """Any number of labels, one after another."""
    return b"".join(zpl(laid, right=right, down=down) for laid in labels)


def _field(patch: Patch) -> str:
    stride = (patch.width + 7) // 8
    pad = stride * 8 - patch.width
    packed, above = [], ""
    for row in patch.rows:
        digits = f"{row << pad:0{stride * 2}X}"
        packed.append(":" if digits == above else _packed(digits))
        above = digits
    total = stride * len(patch.rows)
    return f"^FO{patch.x},{patch.y}^GFA,{total},{total},{stride},{''.join(packed)}^FS\n"


_TAIL = re.compile(r"(0+|F+)$")
_REPEATED = re.compile(r"(.)\1{2,}")


def _packed(digits: str) -> str:
    """A row's digits with what repeats told by count."""
    tail = ""
    ending = _TAIL.search(digits)
    if ending and len(ending.group()) > 1:
        digits, tail = digits[: ending.start()], "," if ending.group()[0] == "0" else "!"
    return _REPEATED.sub(lambda found: f"{_count(len(found.group()))}{found.group(1)}", digits) + tail


def _count(times: int) -> str:
    """``z`` is 400, ``g`` 20, ``Y`` 19, ``G`` 1; they add up."""
    marks = "z" * (times // 400)
    twenties, ones = divmod(times % 400, 20)
    return marks + (chr(ord("f") + twenties) if twenties else "") + (chr(ord("F") + ones) if ones else "")

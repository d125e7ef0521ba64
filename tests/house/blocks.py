"""Parts of pages that a test writes from the code: what stands between ``<!-- begin NAME -->`` and ``<!-- end -->``.

``CABINET_UPDATE_DOCS=1`` writes them anew instead of comparing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence

from tests.house.tree import ROOT

UPDATE = os.environ.get("CABINET_UPDATE_DOCS") == "1"
BLOCK = re.compile(r"<!-- begin (?P<name>[^>]+) -->\n(?P<body>.*?)<!-- end -->\n", re.DOTALL)


def page(name: str) -> str:
    """The text of a page."""
    return (ROOT / name).read_text("utf-8")


def blocks(name: str) -> dict[str, str]:
    """What stands in each block of a page."""
    return {found["name"]: found["body"] for found in BLOCK.finditer(page(name))}


def written(name: str, block: str, body: str) -> str:
    """What stands in a block, which under the switch is what should."""
    if UPDATE:
        begin = f"<!-- begin {block} -->\n"
        before, found, rest = page(name).partition(begin)
        assert found, f"{name} has no line {begin}"
        end = "<!-- end -->\n"
        after = rest.partition(end)[2]
        (ROOT / name).write_text(f"{before}{begin}{body}{end}{after}", "utf-8")
    return blocks(name).get(block, "")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def column(text: str, head: str) -> list[str]:
    """The first cells of the tables whose first heading is this one, without their backticks."""
    cells, inside = [], False
    for line in text.splitlines():
        if not line.startswith("|"):
            inside = False
        elif line.startswith(f"| {head} |"):
            inside = True
        elif inside and not line.startswith("| ---") and not line.startswith("|---"):
            cells.append(line.split("|")[1].strip().strip("`"))
    return cells

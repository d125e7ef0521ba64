"""The sixty notes with the codes they support, and how suggestions are counted against them."""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

from billing.coding.suggest import Suggestion

FOLDER = Path(__file__).resolve().parents[3] / "samples" / "notes"
TRAPS = {"negated", "history", "family", "uncertain", "ruled-out", "plan-only"}


class Count(NamedTuple):
    """Of one note or of all: codes found, codes too many, codes missed, and traps that were stepped into."""

    right: int
    extra: tuple[str, ...]
    missed: tuple[str, ...]
    trapped: tuple[str, ...]


@cache
def gold() -> dict[str, list[dict[str, str]]]:
    """Rows by note."""
    rows = defaultdict(list)
    with (FOLDER / "gold.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows[row["note"]].append(row)
    return dict(rows)


def note(number: str) -> str:
    return (FOLDER / f"{number}.md").read_text(encoding="utf-8")


def counted(number: str, suggestions: tuple[Suggestion, ...]) -> Count:
    """The affirmed suggestions of a note against its rows; optional codes count neither way."""
    left = {each.code for each in suggestions if each.status == "affirmed"}
    offered, missed, right = set(left), [], 0
    for row in gold()[number]:
        accepted = row["code"].split("|")
        if row["status"] == "affirmed":
            hit = next((code for code in accepted if code in left), None)
            if hit is None:
                missed.append(f"{number} {row['code']}")
            else:
                right += 1
                left.discard(hit)
    for row in gold()[number]:
        if row["status"] == "optional":
            left -= set(row["code"].split("|"))
    trapped = [
        f"{number} {code} ({row['status']})"
        for row in gold()[number]
        if row["status"] in TRAPS
        for family in row["code"].split()
        for code in offered
        if (code.startswith(family[:-1]) if family.endswith("*") else code == family)
    ]
    return Count(right, tuple(f"{number} {code}" for code in sorted(left)), tuple(missed), tuple(trapped))

"""Where one claim's paper, file and resource do not say the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests.oracle import boxes as expected
from tests.oracle import facts, file, paper, shape
from tests.oracle.table import CLAIM, LINE, LINE_RENDERING, OTHER

_NOTE_ROWS = ("additional claim information upper line", "additional claim information lower line")
# The table says nothing of box 20: a form may leave it or say that no outside laboratory charged.
FREE = {("20", "outside lab no")}


@dataclass(frozen=True)
class Disagreement:
    """One fact or box, and what each of the three says of it."""

    box: str
    paper: str
    file: str
    resource: str


def facts_of(written: bytes, claim: dict[str, Any]) -> tuple[facts.Facts, facts.Facts]:
    """What the only claim of a file says, and what a resource says."""
    (in_file,) = file.claims(written)
    return facts.of_file(in_file), facts.of_resource(claim)


def compare(pdf: bytes, written: bytes, claim: dict[str, Any]) -> list[Disagreement]:
    """Every disagreement of a CMS-1500 (data only), an 837P of one claim and a FHIR Claim."""
    in_file, in_resource = facts_of(written, claim)
    (loops,) = file.claims(written)
    return [
        *_facts(in_file, in_resource),
        *(Disagreement(place, "", text, "") for place, text in shape.of_file(loops)),
        *(Disagreement(path, "", "", text) for path, text in shape.of_resource(claim, in_resource)),
        *_money(claim),
        *_pages(paper.pages(pdf), in_file, in_resource),
    ]


def _facts(in_file: facts.Facts, in_resource: facts.Facts) -> list[Disagreement]:
    """File against resource, printed or not."""
    box = {row.fact: row.box for row in (*CLAIM, *LINE, *LINE_RENDERING, *OTHER)}
    left, right = facts.said(in_file), facts.said(in_resource)
    return [
        Disagreement(
            f"{box.get(key.rpartition('].')[2], '')} {key}".strip(), "", str(left.get(key)), str(right.get(key))
        )
        for key in sorted({*left, *right})
        if left.get(key) != right.get(key)
    ]


def _money(value: Any, path: str = "Claim") -> list[Disagreement]:
    """Each amount of the resource has two decimals and says its currency."""
    if isinstance(value, list):
        return [each for at, item in enumerate(value) for each in _money(item, f"{path}[{at}]")]
    if not isinstance(value, dict):
        return []
    if set(value) == {"value", "currency"}:
        amount = Decimal(str(value["value"]))
        good = value["currency"] == "USD" and isinstance(value["value"], Decimal) and amount.as_tuple().exponent == -2
        return [] if good else [Disagreement(path, "", "", str(value))]
    return [each for key, item in value.items() for each in _money(item, f"{path}.{key}")]


def _pages(read: list[paper.Page], in_file: facts.Facts, in_resource: facts.Facts) -> list[Disagreement]:
    from_file, from_resource = expected.pages(in_file), expected.pages(in_resource)
    if not len(read) == len(from_file) == len(from_resource):
        return [Disagreement("pages", str(len(read)), str(len(from_file)), str(len(from_resource)))]
    found = []
    for number, page in enumerate(read):
        found += [Disagreement(f"page {number + 1}", each, "", "") for each in page.astray]
        by_file, by_resource = from_file[number], from_resource[number]
        for box in paper.boxes():
            if box.key == "19" or (box.key, box.name) in FREE:
                continue
            filled = by_file.get((box.key, box.name), ("",)), by_resource.get((box.key, box.name), ("",))
            shown = _shown(page, box)
            if any(shown not in texts for texts in filled):
                found.append(
                    Disagreement(f"page {number + 1} {box}", shown, " or ".join(filled[0]), " or ".join(filled[1]))
                )
        note = "".join(page.text(box) for box in paper.boxes() if box.name in _NOTE_ROWS)
        notes = [re.sub(" ", "", each["note"] or "") for each in (in_file, in_resource)]
        if any(re.sub(" ", "", note) != each for each in notes):
            found.append(Disagreement(f"page {number + 1} 19", note, *notes))
    return found


def _shown(page: paper.Page, box: paper.Box) -> str:
    """The box's text from its first cell, or up to its last where the form asks for that."""
    text = page.text(box)
    if box.align == "right" and text:
        return text.strip() if len(text) == box.width else f"not right-aligned: {text}"
    return text

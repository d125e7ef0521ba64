"""The oracle itself: its table covers the form, and its readers notice what is wrong."""

from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from billing.documents.cms1500 import Offset, pages, render
from billing.fhir.claim import to_fhir
from billing.x12 import write_837p
from clinic.fhir.json import dumps
from tests.oracle import boxes, facts, paper
from tests.oracle.compare import FREE, compare
from tests.oracle.sender import TRANSMISSION
from tests.oracle.table import CLAIM, LINE, LINE_RENDERING, OTHER
from tests.strategies.samples import sample_claims, whole_claims

WITHOUT_ROW = {
    "8": "reserved",
    "9b": "reserved",
    "9c": "reserved",
    "30": "reserved",
    "20": "the value has no outside laboratory",
    # Lists and choices of several facts, read by tests.oracle.facts.
    "10a": "CLM11-1 to -3, extension accident-cause",
    "10c": "CLM11-1 to -3, extension accident-cause",
    "10d": "HI*BG, supportingInfo condition-code",
    "11d": "2320 stands there, insurance that is not focal",
    "14": "DTP 431 or 484, supportingInfo onset",
    "16": "DTP 314 or 360, supportingInfo employmentimpacted",
    "21": "HI ABK or BK, diagnosisCodeableConcept system",
    **{f"21{letter}": "HI, diagnosis[]" for letter in "ABCDEFGHIJKL"},
    "24A": "DTP*472, servicedDate or servicedPeriod",
    "24E": "SV107, diagnosisSequence",
    "24I": "qualifier of 24J, or ZZ before a taxonomy",
}


def test_every_box_of_the_form_has_a_row_or_a_reason() -> None:
    rows = {row.box for row in (*CLAIM, *LINE, *LINE_RENDERING, *OTHER)}
    keys = {box.key.partition(".")[0] for box in paper.boxes()}
    assert keys == {*(rows - {"-"}), *WITHOUT_ROW}


def test_the_boxes_filled_are_boxes_of_the_form() -> None:
    known = {(box.key, box.name) for box in paper.boxes()}
    filled = set()
    for claim in [*sample_claims(300, 31), *whole_claims(20, 32)]:
        for page in boxes.pages(_said(claim)):
            filled |= set(page)
    assert filled <= known
    # The other way round: what no claim ever fills is what the value has no word for.
    never = {key for key, name in known - filled - FREE if key.partition(".")[0] not in WITHOUT_ROW}
    assert never == {*(f"24H.{line}" for line in range(1, 7)), "5", "7", "12", "19", "31"}
    assert {name for key, name in known - filled if key in {"5", "7", "12", "31"}} == {
        *("patient phone area code", "patient phone number", "insured phone area code", "insured phone number"),
        *("patient signature date", "physician signature date"),
    }


@pytest.mark.shared
def test_the_grid_is_the_one_of_the_facts(shared_dir: Path) -> None:
    columns = ("box", "name", "line", "col", "width", "kind", "align")

    def rows(path: Path) -> list[list[str]]:
        with path.open(encoding="utf-8", newline="") as file:
            return [[row[column] for column in columns] for row in csv.DictReader(file)]

    assert rows(paper.FACTS) == rows(shared_dir / "facts" / "cms1500_boxes.csv")


def test_the_oracle_sees_a_page_that_is_a_little_off() -> None:
    (claim,) = sample_claims(1, 33)
    three = render([pages(claim)]), write_837p(TRANSMISSION, [claim]), _resource(claim)
    assert compare(*three) == []
    moved = render([pages(claim)], offset=Offset(right=10, down=0))
    assert compare(moved, *three[1:]) != []
    assert compare(render([pages(claim), pages(claim)]), *three[1:])[0].box == "pages"


def test_the_oracle_tells_any_two_claims_apart() -> None:
    claims = sample_claims(12, 34)
    said = [facts.said(_said(claim)) for claim in claims]
    assert all(left != right for at, left in enumerate(said) for right in said[at + 1 :])


def _resource(claim: Any) -> dict[str, Any]:
    return json.loads(dumps(to_fhir(claim, created=date(2026, 7, 1))), parse_float=Decimal)


def _said(claim: Any) -> facts.Facts:
    return facts.of_resource(_resource(claim))

"""ADA form, 837D and oral Claim say the same, box by box."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from billing.documents.ada_boxes import located, pages
from billing.documents.ada_form import FORMS, Year
from billing.fhir.claim import to_fhir
from billing.x12 import write_837d
from clinic.fhir.json import dumps
from clinic.paper.overflow import fits
from clinic.paper.rendering import render
from tests.billing.x12.files import TRANSMISSION
from tests.counts import count
from tests.oracle import ada, dental_facts, file
from tests.strategies.claims import dental_claims, dental_claims_with_every_field
from tests.strategies.dental import sample_dental_claims

UNSAID = {"17 name", "36 date", "37 date", "39a date", "50 number", "53 date", "57 phone"}
"""What no field of a claim says: it is written by hand where a payer wants it."""
YEARS: tuple[Year, ...] = ("2024", "2019")


def _facts(claim: Any) -> tuple[ada.Facts, ada.Facts]:
    (loops,) = file.claims(write_837d(TRANSMISSION, [claim]))
    resource = json.loads(dumps(to_fhir(claim, created=TRANSMISSION.created.date())), parse_float=Decimal)
    return dental_facts.of_file(loops), dental_facts.of_resource(resource)


def _agree(claim: Any) -> None:
    for facts in _facts(claim):
        expected = ada.pages(facts)
        assert [{cell.key: text for cell, text in page.filled()} for page in pages(claim)] == expected


@settings(max_examples=count(60, 500))
@given(dental_claims())
def test_paper_file_and_resource_say_the_same(claim: Any) -> None:
    _agree(claim)


@settings(max_examples=count(10, 100))
@given(dental_claims_with_every_field())
def test_they_say_the_same_of_claims_that_leave_nothing_out(claim: Any) -> None:
    _agree(claim)


@pytest.mark.parametrize("year", YEARS)
def test_what_is_printed_stands_in_its_boxes(year: Year) -> None:
    seen: set[str] = set()
    printed = [claim for claim in sample_dental_claims(count(300, 2_000), 7) if all(map(fits, pages(claim, year)))]
    assert len(printed) > 20
    for claim in printed:
        found, astray = ada.read(render(FORMS[year], [pages(claim, year)]), year)
        assert astray == []
        said = [{cell.key: text.replace(" ", "") for cell, text in page.filled()} for page in pages(claim, year)]
        assert found == said
        seen.update(*found)
    assert "33 32" in seen
    assert "48 name" in seen


@pytest.mark.parametrize("year", YEARS)
def test_every_box_is_filled_by_some_claim_or_by_hand(year: Year) -> None:
    boxes = {cell.key for cell in FORMS[year].cells}
    filled = {
        cell.key for claim in sample_dental_claims(1_500, 3) for page in pages(claim, year) for cell, _ in page.filled()
    }
    assert boxes - filled == UNSAID & boxes


def test_the_older_layout_lacks_the_numbers_of_payers_alone() -> None:
    keys = [{cell.key for cell in FORMS[year].cells} for year in YEARS]
    assert keys[0] - keys[1] == {"3a id", "11a id", "39a date"}
    assert keys[1] <= keys[0]


def test_boxes_are_found_on_their_page() -> None:
    assert located("27", 12) == (2, "27.2")
    assert located("27", 10) == (1, "27.10")
    assert located("3", None) == (1, "3")

"""Paper, file and resource say the same of every claim, box by box and fact by fact."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from billing.documents.cms1500 import overflows, pages, render
from billing.fhir.claim import from_fhir, to_fhir
from billing.x12 import read_837p, write_837p
from clinic.fhir.json import dumps
from tests.boxes.page import Typed
from tests.boxes.typed import TYPED
from tests.counts import count
from tests.oracle import facts, file, paper, second_opinion
from tests.oracle.compare import compare, facts_of
from tests.oracle.sender import TRANSMISSION
from tests.strategies.claims import claims_with_every_field, professional_claims
from tests.strategies.samples import sample_claims, whole_claims

CREATED = date(2026, 7, 1)


def resource_of(claim: Any) -> tuple[bytes, dict[str, Any]]:
    """The resource as text, and read back the plain way."""
    text = dumps(to_fhir(claim, created=CREATED))
    return text, json.loads(text, parse_float=Decimal)


def agree(claim: Any) -> None:
    pdf = render([pages(claim)])
    written = write_837p(TRANSMISSION, [claim])
    _, resource = resource_of(claim)
    assert compare(pdf, written, resource) == []


@settings(max_examples=count(60, 600))
@given(professional_claims())
def test_paper_file_and_resource_say_the_same(claim: Any) -> None:
    agree(claim)


@settings(max_examples=count(10, 100))
@given(claims_with_every_field())
def test_they_say_the_same_of_claims_that_leave_nothing_out(claim: Any) -> None:
    agree(claim)


@pytest.mark.parametrize("typed", TYPED, ids=lambda typed: typed.about)
def test_they_say_the_same_of_the_typed_claims(typed: Typed) -> None:
    agree(typed.claim)


@settings(max_examples=count(60, 600))
@given(professional_claims(over_long=True))
def test_what_outgrows_the_paper_is_reported_and_stands_whole_in_file_and_resource(claim: Any) -> None:
    assert overflows(pages(claim))
    written = write_837p(TRANSMISSION, [claim])
    _, resource = resource_of(claim)
    in_file, in_resource = facts_of(written, resource)
    assert facts.said(in_file) == facts.said(in_resource)


@settings(max_examples=count(60, 600))
@given(professional_claims())
def test_the_file_reads_back_as_the_claim(claim: Any) -> None:
    assert tuple(read_837p(write_837p(TRANSMISSION, [claim])).claims) == (claim,)


@settings(max_examples=count(60, 600))
@given(professional_claims())
def test_the_resource_reads_back_as_the_claim(claim: Any) -> None:
    text, _ = resource_of(claim)
    assert from_fhir(json.loads(text, parse_float=Decimal)) == claim


@settings(max_examples=count(20, 200))
@given(professional_claims())
def test_boxes_28_add_up_to_the_charge_in_the_file(claim: Any) -> None:
    names = ("total charge dollars", "total charge cents")
    boxes = [box for box in paper.boxes() if box.key == "28" and box.name in names]
    read = paper.pages(render([pages(claim)]))
    sums = [int("".join(page.text(box).strip() for box in boxes)) for page in read]
    (in_file,) = file.claims(write_837p(TRANSMISSION, [claim]))
    assert sum(sums) == int(facts.of_file(in_file)["total"])
    assert len(sums) == -(-len(claim.acts) // 6)


def test_pyx12_finds_nothing_in_one_file_of_many() -> None:
    claims = [*sample_claims(count(60, 400), 11), *whole_claims(count(10, 100), 12), *(each.claim for each in TYPED)]
    assert second_opinion.of_file(write_837p(TRANSMISSION, claims)) == []


def test_many_claims_of_one_file_stay_apart() -> None:
    claims = sample_claims(count(60, 600), 13)
    written = write_837p(TRANSMISSION, claims)
    alone = {}
    for claim in claims:
        (one,) = file.claims(write_837p(TRANSMISSION, [claim]))
        alone[claim.number] = facts.said(facts.of_file(one))
    together = {said["number"]: said for said in (facts.said(facts.of_file(each)) for each in file.claims(written))}
    assert together == alone
    assert {each.number: each for each in read_837p(written).claims} == {each.number: each for each in claims}


@settings(max_examples=count(15, 150))
@given(professional_claims())
def test_fhir_resources_reads_the_resource(claim: Any) -> None:
    text, resource = resource_of(claim)
    read = second_opinion.of_resource(text)
    assert sorted(read) == sorted(resource)
    assert len(read["item"]) == len(claim.acts)

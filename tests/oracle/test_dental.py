"""The file and the resource of a dental claim say the same, fact by fact; and a change of either is seen."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from hypothesis import given, settings

from billing.domain.claim import Claim
from billing.domain.dental import Dental, DentalAct
from billing.fhir.claim import to_fhir
from billing.x12 import read_837d, write_837d
from clinic.domain.refusal import Refused
from clinic.fhir.json import dumps
from tests.billing.x12.dental_files import ASKED, SIMPLE, WHOLE
from tests.billing.x12.files import TRANSMISSION
from tests.counts import count
from tests.oracle import dental_facts, facts, file
from tests.oracle.dental_table import CLAIM, LINE
from tests.oracle.mutations import mutations
from tests.strategies.claims import dental_claims, dental_claims_with_every_field
from tests.strategies.dental import sample_dental_claims, whole_dental_claims
from tests.strategies.dental_exceptions import ALWAYS_ABSENT, ONE_VALUE
from tests.strategies.fields import ABSENT, declared, found


def _both(claim: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    (loops,) = file.claims(write_837d(TRANSMISSION, [claim]))
    created = TRANSMISSION.created.date()
    resource = json.loads(dumps(to_fhir(claim, created=created)), parse_float=Decimal)
    return facts.said(dental_facts.of_file(loops)), facts.said(dental_facts.of_resource(resource))


@settings(max_examples=count(80, 1000))
@given(dental_claims())
def test_file_and_resource_say_the_same(claim: Any) -> None:
    in_file, in_resource = _both(claim)
    assert in_file == in_resource


@settings(max_examples=count(15, 200))
@given(dental_claims_with_every_field())
def test_they_say_the_same_of_claims_that_leave_nothing_out(claim: Any) -> None:
    in_file, in_resource = _both(claim)
    assert in_file == in_resource
    assert len(in_file) > 150


def test_they_say_the_same_of_the_typed_claims() -> None:
    for claim in (SIMPLE, WHOLE, ASKED):
        in_file, in_resource = _both(claim)
        assert in_file == in_resource


def test_every_row_is_filled_by_some_claim() -> None:
    empty = {row.fact for row in CLAIM} | {f"lines {row.fact}" for row in LINE}
    for claim in sample_dental_claims(200, seed=4):
        in_file, _ = _both(claim)
        for key, value in in_file.items():
            if value is not None:
                empty.discard(key)
                empty.discard(f"lines {key.partition('].')[2]}")
    # N404 is sent only outside the United States, where the practice is not.
    assert empty == {"billing.country", "facility.country"}


def test_the_oracle_tells_any_two_claims_apart() -> None:
    said = [_both(claim)[0] for claim in sample_dental_claims(12, 34)]
    assert all(left != right for at, left in enumerate(said) for right in said[at + 1 :])


SILENT = {
    "kind": "these are the writers of the dental kind: all they write says it, whatever the field says",
    # The day a predetermination is asked is that of the file, and no claim here is one.
}
"""Path of a change that neither file nor resource shows, and why."""

UNSEEN = {
    "total.currency", "acts[].charge.currency", "patient_paid.currency",
    "other_coverages[].adjudication.paid.currency", "other_coverages[].adjudication.adjustments[].amount.currency",
    "part.diagnoses[].system", "part.dates order", "acts[].part.dates order",
    # The other kind of date may stand there already.
    "part.dates[].qualifier", "acts[].part.dates[].qualifier",
    # Only one unit can be sent.
    "acts[].quantity.unit", *SILENT,
}  # fmt: skip
"""Path of a change that the oracle does not look at: it reads amounts in USD, one ICD, dates by their kind."""


def _written(claim: Any) -> list[bytes]:
    return [
        write_837d(TRANSMISSION, [claim]),
        dumps(to_fhir(claim, created=TRANSMISSION.created.date())),
    ]


def _whole() -> list[Any]:
    """Few claims that together hold every field."""
    claims, held = [], set()
    for claim in [*whole_dental_claims(20, 21), *sample_dental_claims(600, 22)]:
        present = {path for path, value in found(claim) if value != ABSENT}
        if len(claim.acts) <= 2 and not present <= held and not claim.part.predetermination:
            held |= present
            claims.append(claim)
    return claims


def test_no_field_is_idle() -> None:
    idle, touched = set(), set()
    for claim in _whole():
        before = _written(claim)
        for path, other in mutations(claim):
            touched.add(path.partition(" ")[0])
            try:
                after = _written(other)
            except Refused:
                continue
            if after == before:
                idle.add(path)
    assert idle <= set(SILENT)
    untouched = {
        path
        for path, _, _ in declared(Claim[Dental, DentalAct])
        if not any(each == path or each.startswith((f"{path}.", f"{path}[")) for each in touched)
    }
    assert untouched <= {path for path in (*ONE_VALUE, *ALWAYS_ABSENT) if not path.endswith("currency")}


def test_the_oracle_sees_every_change_that_the_resource_shows() -> None:
    (claim,) = [claim for claim in whole_dental_claims(60, 23) if len(claim.acts) == 1][:1]
    before = _both(claim)[1]
    unseen = set()
    for path, other in mutations(claim):
        created = TRANSMISSION.created.date()
        resource = json.loads(dumps(to_fhir(other, created=created)), parse_float=Decimal) if path != "kind" else {}
        if path not in UNSEEN and facts.said(dental_facts.of_resource(resource)) == before:
            unseen.add(path)
    assert unseen == set()


def test_many_claims_of_one_file_stay_apart() -> None:
    claims = sample_dental_claims(count(60, 600), 13)
    written = write_837d(TRANSMISSION, claims)
    together = [facts.said(dental_facts.of_file(each)) for each in file.claims(written)]
    assert together == [_both(claim)[0] for claim in claims]
    assert list(read_837d(written).claims) == claims

"""The strategies vary everything a claim can say, within what can be written."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from hypothesis import given, settings

from billing.domain.canonical import from_json, to_json
from billing.domain.claim import Claim
from billing.domain.professional import CLAIM_DATE_ORDER, Professional, ProfessionalAct
from clinic.domain.npi import is_npi
from tests.counts import count
from tests.strategies.claims import claims_with_every_field, professional_claims
from tests.strategies.exceptions import ALWAYS_ABSENT, NEVER_ABSENT, ONE_VALUE
from tests.strategies.fields import ABSENT, PRESENT, Exceptions, declared, found, unvaried
from tests.strategies.samples import sample_claims, whole_claims


def test_every_field_has_two_values_absent_included_and_every_literal() -> None:
    seen: dict[str, set[Any]] = defaultdict(set)

    @settings(max_examples=count(300, 600))
    @given(professional_claims())
    def collect(claim: Any) -> None:
        for path, value in found(claim):
            seen[path].add(value)

    collect()
    kind = Claim[Professional, ProfessionalAct]
    assert unvaried(kind, seen, Exceptions(ONE_VALUE, NEVER_ABSENT, ALWAYS_ABSENT)) == []


def test_the_exceptions_are_still_exceptions() -> None:
    paths = {path for path, _, _ in declared(Claim[Professional, ProfessionalAct])}
    assert {*ONE_VALUE, *NEVER_ABSENT, *ALWAYS_ABSENT} <= paths


@settings(max_examples=count(40, 500))
@given(claims_with_every_field())
def test_nothing_is_absent_from_a_whole_claim(claim: Any) -> None:
    allowed = {*ALWAYS_ABSENT, "acts[].part.epsdt"}
    # One payer answered before this one, the next has yet to; Medicare second to nobody needs no reason.
    allowed |= {"other_coverages[].adjudication", "other_coverages[].insurance_type", *_quantities(claim)}
    assert {path for path, value in found(claim) if value == ABSENT} <= allowed


def _quantities(claim: Any) -> set[str]:
    """Charge paid in full leaves nothing to adjust."""
    answers = [each.adjudication for each in claim.other_coverages if each.adjudication]
    if any(answer.paid == claim.total for answer in answers):
        return {"other_coverages[].adjudication.adjustments", "patient_paid"}
    return {"patient_paid"}


def test_samples_are_valid_distinct_and_the_same_on_every_run() -> None:
    claims = sample_claims(300, 3)
    assert claims == sample_claims(300, 3)
    assert len({claim.number for claim in claims}) == 300
    for claim in [*claims, *whole_claims(20), *sample_claims(50, 4, over_long=True)]:
        assert from_json(to_json(claim)) == claim
        assert claim.charged() == claim.total
        ranks = [claim.coverage.rank, *(each.rank for each in claim.other_coverages)]
        assert len(set(ranks)) == len(ranks)
        assert len({act.number for act in claim.acts}) == len(claim.acts) <= 13
        assert [each.qualifier for each in claim.part.dates] == [
            each for each in CLAIM_DATE_ORDER if each in {known.qualifier for known in claim.part.dates}
        ]
        for act in claim.acts:
            assert len(set(act.part.pointers)) == len(act.part.pointers) <= 4
            assert max(act.part.pointers) <= len(claim.part.diagnoses) <= 12
        for other in claim.other_coverages:
            if other.adjudication:
                off = sum(each.amount.cents for each in other.adjudication.adjustments)
                assert other.adjudication.paid.cents + off == claim.total.cents
                assert all(each.amount.cents for each in other.adjudication.adjustments)
        for path, value in found(claim):
            if path.endswith("identifier.system") and value == "npi":
                continue
            if (
                isinstance(value, str)
                and not path.endswith((".system", ".currency", "kind", "unit"))
                and value not in {ABSENT, PRESENT}
            ):
                assert value == value.strip()
                assert set(value) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -'./&,"), path
                assert "  " not in value
        for path in ("billing", "part.rendering"):
            party = claim.billing if path == "billing" else claim.part.rendering
            if party and party.identifier:
                assert is_npi(party.identifier.value)

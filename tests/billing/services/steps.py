"""The steps of a claim, for tests that start further on."""

from __future__ import annotations

from billing.coding.changes import AddDiagnosis, SetLine
from billing.domain.canonical import digest
from billing.services.change_claim import change_claim
from billing.services.claim_value import assemble, load
from billing.services.hold_claim import finish_coding, review_claim, sign_claim
from billing.services.open_claim import open_claim
from clinic.domain.code import ICD10CM, Code
from tests.fixtures.people import Practice, make_patient, make_visit


def coded_claim(practice: Practice, last: str = "Calloway") -> int:
    """A claim with a diagnosis and a line that points at it, still in coding."""
    biller = practice.actor("biller")
    claim_id = open_claim(biller, make_visit(practice, make_patient(practice, last)).id)
    change_claim(biller, claim_id, AddDiagnosis(Code(ICD10CM, "I10")))
    change_claim(biller, claim_id, SetLine("1", "pointers", [1]))
    return claim_id


def digest_of(practice: Practice, claim_id: int) -> str:
    """What a person who looks at the claim now sees."""
    return digest(assemble(load(practice.actor("biller"), claim_id)).claim)


def ready_claim(practice: Practice, last: str = "Calloway") -> int:
    """A claim that may leave."""
    claim_id = coded_claim(practice, last)
    finish_coding(practice.actor("biller"), claim_id, digest_of(practice, claim_id))
    review_claim(practice.actor("manager"), claim_id, digest_of(practice, claim_id))
    sign_claim(practice.actor("provider"), claim_id, digest_of(practice, claim_id))
    return claim_id

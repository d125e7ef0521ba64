"""The steps of a claim, for tests that start further on."""

from __future__ import annotations

from billing.coding.changes import AddDiagnosis, GiveReason, SetLine
from billing.domain.canonical import digest
from billing.services.change_claim import change_claim
from billing.services.claim_value import assemble, coding_of, load
from billing.services.hold_claim import finish_coding, review_claim, sign_claim
from billing.services.judging import judge
from billing.services.open_claim import open_claim
from clinic.base import db
from clinic.domain.code import ICD10CM, Code
from clinic.models import Coverage, Patient
from tests.fixtures.people import Practice, make_patient, make_visit


def coded_claim(practice: Practice, last: str = "Calloway", patient: Patient | None = None) -> int:
    """A claim with a diagnosis and a line that points at it, still in coding."""
    biller = practice.actor("biller")
    claim_id = open_claim(biller, make_visit(practice, patient or another_patient(practice, last)).id)
    change_claim(biller, claim_id, AddDiagnosis(Code(ICD10CM, "I10")))
    change_claim(biller, claim_id, SetLine("1", "pointers", [1]))
    return claim_id


def digest_of(practice: Practice, claim_id: int) -> str:
    """What a person who looks at the claim now sees."""
    return digest(assemble(load(practice.actor("biller"), claim_id)).claim)


def another_patient(practice: Practice, last: str) -> Patient:
    """A patient who is not insured as any other is: two claims are not taken for one."""
    patient = make_patient(practice, last)
    policy = db.session.query(Coverage).filter_by(patient_id=patient.id).one()
    if patient.id > 1:
        policy.member_id = f"NLM{patient.id:09d}"
        db.session.commit()
    return patient


def ready_claim(practice: Practice, last: str = "Calloway", patient: Patient | None = None) -> int:
    """A claim that may leave."""
    return held_thrice(practice, coded_claim(practice, last, patient))


def held_thrice(practice: Practice, claim_id: int) -> int:
    """The same claim coded, reviewed and signed."""
    finish_coding(practice.actor("biller"), claim_id, digest_of(practice, claim_id))
    review_claim(practice.actor("manager"), claim_id, digest_of(practice, claim_id))
    sign_claim(practice.actor("provider"), claim_id, digest_of(practice, claim_id))
    return claim_id


def paper_claim(practice: Practice, last: str = "Calloway") -> int:
    """A claim that may leave, to a payer that takes paper."""
    patient = another_patient(practice, last)
    db.session.query(Coverage).filter_by(patient_id=patient.id).one().filing = "WC"
    db.session.commit()
    claim_id, biller = coded_claim(practice, patient=patient), practice.actor("biller")
    record = load(biller, claim_id)
    for finding in judge(assemble(record).claim, coding_of(record)).findings:
        if finding.severity == "warn":
            change_claim(biller, claim_id, GiveReason(finding.code, finding.field, "The carrier knows."))
    return held_thrice(practice, claim_id)

"""A claim is the fold of its facts; what was ever written loads for ever."""

import json
from pathlib import Path

import pytest

from billing.coding.story import BODIES, after, begin, body_of
from billing.models import ClaimRecord
from billing.services.change_claim import change_claim
from billing.services.hold_claim import finish_coding, return_claim, review_claim
from billing.services.open_claim import open_claim
from billing.services.telling import standing_of
from clinic.base import db
from clinic.domain.value import as_json
from clinic.models import Fact
from tests.billing.services.steps import coded_claim, digest_of
from tests.fixtures.people import make_patient, make_visit

SAMPLES = Path(__file__).parents[2] / "samples" / "facts"
STORED = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(SAMPLES.glob("claim.*.json"))}


def test_every_version_has_its_sample() -> None:
    assert set(STORED) == {f"{type_}-{version}" for type_, version in BODIES}


@pytest.mark.parametrize("name", sorted(STORED))
def test_a_stored_sample_still_loads(name: str) -> None:
    type_, version = name.rsplit("-", 1)
    body = body_of(type_, int(version), STORED[name])
    assert as_json(body) == STORED[name]


def rebuilt(record: ClaimRecord):
    """The claim from its facts alone."""
    first, *rest = db.session.query(Fact).filter_by(thing="claim", thing_id=record.id).order_by(Fact.sequence)
    standing = begin(body_of(first.type, first.version, first.body))
    for fact in rest:
        standing = after(standing, fact.type, body_of(fact.type, fact.version, fact.body), fact.actor_id)
    return standing


def test_the_record_is_what_its_facts_say(practice) -> None:
    from billing.coding.changes import AddDiagnosis, GiveReason, SetField
    from clinic.domain.code import ICD10CM, Code

    claim_id = coded_claim(practice)
    record = db.session.get_one(ClaimRecord, claim_id)
    biller = practice.actor("biller")
    assert standing_of(record) == rebuilt(record)
    change_claim(biller, claim_id, AddDiagnosis(Code(ICD10CM, "E119")))
    change_claim(biller, claim_id, SetField("note", "seen with interpreter"))
    change_claim(biller, claim_id, GiveReason("TML-01", "acts", "agreed"))
    assert standing_of(record) == rebuilt(record)
    finish_coding(biller, claim_id, digest_of(practice, claim_id))
    review_claim(practice.actor("manager"), claim_id, digest_of(practice, claim_id))
    assert (record.preparation, record.reviewed_by) == ("reviewed", practice.staff["manager"].id)
    assert standing_of(record) == rebuilt(record)
    return_claim(practice.actor("manager"), claim_id, "wrong day")
    assert (record.preparation, record.digest, record.reviewed_by) == ("coding", None, None)
    assert standing_of(record) == rebuilt(record)


def test_a_change_undoes_what_was_reviewed(practice) -> None:
    from billing.coding.changes import SetField

    claim_id = coded_claim(practice)
    finish_coding(practice.actor("biller"), claim_id, digest_of(practice, claim_id))
    change_claim(practice.actor("biller"), claim_id, SetField("note", "later thought"))
    record = db.session.get_one(ClaimRecord, claim_id)
    assert (record.preparation, record.coded_by, record.digest) == ("coding", None, None)


def test_opening_twice_gives_the_same_claim(practice) -> None:
    visit = make_visit(practice, make_patient(practice))
    first = open_claim(practice.actor("biller"), visit.id)
    assert open_claim(practice.actor("biller"), visit.id) == first
    assert db.session.query(ClaimRecord).count() == 1

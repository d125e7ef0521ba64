"""Coverage rules at the desk: the practice's own claims of years ago count, and few statements are sent."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from billing.models import ClaimRecord
from billing.services.claim_value import assemble, coding_of, load
from billing.services.earlier import earlier_claims, further_claims
from billing.services.judging import judge
from clinic.base import db
from tests.billing.services.steps import coded_claim
from tests.clinic.views.counting import statements
from tests.fixtures.people import make_patient
from tests.lab.covering import load_coverage

RULES = "policy,act,rule,times,per\nP-1,99213,frequency,1,{per}\n"


@pytest.fixture
def claims(practice):
    """Two claims of one patient for the same act, the first long ago and coded."""
    patient = make_patient(practice)
    first, second = (coded_claim(practice, patient=patient) for _ in range(2))
    long_ago = date(2025, 6, 2)
    record = db.session.get_one(ClaimRecord, first)
    coding = {
        **record.coding,
        "lines": [{**line, "service": {"start": "2025-06-02"}} for line in record.coding["lines"]],
    }
    changed = {"service_on": long_ago, "preparation": "coded", "coding": coding}
    db.session.execute(update(ClaimRecord).where(ClaimRecord.id == first).values(**changed))
    db.session.commit()
    return first, second


def told(practice, claim_id: int) -> dict[str, dict[str, str]]:
    record = load(practice.actor("biller"), claim_id)
    found = judge(assemble(record).claim, coding_of(record)).findings
    return {each.code: dict(each.params) for each in found if each.code.startswith("COV")}


@pytest.mark.parametrize(("per", "found"), [("400", True), ("lifetime", True), ("90", False)])
def test_a_claim_of_long_ago_counts_where_the_policy_looks_that_far(app, practice, claims, per, found) -> None:
    load_coverage(app, RULES.format(per=per))
    said = told(practice, claims[1])
    assert list(said) == (["COV-03"] if found else [])
    if found:
        assert (said["COV-03"]["claim"], said["COV-03"]["last"]) == (
            db.session.get_one(ClaimRecord, claims[0]).number,
            "2025-06-02",
        )


def test_edits_that_look_no_further_do_not_get_it(practice, claims) -> None:
    record = load(practice.actor("biller"), claims[1])
    claim, coding = assemble(record).claim, coding_of(record)
    assert earlier_claims(coding)(claim) == ()
    with statements() as sent:
        assert len(further_claims(coding)(claim, date(2025, 6, 2))) == 1
    assert len(sent) == 1
    assert len(further_claims(coding)(claim, date.min)) == 1


def test_without_rules_nobody_looks_back(practice, claims) -> None:
    assert told(practice, claims[1]) == {}

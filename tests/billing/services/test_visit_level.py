"""The level of a claim's visit: what the record knows, what is kept, and the line that comes of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from billing.coding.changes import SetField
from billing.coding.level.documented import Data, Documented, Problems
from billing.models import ClaimRecord
from billing.services.change_claim import ChangedElsewhere, change_claim
from billing.services.claim_value import coding_of, load
from billing.services.open_claim import open_claim
from billing.services.telling import standing_of
from billing.services.visit_known import known_of
from billing.services.visit_level import find_level, put_level, put_prolonged
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.models import Charge, Coverage, Fact, Observation, Problem, Provider
from clinic.services.acting import NotAllowed
from tests.billing.coding.test_story import rebuilt
from tests.billing.services.questions import claim
from tests.billing.services.steps import coded_claim
from tests.clinic.views.counting import statements
from tests.fixtures.people import make_patient, make_visit
from tests.lab.ordering import make_laboratory, order_tests

MODERATE = Documented(
    patient="established", problems=Problems(stable=2), data=Data(tests=1), risk="moderate", minutes=25
)
LONG = Documented(patient="established", problems=Problems(), data=Data(), minutes=84)


def charge(practice, *codes: str) -> None:
    for code in codes:
        system = "cpt" if code[0] == "9" else "hcpcs"
        words = f"visit {code}"
        db.session.add(Charge(practice_id=practice.row.id, system=system, code=code, words=words, price_cents=15000))
    db.session.commit()


def lines(claim_id: int) -> list[tuple[str, str, int]]:
    return [(line.code.value, line.quantity.plain(), line.charge.cents) for line in coding_of(claim(claim_id)).lines]


def test_what_is_found_is_kept_once_and_puts_nothing_on_the_claim(practice) -> None:
    claim_id = coded_claim(practice)
    before = lines(claim_id)
    for _ in range(2):
        assert find_level(practice.actor("biller"), claim_id, MODERATE).code == "99214"
    kept = db.session.query(Fact).filter_by(type="claim.level_found").all()
    assert [each.body["code"] for each in kept] == ["99214"]
    assert lines(claim_id) == before
    record = claim(claim_id)
    assert standing_of(record) == rebuilt(record)
    assert known_of(practice.actor("biller"), load(practice.actor("biller"), claim_id)).found.documented == MODERATE


def test_looking_for_a_level_undoes_no_step(practice) -> None:
    from billing.services.hold_claim import finish_coding
    from tests.billing.services.steps import digest_of

    claim_id = coded_claim(practice)
    finish_coding(practice.actor("biller"), claim_id, digest_of(practice, claim_id))
    find_level(practice.actor("biller"), claim_id, MODERATE)
    assert claim(claim_id).preparation == "coded"


def test_the_level_takes_the_place_of_the_visit_that_stands_there(practice) -> None:
    charge(practice, "99214")
    claim_id = coded_claim(practice)
    biller = practice.actor("biller")
    find_level(biller, claim_id, MODERATE)
    sequence = claim(claim_id).sequence
    assert put_level(biller, claim_id, sequence=sequence) == "99214"
    assert lines(claim_id) == [("99214", "1", 15000)]
    line = coding_of(claim(claim_id)).lines[0]
    assert (line.pointers, line.number, line.words) == ((1,), "1", "visit 99214")
    with pytest.raises(Refused):
        put_level(biller, claim_id)
    with pytest.raises(ChangedElsewhere):
        put_level(biller, claim_id, sequence=sequence)


def test_without_a_visit_line_it_comes_after_the_others(practice) -> None:
    claim_id = coded_claim(practice)
    from billing.coding.changes import RemoveLine

    biller = practice.actor("biller")
    change_claim(biller, claim_id, RemoveLine("1"))
    find_level(biller, claim_id, Documented(patient="established", problems=Problems(), data=Data(), minutes=20))
    put_level(biller, claim_id)
    assert lines(claim_id) == [("99213", "1", 12000)]
    assert coding_of(claim(claim_id)).lines[0].pointers == (1,)


def test_a_code_that_is_not_on_the_charge_list_is_refused_with_what_to_do(practice) -> None:
    claim_id = coded_claim(practice)
    find_level(practice.actor("biller"), claim_id, MODERATE)
    with pytest.raises(Refused) as refused:
        put_level(practice.actor("biller"), claim_id)
    assert (refused.value.params["text"], bool(refused.value.remedy)) == ("99214", True)
    assert [code for code, *_ in lines(claim_id)] == ["99213"]


def test_nothing_found_puts_nothing(practice) -> None:
    claim_id = coded_claim(practice)
    biller = practice.actor("biller")
    with pytest.raises(Refused):
        put_level(biller, claim_id)
    find_level(biller, claim_id, Documented(patient="new", problems=Problems(), data=Data()))
    with pytest.raises(Refused):
        put_level(biller, claim_id)


def test_prolonged_time_is_medicares(practice) -> None:
    charge(practice, "G2212")
    claim_id = coded_claim(practice)
    biller = practice.actor("biller")
    find_level(biller, claim_id, LONG)
    with pytest.raises(Refused):
        put_prolonged(biller, claim_id)
    db.session.query(Coverage).update({"filing": "MB"})
    db.session.commit()
    assert put_prolonged(biller, claim_id) == 2
    assert lines(claim_id)[1] == ("G2212", "2", 30000)
    assert coding_of(claim(claim_id)).lines[1].pointers == (1,)
    with pytest.raises(Refused):
        put_prolonged(biller, claim_id)


def test_visits_before_2021_are_refused(practice) -> None:
    biller = practice.actor("biller")
    claim_id = open_claim(biller, make_visit(practice, make_patient(practice), date(2020, 12, 31)).id)
    with pytest.raises(Refused) as refused:
        find_level(biller, claim_id, MODERATE)
    assert refused.value.remedy


def test_who_may_not_does_not(practice) -> None:
    claim_id = coded_claim(practice)
    for role in ("provider", "assistant", "administrator"):
        with pytest.raises(NotAllowed):
            find_level(practice.actor(role), claim_id, MODERATE)


def test_what_the_record_says(practice) -> None:
    biller = practice.actor("biller")
    patient = make_patient(practice)
    earlier = make_visit(practice, patient, date(2024, 2, 1))
    visit = make_visit(practice, patient)
    visit.started_at, visit.ended_at = (datetime(2026, 5, 4, 15, minute, tzinfo=UTC) for minute in (0, 25))
    db.session.add_all(
        Problem(practice_id=practice.row.id, patient_id=patient.id, visit_id=visit.id, words=words, status=status)
        for words, status in (("asthma", "active"), ("gout", "resolved"), ("typo", "entered-in-error"))
    )
    db.session.add(Observation(practice_id=practice.row.id, visit_id=visit.id, words="weight", value="70", unit="kg"))
    db.session.commit()
    laboratory = make_laboratory(practice)
    for _ in range(2):  # a test that is ordered twice at one visit is one test
        order_tests(practice, patient, ("cmp", laboratory), visit=visit)
    claim_id = open_claim(biller, visit.id)
    record = load(biller, claim_id)
    with statements() as sent:
        known = known_of(biller, record)
    assert len(sent) <= 5
    assert (known.patient, known.last.on, known.last.name) == ("established", earlier.on, "Anand Verma")
    assert (known.problems, known.tests, known.results, known.lasted, known.medicare) == (2, 1, 1, 25, False)
    assert known.found is None


def test_another_specialty_makes_no_patient_known(practice) -> None:
    biller = practice.actor("biller")
    patient = make_patient(practice)
    other = Provider(
        practice_id=practice.row.id, last="Cole", first="Ida", taxonomy="207R00000X", profession="physician"
    )
    db.session.add(other)
    db.session.flush()
    make_visit(practice, patient, date(2026, 1, 5)).provider_id = other.id
    db.session.commit()
    claim_id = open_claim(biller, make_visit(practice, patient).id)
    assert known_of(biller, load(biller, claim_id)).patient == "new"
    other.taxonomy = practice.provider.taxonomy
    db.session.commit()
    assert known_of(biller, load(biller, claim_id)).patient == "established"


def test_a_claim_without_a_visit_makes_a_patient_known_until_it_is_withdrawn(practice) -> None:
    biller = practice.actor("biller")
    patient = make_patient(practice)
    first = open_claim(biller, make_visit(practice, patient, date(2025, 5, 4)).id)
    record = db.session.get_one(ClaimRecord, first)
    from billing.models import ClaimVisit
    from clinic.models import Visit

    visit_id = record.visits[0].visit_id
    db.session.query(ClaimVisit).delete()
    db.session.query(Visit).filter_by(id=visit_id).update({"provider_id": None})
    db.session.commit()
    claim_id = open_claim(biller, make_visit(practice, patient).id)
    change_claim(biller, claim_id, SetField("note", "x"))
    assert known_of(biller, load(biller, claim_id)).patient == "established"
    db.session.query(ClaimRecord).filter_by(id=first).update({"journey": "withdrawn"})
    db.session.commit()
    assert known_of(biller, load(biller, claim_id)).patient == "new"

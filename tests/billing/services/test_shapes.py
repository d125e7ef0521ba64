"""Claims not tied one to one to visits: divided, joined, without a visit, withdrawn. Each is the fold of its facts."""

from datetime import date
from decimal import Decimal

import pytest

from billing.coding.changes import AddDiagnosis, AddLine, SetField, SetLine
from billing.coding.coding import Coding
from billing.models import ClaimRecord, ClaimVisit
from billing.services.billed_visits import visit_is_billed, visit_moves
from billing.services.change_claim import ChangedElsewhere, change_claim
from billing.services.claim_value import assemble, coding_of, load
from billing.services.divide_claim import divide_by, divide_claim
from billing.services.hold_claim import finish_coding
from billing.services.join_visits import join_visit, take_visit_out
from billing.services.open_claim import open_claim
from billing.services.open_without_visit import open_without_visit
from billing.services.telling import standing_of
from billing.services.visits_together import candidates
from billing.services.withdraw_claim import withdraw_claim
from clinic.base import db
from clinic.domain.code import ICD10CM, Code, procedure
from clinic.domain.money import Money
from clinic.domain.period import Period
from clinic.domain.quantity import Quantity
from clinic.domain.refusal import Refused
from clinic.models import Coverage, Fact, JournalAct, Patient, Problem, Provider, Visit
from clinic.services.acting import NotAllowed, acting
from clinic.services.find import Unknown
from clinic.services.merge_patients import merge_patients
from tests.billing.coding.test_story import rebuilt
from tests.billing.services.steps import coded_claim, digest_of, ready_claim
from tests.fixtures.people import Practice, make_patient, make_visit

THIRTEEN = ["I10", "E119", "J069", "Z23", "M5450", "R079", "E785", "K219", "F411", "G4733", "N390", "L309", "R51.9"]


def record_of(claim_id: int) -> ClaimRecord:
    return db.session.get_one(ClaimRecord, claim_id)


def as_told(*claim_ids: int) -> bool:
    """Whether the rows are what their facts say."""
    return all(standing_of(record_of(each)) == rebuilt(record_of(each)) for each in claim_ids)


def coding(claim_id: int) -> Coding:
    return coding_of(record_of(claim_id))


def visits(claim_id: int) -> list[int]:
    return [row.visit_id for row in db.session.query(ClaimVisit).filter_by(claim_id=claim_id).order_by(ClaimVisit.id)]


def facts(claim_id: int) -> list[str]:
    rows = db.session.query(Fact).filter_by(thing="claim", thing_id=claim_id).order_by(Fact.sequence)
    return [row.type for row in rows]


def waiting() -> set[int]:
    """Visits that wait to be coded: no claim bills them."""
    db.session.expire_all()
    return {row.id for row in db.session.query(Visit).filter_by(claimed=False)}


def add_line(practice: Practice, claim_id: int, value: str = "36415", on: date = date(2026, 5, 4)) -> str:
    """One more line, pointing at a diagnosis of its own; its number."""
    biller = practice.actor("biller")
    before = coding(claim_id)
    code = Code(ICD10CM, THIRTEEN[len(before.diagnoses)].replace(".", ""))
    change_claim(biller, claim_id, AddDiagnosis(code))
    line = AddLine(
        code=procedure(value),
        words="more",
        service=Period(on),
        quantity=Quantity(Decimal(1)),
        charge=Money(950),
        pointers=(len(before.diagnoses) + 1,),
    )
    change_claim(biller, claim_id, line)
    return coding(claim_id).lines[-1].number


def second_policy(practice: Practice, patient_id: int) -> int:
    row = Coverage(
        practice_id=practice.row.id,
        patient_id=patient_id,
        payer_id=practice.payer.id,
        rank="S",
        member_id="NLM999",
        filing="CI",
    )
    db.session.add(row)
    db.session.commit()
    return row.id


def other_provider(practice: Practice) -> int:
    row = Provider(
        practice_id=practice.row.id,
        last="Okoye",
        first="Ada",
        npi="1679576722",
        taxonomy="207Q00000X",
        profession="physician",
    )
    db.session.add(row)
    db.session.commit()
    return row.id


def test_lines_go_to_a_second_claim(practice) -> None:
    biller, claim_id = practice.actor("biller"), coded_claim(practice)
    number = add_line(practice, claim_id)
    change_claim(biller, claim_id, SetField("note", "with interpreter"))
    finish_coding(biller, claim_id, digest_of(practice, claim_id))
    before = coding(claim_id).charged()
    second = divide_claim(biller, claim_id, [number], sequence=record_of(claim_id).sequence)
    one, two = record_of(claim_id), record_of(second)
    assert (one.preparation, two.preparation, one.digest) == ("coding", "coding", None)
    assert one.total_cents + two.total_cents == before.cents
    assert (one.number != two.number, two.patient_id) == (True, one.patient_id)
    assert visits(claim_id) == visits(second)
    assert [code.value for code in coding(second).diagnoses] == ["E119"]
    assert [code.value for code in coding(claim_id).diagnoses] == ["I10"]
    assert coding(second).lines[0].pointers == (1,)
    assert coding(second).note == "with interpreter"
    opened = db.session.query(Fact).filter_by(thing="claim", thing_id=second).one()
    assert (opened.type, opened.version, opened.body["divided_from"]) == ("claim.opened", 2, claim_id)
    assert facts(claim_id)[-1] == "claim.changed"
    assert {row.thing_id for row in db.session.query(JournalAct).filter_by(thing="claim")} == {claim_id, second}
    assert as_told(claim_id, second)
    assert assemble(load(biller, second)).claim is not None


def test_to_another_payer_and_provider(practice) -> None:
    biller, claim_id = practice.actor("biller"), coded_claim(practice)
    number = add_line(practice, claim_id)
    policy, provider = second_policy(practice, record_of(claim_id).patient_id), other_provider(practice)
    second = divide_claim(biller, claim_id, [number], coverage_id=policy, rendering_id=provider)
    assert (record_of(second).coverage_id, record_of(second).rendering_id) == (policy, provider)
    assert record_of(claim_id).coverage_id != policy
    assert as_told(claim_id, second)


def test_each_provider_a_claim(practice) -> None:
    biller, claim_id = practice.actor("biller"), coded_claim(practice)
    provider = other_provider(practice)
    with pytest.raises(Refused) as refused:
        divide_by(biller, claim_id, "provider")
    assert refused.value.where == "divide"
    change_claim(biller, claim_id, SetLine(add_line(practice, claim_id), "rendering_id", provider))
    (second,) = divide_by(biller, claim_id, "provider")
    assert record_of(second).rendering_id == provider
    assert [line.rendering_id for line in coding(second).lines] == [None]
    assert as_told(claim_id, second)


def test_what_cannot_be_divided_changes_nothing(practice, other_practice) -> None:
    biller, claim_id = practice.actor("biller"), coded_claim(practice)
    before = len(facts(claim_id))
    for numbers in ([], ["1"], ["7"]):
        with pytest.raises(Refused) as refused:
            divide_claim(biller, claim_id, numbers)
        assert refused.value.where == "divide"
    number = add_line(practice, claim_id)
    theirs = other_practice.provider.id
    for chosen in ({"coverage_id": 99_000}, {"rendering_id": theirs}):
        with pytest.raises(Unknown):
            divide_claim(biller, claim_id, [number], **chosen)
    with pytest.raises(ChangedElsewhere):
        divide_claim(biller, claim_id, [number], sequence=1)
    with pytest.raises(Unknown):
        divide_claim(other_practice.actor("biller"), claim_id, [number])
    with pytest.raises(NotAllowed):
        divide_claim(practice.actor("provider"), claim_id, [number])
    assert len(facts(claim_id)) == before + 2
    assert db.session.query(ClaimRecord).count() == 1


def two_visits(practice: Practice) -> tuple[int, Visit]:
    """A claim of one visit, and a second visit two days later that is nobody's yet."""
    patient = make_patient(practice)
    first = make_visit(practice, patient)
    later = make_visit(practice, patient, date(2026, 5, 6))
    for visit in (first, later):
        db.session.add(
            Problem(
                practice_id=practice.row.id,
                patient_id=patient.id,
                visit_id=visit.id,
                system=ICD10CM,
                code="I10",
                words="hypertension",
            )
        )
    db.session.commit()
    return open_claim(practice.actor("biller"), first.id), later


def test_a_visit_is_put_on_and_taken_out(practice) -> None:
    biller, (claim_id, later) = practice.actor("biller"), two_visits(practice)
    (first,) = visits(claim_id)
    join_visit(biller, claim_id, later.id)
    assert visits(claim_id) == [first, later.id]
    assert [line.service.start.day for line in coding(claim_id).lines] == [4, 6]
    assert len(coding(claim_id).diagnoses) == 1
    assert facts(claim_id) == ["claim.opened", "claim.visit_added", "claim.changed"]
    assert as_told(claim_id)
    assert waiting() == set()
    take_visit_out(biller, claim_id, first)
    assert visits(claim_id) == [later.id]
    assert record_of(claim_id).service_on == date(2026, 5, 6)
    assert as_told(claim_id)
    assert waiting() == {first}
    for visit_id in (first, later.id):
        with pytest.raises(Refused):
            take_visit_out(biller, claim_id, visit_id)


def test_visits_of_merged_charts_are_one_patients(practice) -> None:
    biller, (claim_id, later) = practice.actor("biller"), two_visits(practice)
    other = make_patient(practice, "Calloway", "Bea", covered=False)
    theirs = make_visit(practice, other, date(2026, 5, 5))
    with pytest.raises(Refused):
        join_visit(biller, claim_id, theirs.id)
    merge_patients(practice.actor("manager"), later.patient_id, other.id, "same card")
    join_visit(biller, claim_id, theirs.id)
    assert [line.service.start.day for line in coding(claim_id).lines] == [4, 5]
    assert [each.visit.id for each in candidates(biller, record_of(claim_id)) if each.refused is None] == [later.id]
    assert as_told(claim_id)


def test_an_earlier_day_moves_the_day_of_service(practice) -> None:
    biller = practice.actor("biller")
    patient = make_patient(practice)
    first, later = make_visit(practice, patient), make_visit(practice, patient, date(2026, 5, 6))
    claim_id = open_claim(biller, later.id)
    join_visit(biller, claim_id, first.id)
    assert record_of(claim_id).service_on == date(2026, 5, 4)
    assert as_told(claim_id)


def test_by_day_divides_what_was_joined(practice) -> None:
    biller, (claim_id, later) = practice.actor("biller"), two_visits(practice)
    (first,) = visits(claim_id)
    join_visit(biller, claim_id, later.id)
    (second,) = divide_by(biller, claim_id, "day")
    assert (visits(claim_id), visits(second)) == ([first], [later.id])
    assert record_of(second).service_on == later.on
    assert as_told(claim_id, second)


def test_the_visits_own_claim_comes_along_and_is_withdrawn(practice) -> None:
    biller, (claim_id, later) = practice.actor("biller"), two_visits(practice)
    own = open_claim(biller, later.id)
    change_claim(biller, own, AddDiagnosis(Code(ICD10CM, "E119")))
    change_claim(biller, own, SetLine("1", "pointers", [2, 1]))
    with pytest.raises(Refused) as refused:
        join_visit(biller, claim_id, later.id)
    assert refused.value.params == {"number": record_of(own).number}
    assert visits(own) == [later.id]
    join_visit(biller, claim_id, later.id, confirmed=True)
    assert [code.value for code in coding(claim_id).diagnoses] == ["I10", "E119"]
    assert coding(claim_id).lines[-1].pointers == (2, 1)
    assert (record_of(own).journey, record_of(own).owes, visits(own)) == ("withdrawn", "nobody", [])
    gone = db.session.query(Fact).filter_by(thing="claim", thing_id=own, type="claim.withdrawn").one()
    assert (gone.version, gone.body) == (2, {"into": claim_id})
    assert as_told(claim_id, own)
    assert waiting() == set()
    with pytest.raises(Refused):
        change_claim(biller, own, SetField("note", "too late"))


def test_what_cannot_be_together_is_refused(practice) -> None:
    biller, (claim_id, later) = practice.actor("biller"), two_visits(practice)
    patient = db.session.get_one(Patient, later.patient_id)
    stranger = make_visit(practice, make_patient(practice, "Eze", "Ngozi"))
    dental, elsewhere, by_other, uncovered = (make_visit(practice, patient) for _ in range(4))
    dental.department = "dental"
    elsewhere.location_id = _place(practice)
    by_other.provider_id = other_provider(practice)
    uncovered.on = date(2025, 5, 4)
    patient.coverages[0].starts = date(2026, 1, 1)
    db.session.commit()
    (first,) = visits(claim_id)
    before = facts(claim_id)
    for visit_id in (stranger.id, dental.id, elsewhere.id, by_other.id, uncovered.id, first):
        with pytest.raises(Refused) as refused:
            join_visit(biller, claim_id, visit_id, confirmed=True)
        assert refused.value.where == "join"
    assert facts(claim_id) == before
    sent = ready_claim(practice, "Moreau")
    db.session.get_one(ClaimRecord, sent).journey = "sent"
    db.session.commit()
    with pytest.raises(Refused) as refused:
        join_visit(biller, sent, later.id)
    assert refused.value.where == "claim"


def _place(practice: Practice) -> int:
    from clinic.models import Location

    row = Location(
        practice_id=practice.row.id,
        name="Harbour",
        street="1 Quay",
        city="Duluth",
        state="MN",
        postal_code="55802",
        place_of_service="11",
        time_zone="America/Chicago",
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def test_a_claim_without_a_visit(practice, other_practice) -> None:
    biller, patient = practice.actor("biller"), make_patient(practice)
    claim_id = open_without_visit(
        biller, patient.id, date(2026, 5, 5), practice.location.id, provider_id=practice.provider.id, place="81"
    )
    assert visits(claim_id) == []
    add_line(practice, claim_id, on=date(2026, 5, 5))
    claim = assemble(load(biller, claim_id)).claim
    assert (claim.part.place, claim.acts[0].service.start) == ("81", date(2026, 5, 5))
    finish_coding(biller, claim_id, digest_of(practice, claim_id))
    assert record_of(claim_id).preparation == "coded"
    assert as_told(claim_id)
    before = db.session.query(ClaimRecord).count()
    for wrong in ({"on": date(2026, 5, 7)}, {"on": date(1950, 1, 1)}, {"place": "8"}, {"place": "٨١"}):
        told = {"on": date(2026, 5, 5), **wrong}
        with pytest.raises(Refused) as refused:
            open_without_visit(biller, patient.id, location_id=practice.location.id, **told)
        assert refused.value.where == next(iter(wrong))
    for unknown in ({"location_id": other_practice.location.id}, {"provider_id": other_practice.provider.id}):
        told = {"location_id": practice.location.id, **unknown}
        with pytest.raises(Unknown):
            open_without_visit(biller, patient.id, date(2026, 5, 5), **told)
    assert db.session.query(ClaimRecord).count() == before


def test_more_than_twelve_problems_open_a_claim_all_the_same(practice) -> None:
    biller, patient = practice.actor("biller"), make_patient(practice)
    visit = make_visit(practice, patient)
    db.session.add_all(
        Problem(
            practice_id=practice.row.id,
            patient_id=patient.id,
            visit_id=visit.id,
            system=ICD10CM,
            code=code,
            words="something",
        )
        for code in THIRTEEN
    )
    db.session.commit()
    claim_id = open_claim(biller, visit.id)
    assert len(coding(claim_id).diagnoses) == 12
    with pytest.raises(Refused) as refused:
        change_claim(biller, claim_id, AddDiagnosis(Code(ICD10CM, "R519")))
    assert refused.value.where == "diagnoses"


def test_a_withdrawn_claim_gives_its_visit_back_or_not(practice) -> None:
    biller, (claim_id, later) = practice.actor("biller"), two_visits(practice)
    (first,) = visits(claim_id)
    with pytest.raises(Refused) as refused:
        withdraw_claim(biller, claim_id, "  ")
    assert refused.value.where == "withdraw"
    withdraw_claim(biller, claim_id, "opened by mistake")
    assert waiting() == {first, later.id}
    assert as_told(claim_id)
    with pytest.raises(Refused):
        withdraw_claim(biller, claim_id, "again")
    again = open_claim(biller, first)
    assert again != claim_id
    withdraw_claim(biller, again, "a courtesy, not billed", visit_done=True)
    assert waiting() == {later.id}
    assert visits(again) == [first]
    assert as_told(again)
    told = db.session.query(Fact).filter_by(thing="claim", thing_id=again, type="claim.withdrawn").one()
    assert (told.body, told.reason) == ({"visit_done": True}, "a courtesy, not billed")
    assert not visit_is_billed(practice.row.id, first)


def test_a_visit_moves_once_no_claim_holds_it(practice) -> None:
    biller, (claim_id, later) = practice.actor("biller"), two_visits(practice)
    (first,) = visits(claim_id)
    join_visit(biller, claim_id, later.id)

    def moves(visit_id: int) -> bool:
        with acting(practice.actor("assistant"), "visit.move") as work:
            work.journal("visit", visit_id)
            try:
                visit_moves(work, visit_id, 1)
            except Refused:
                return False
        return True

    assert not moves(first)
    take_visit_out(biller, claim_id, first)
    assert moves(first)
    assert not moves(later.id)
    withdraw_claim(biller, claim_id, "wrong patient", visit_done=True)
    assert moves(later.id)

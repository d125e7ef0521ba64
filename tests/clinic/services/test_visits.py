"""Visits entered by hand, what is written at them, and visits moved to the right patient."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from billing.models import ClaimRecord
from billing.services.billed_visits import visit_is_billed, visit_moves
from billing.services.open_claim import open_claim
from clinic import ports
from clinic.base import db
from clinic.domain.particulars import Particulars
from clinic.domain.refusal import Refused
from clinic.models import Charge, Fact, Location, Note, Patient, Problem, Provider, Visit, VisitAct
from clinic.services.acting import NotAllowed
from clinic.services.add_act import add_act, charges_like
from clinic.services.add_problem import add_problem, withdraw_problem
from clinic.services.clock import running_from
from clinic.services.enter_patient import enter_patient
from clinic.services.enter_visit import enter_visit
from clinic.services.find import Unknown
from clinic.services.merge_patients import merge_patients
from clinic.services.move_visit import move_visit
from clinic.services.visit_facts import standing_of
from clinic.services.write_note import write_note

DAY = date(2026, 5, 4)


@pytest.fixture
def biller(practice):
    return practice.actor("biller")


@pytest.fixture
def provider(practice):
    return practice.actor("provider")


@pytest.fixture
def patient(biller):
    return enter_patient(biller, Particulars(last="Calloway", first="Beatrix", birth=date(1967, 3, 14)))


@pytest.fixture
def other(biller):
    return enter_patient(biller, Particulars(last="Osei", first="Marvin", birth=date(1950, 1, 2)))


@pytest.fixture
def visit(biller, patient, practice):
    return enter_visit(
        biller, patient, on=DAY, location_id=practice.location.id, provider_id=practice.provider.id, reason=" knee "
    )


@pytest.fixture(autouse=True)
def asked_of_billing():
    ports.fill(visit_is_billed=visit_is_billed, visit_moves=visit_moves)


def types(thing: str, thing_id: int) -> list[str]:
    rows = db.session.query(Fact).filter_by(thing=thing, thing_id=thing_id).order_by(Fact.sequence)
    return [row.type for row in rows]


def test_entered_and_told(biller, visit, patient, practice) -> None:
    row = db.session.get_one(Visit, visit)
    assert (row.patient_id, row.on, row.reason, row.department) == (patient, DAY, "knee", "medical")
    standing = standing_of(biller, visit)
    assert standing.visit is not None
    assert {name: getattr(row, name) for name in standing.visit.__struct_fields__} == {
        name: getattr(standing.visit, name) for name in standing.visit.__struct_fields__
    }


@pytest.mark.parametrize(
    ("zone", "today"), [("Pacific/Kiritimati", date(2026, 5, 5)), ("Pacific/Pago_Pago", date(2026, 5, 3))]
)
def test_no_later_than_today_where_it_is(biller, patient, practice, zone: str, today: date) -> None:
    place = Location(
        practice_id=practice.row.id, name=zone, street="1 Rd", city="C", place_of_service="11", time_zone=zone
    )
    db.session.add(place)
    db.session.commit()
    with running_from(datetime(2026, 5, 4, 10, 30, tzinfo=UTC)):
        assert enter_visit(biller, patient, on=today, location_id=place.id)
        with pytest.raises(Refused) as refused:
            enter_visit(biller, patient, on=today + timedelta(days=1), location_id=place.id)
    assert refused.value.where == "on"


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"on": date(1967, 3, 13)}, "on"),
        ({"location_id": 10**6}, "location_id"),
        ({"provider_id": 10**6}, "provider_id"),
        ({"department": "legal"}, "department"),
        ({"reason": "x" * 201}, "reason"),
    ],
)
def test_refused_at_its_field(biller, patient, practice, fields, where: str) -> None:
    with pytest.raises(Refused) as refused:
        enter_visit(biller, patient, **{"on": DAY, "location_id": practice.location.id} | fields)
    assert refused.value.where == where
    assert db.session.query(Visit).count() == 0


def test_choices_are_of_this_practice_active_and_its_own(biller, patient, practice, other_practice) -> None:
    outside = Provider(practice_id=practice.row.id, last="Away", profession="physician", outside=True)
    closed = Location(
        practice_id=practice.row.id,
        name="Closed",
        street="1 Rd",
        city="C",
        place_of_service="11",
        time_zone="UTC",
        active=False,
    )
    db.session.add_all([outside, closed])
    db.session.commit()
    here = practice.location.id
    for place, who in (
        (closed.id, None),
        (other_practice.location.id, None),
        (here, outside.id),
        (here, other_practice.provider.id),
    ):
        with pytest.raises(Refused):
            enter_visit(biller, patient, on=DAY, location_id=place, provider_id=who)


def test_a_note_is_written_once(provider, visit) -> None:
    note = write_note(provider, visit, " One.\r\nTwo. ", "plan")
    row = db.session.get_one(Note, note)
    assert (row.text, row.section, row.author_id, row.author_name) == (
        "One.\nTwo.",
        "plan",
        provider.staff_id,
        provider.name,
    )
    fact = db.session.query(Fact).filter_by(thing="visit", type="visit.note_written").one()
    assert fact.body == {"note_id": note, "section": "plan"}
    for text, section in (("  ", "plan"), ("x" * 100_001, "plan"), ("x", "preface")):
        with pytest.raises(Refused):
            write_note(provider, visit, text, section)
    assert db.session.query(Note).count() == 1


def test_problems_by_code_and_by_words(provider, visit) -> None:
    chosen = add_problem(provider, visit, "hyper", "I10")
    typed = add_problem(provider, visit, "e11.9")
    said = add_problem(provider, visit, "knee hurts on stairs", onset=date(2026, 3, 1))
    rows = {row.id: row for row in db.session.query(Problem)}
    assert (rows[chosen].system, rows[chosen].code, rows[chosen].words) == (
        "icd10cm",
        "I10",
        "Essential (primary) hypertension",
    )
    assert rows[typed].code == "E119"
    assert (rows[said].system, rows[said].code, rows[said].words) == (None, None, "knee hurts on stairs")
    assert {row.patient_id for row in rows.values()} == {db.session.get_one(Visit, visit).patient_id}


@pytest.mark.parametrize(
    ("typed", "code", "onset"),
    [("", None, None), ("x", "I10000", None), ("x" * 301, None, None), ("cough", None, date(2026, 5, 5))],
)
def test_a_problem_that_is_none(provider, visit, typed, code, onset) -> None:
    with pytest.raises(Refused):
        add_problem(provider, visit, typed, code, onset)
    assert db.session.query(Problem).count() == 0


def test_a_problem_stands_once_until_it_is_withdrawn(provider, visit) -> None:
    first = add_problem(provider, visit, "I10")
    with pytest.raises(Refused):
        add_problem(provider, visit, "i10")
    assert withdraw_problem(provider, first) == visit
    assert db.session.get_one(Problem, first).status == "entered-in-error"
    with pytest.raises(Refused):
        withdraw_problem(provider, first)
    assert add_problem(provider, visit, "I10") != first
    assert standing_of(provider, visit).withdrawn == (first,)


def test_acts_by_the_charge_list_and_by_words(provider, visit, practice) -> None:
    charge = db.session.query(Charge).filter_by(code="36415", practice_id=practice.row.id).one()
    chosen = add_act(provider, visit, "blo", charge.id)
    typed = add_act(provider, visit, "g0008", quantity=Decimal("2.5"))
    said = add_act(provider, visit, "looked at the knee")
    rows = {row.id: row for row in db.session.query(VisitAct)}
    assert (rows[chosen].code, rows[chosen].words, rows[chosen].quantity) == ("36415", "blood draw, vein", 1)
    assert (rows[typed].system, rows[typed].code, rows[typed].quantity) == ("hcpcs", "G0008", Decimal("2.5"))
    assert (rows[said].code, rows[said].words) == (None, "looked at the knee")
    told = standing_of(provider, visit).acts
    assert [(act.act_id, act.words, act.quantity, act.code) for act in told] == [
        (row.id, row.words, row.quantity, row.code) for row in sorted(rows.values(), key=lambda row: row.id)
    ]


@pytest.mark.parametrize(
    ("typed", "charge", "quantity"),
    [
        ("", None, "1"),
        ("x", 10**6, "1"),
        ("x" * 301, None, "1"),
        ("x", None, "0"),
        ("x", None, "-1"),
        ("x", None, "1.2345"),
        ("x", None, "NaN"),
        ("x", None, "Infinity"),
        ("x", None, "10000000"),
    ],
)
def test_an_act_that_is_none(provider, visit, typed, charge, quantity) -> None:
    with pytest.raises(Refused):
        add_act(provider, visit, typed, charge, Decimal(quantity))
    assert db.session.query(VisitAct).count() == 0


def test_the_charge_list_is_searched(provider, other_practice) -> None:
    assert [row.code for row in charges_like(provider, "36")] == ["36415"]
    assert [row.code for row in charges_like(provider, "vaccine flu")] == ["G0008"]
    assert charges_like(provider, "%") == charges_like(provider, "  ") == []


def test_moved_with_all_that_is_its_own_and_told_to_three(biller, provider, visit, patient, other) -> None:
    problem = add_problem(provider, visit, "I10")
    assert move_visit(biller, visit, other, "wrong chart was open") == other
    assert db.session.get_one(Visit, visit).patient_id == other
    assert db.session.get_one(Problem, problem).patient_id == other
    body = {"visit_id": visit, "from_patient_id": patient, "to_patient_id": other}
    rows = db.session.query(Fact).filter_by(type="visit.moved").order_by(Fact.id).all()
    assert [(row.thing, row.thing_id, row.body, row.reason) for row in rows] == [
        (thing, thing_id, body, "wrong chart was open")
        for thing, thing_id in (("visit", visit), ("patient", patient), ("patient", other))
    ]
    assert standing_of(biller, visit).patient_id == other
    assert types("visit", visit) == ["visit.entered", "visit.problem_added", "visit.moved"]


def test_a_move_that_cannot_be(biller, visit, patient, other, practice) -> None:
    child = enter_patient(biller, Particulars(last="Moreau", birth=date(2026, 5, 5)))
    for to, why, where in ((other, " ", "reason"), (patient, "x", "other"), (child, "x", "other")):
        with pytest.raises(Refused) as refused:
            move_visit(biller, visit, to, why)
        assert refused.value.where == where
    merge_patients(practice.actor("manager"), other, patient, "same card")
    with pytest.raises(Refused):
        move_visit(biller, visit, other, "it is the same person's")
    assert types("visit", visit) == ["visit.entered"]


def test_not_away_from_a_claim(biller, visit, patient, other) -> None:
    claim = open_claim(biller, visit)
    assert not visit_is_billed(biller.practice_id, visit)
    with pytest.raises(Refused):
        move_visit(biller, visit, other, "wrong chart was open")
    db.session.get_one(ClaimRecord, claim).journey = "sent"
    db.session.commit()
    assert visit_is_billed(biller.practice_id, visit)
    with pytest.raises(Refused):
        move_visit(biller, visit, other, "wrong chart was open")
    assert db.session.get_one(Visit, visit).patient_id == patient
    assert "visit.moved" not in types("patient", patient)


def test_who_may_not(practice, other_practice, biller, provider, visit, patient, other) -> None:
    with pytest.raises(NotAllowed):
        write_note(biller, visit, "x")
    with pytest.raises(NotAllowed):
        move_visit(provider, visit, other, "x")
    administrator = practice.actor("administrator")
    with pytest.raises(NotAllowed):
        enter_visit(administrator, patient, on=DAY, location_id=practice.location.id)
    problem = add_problem(provider, visit, "I10")
    theirs, treats = other_practice.actor("biller"), other_practice.actor("provider")
    stranger = enter_patient(theirs, Particulars(last="Haddad"))
    for act in (
        lambda: enter_visit(theirs, patient, on=DAY, location_id=other_practice.location.id),
        lambda: write_note(treats, visit, "x"),
        lambda: add_problem(treats, visit, "I10"),
        lambda: withdraw_problem(treats, problem),
        lambda: add_act(treats, visit, "x"),
        lambda: move_visit(theirs, visit, stranger, "x"),
        lambda: move_visit(biller, visit, stranger, "x"),
    ):
        with pytest.raises(Unknown):
            act()
    assert db.session.get_one(Patient, patient).version == 1

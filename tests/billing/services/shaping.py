"""What tests of the shapes of claims ask and do."""

from datetime import date
from decimal import Decimal

from billing.coding.changes import AddDiagnosis, AddLine
from billing.coding.coding import Coding
from billing.models import ClaimRecord, ClaimVisit
from billing.services.change_claim import change_claim
from billing.services.claim_value import coding_of
from billing.services.open_claim import open_claim
from billing.services.telling import standing_of
from clinic.base import db
from clinic.domain.code import ICD10CM, Code, procedure
from clinic.domain.money import Money
from clinic.domain.period import Period
from clinic.domain.quantity import Quantity
from clinic.models import Coverage, Fact, Problem, Provider, Visit
from tests.billing.coding.test_story import rebuilt
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


def other_place(practice: Practice) -> int:
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

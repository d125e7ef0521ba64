"""Dental files to read and to spoil."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from billing.domain.claim import Act, Adjudication, Adjustment, Authority, Claim, Coverage, OtherCoverage
from billing.domain.dental import (
    Attachment,
    Dental,
    DentalAct,
    DentalActDate,
    DentalClaim,
    DentalDate,
    MissingTooth,
    Orthodontics,
    Prosthesis,
    TreatedTooth,
)
from billing.x12 import write_837d
from clinic.domain.code import CDT, EIN, ICD10CM, NPI, PAYER, TAXONOMY, Code, Identifier
from clinic.domain.money import Money
from clinic.domain.party import BillingProvider, Colleague, Facility, Payer, Provider
from clinic.domain.period import Period
from clinic.domain.person import Address, Contact, OrganizationName, Person, PersonName
from clinic.domain.quantity import Quantity
from tests.billing.x12.files import TRANSMISSION

DAY = date(2025, 2, 3)
_STREET = Address("12 CANINE WAY", "SPRINGFIELD", None, "IL", "627010001")
_HOME = Address("1 ELM ST", "SPRINGFIELD", None, "IL", "62704")


def _provider(last: str, npi: str, taxonomy: str) -> Provider:
    return Provider(name=PersonName(last, "ANN"), identifier=Identifier(NPI, npi), taxonomy=Code(TAXONOMY, taxonomy))


def _colleague(last: str, npi: str) -> Colleague:
    return Colleague(name=PersonName(last, "IRIS"), identifier=Identifier(NPI, npi))


def _act(number: str, code: str, cents: int, part: DentalAct, day: date = DAY) -> Act[DentalAct]:
    return Act(
        number=number,
        code=Code(CDT, code),
        service=Period(day),
        quantity=Quantity(Decimal(1)),
        charge=Money(cents),
        part=part,
    )


def _claim(number: str, acts: tuple[Act[DentalAct], ...], part: Dental, coverage: Coverage) -> DentalClaim:
    return Claim(
        kind="dental",
        number=number,
        billing=BillingProvider(
            name=OrganizationName("SMILE DENTAL GROUP"),
            address=_STREET,
            tax=Identifier(EIN, "123456789"),
            identifier=Identifier(NPI, "1467560003"),
            taxonomy=Code(TAXONOMY, "1223G0001X"),
            contact=Contact("DESK", "5555550100"),
        ),
        patient=Person(PersonName("ROE", "MARY"), date(1985, 3, 7), "F", _HOME),
        coverage=coverage,
        acts=acts,
        part=part,
        total=Money(sum(act.charge.cents for act in acts)),
        frequency="1",
    )


_COVERAGE = Coverage(
    payer=Payer(OrganizationName("DELTA SAMPLE"), Identifier(PAYER, "DS001")),
    member_id="MEM0001",
    filing="CI",
    rank="P",
    relationship="18",
    group_number="GRP100",
    assigns_benefits="Y",
    release="Y",
)

SIMPLE = _claim(
    "D0000001",
    (
        _act("L1", "D2392", 26000, DentalAct(teeth=(TreatedTooth("19", ("M", "O")),), pointers=(1,))),
        _act("L2", "D4341", 25025, DentalAct(areas=("10", "20"))),
        _act("L3", "D7140", 18000, DentalAct(teeth=(TreatedTooth("1"), TreatedTooth("16"))), date(2025, 2, 10)),
    ),
    Dental(
        place="11",
        signed="Y",
        assignment="A",
        diagnoses=(Code(ICD10CM, "K0251"), Code(ICD10CM, "K0530")),
        rendering=_provider("MOLAR", "1245319599", "1223X0400X"),
    ),
    _COVERAGE,
)
"""The patient is the subscriber; three lines, the last on another day."""

_OTHER = OtherCoverage(
    payer=Payer(OrganizationName("OTHER DENTAL PLAN"), Identifier(PAYER, "ODP02"), _STREET),
    member_id="OTH77",
    filing="CI",
    rank="P",
    relationship="19",
    subscriber=PersonName("ROE", "JOHN"),
    assigns_benefits="Y",
    release="Y",
    adjudication=Adjudication(
        Money(40000), date(2025, 2, 20), (Adjustment("CO", "45", Money(60000)), Adjustment("PR", "1", Money(35000)))
    ),
)

WHOLE = Claim(
    kind="dental",
    number="D0000002",
    billing=SIMPLE.billing,
    patient=SIMPLE.patient,
    coverage=Coverage(
        payer=_COVERAGE.payer,
        member_id="MEM0002",
        filing="CI",
        rank="S",
        relationship="19",
        subscriber=Person(PersonName("ROE", "ANNA"), date(1960, 1, 2), "F", _HOME),
        assigns_benefits="Y",
        release="I",
    ),
    acts=(
        _act(
            "L1",
            "D2740",
            135000,
            DentalAct(
                teeth=(TreatedTooth("3"),),
                prosthesis=Prosthesis("R", date(2015, 6, 1)),
                pointers=(1, 2),
                description="CROWN OF CERAMIC",
                dates=(DentalActDate("196", date(2025, 1, 20)),),
                rendering=_provider("CROWN", "1699999991", "1223P0700X"),
                assistant=_provider("HAND", "1588888889", "1223S0112X"),
            ),
        ),
    ),
    part=Dental(
        place="11",
        signed="Y",
        assignment="C",
        diagnoses=(Code(ICD10CM, "K0251"), Code(ICD10CM, "K029")),
        predetermination_number="PRE5566",
        rendering=_provider("MOLAR", "1245319599", "1223X0400X"),
        assistant=_provider("SECOND", "1477777774", "1223S0112X"),
        referring=_colleague("SENDER", "1366666663"),
        supervising=_colleague("WATCHER", "1255555552"),
        facility=Facility(
            name=OrganizationName("CITY DENTAL HALL"), address=_STREET, identifier=Identifier(NPI, "1144444449")
        ),
        accident=("AA",),
        accident_state="IL",
        dates=(DentalDate("439", date(2025, 1, 10)), DentalDate("452", date(2024, 9, 1))),
        missing=(MissingTooth("1", "M"), MissingTooth("16", "E")),
        orthodontics=Orthodontics(24, 18),
        attachments=(Attachment("RB", "EL", "IMG100"), Attachment("OZ", "AA"), Attachment("RB", "EL", "IMG101")),
        casualty_claim="CAS1",
        notes=("RECURRENT DECAY UNDER OLD CROWN", "SECOND LINE"),
    ),
    total=Money(135000),
    frequency="7",
    replaces="PAYERICN9911",
    authority=Authority(prior_authorization="PA7788", referral="RF12"),
    pay_to=_STREET,
    other_coverages=(_OTHER,),
    patient_paid=Money(5000),
)
"""A dependent, another payer that answered, everything a dental claim may say."""

_ASKED_ACTS = tuple(
    _act(act.number, act.code.value, act.charge.cents, act.part, TRANSMISSION.created.date()) for act in SIMPLE.acts
)
ASKED = _claim(
    "D0000003",
    _ASKED_ACTS,
    Dental(place="11", signed="Y", assignment="A", predetermination=True, diagnoses=SIMPLE.part.diagnoses),
    _COVERAGE,
)
"""The question what SIMPLE would be paid."""

FILES = {"simple": SIMPLE, "whole": WHOLE, "asked": ASKED}


def written(*claims: DentalClaim) -> bytes:
    """A file of these claims, made on the day predeterminations of the tests are asked."""
    return write_837d(TRANSMISSION, claims)

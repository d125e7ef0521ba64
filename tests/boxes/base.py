"""The practice, the patient and the plain claim from which the typed claims differ."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from billing.domain.claim import Act, Claim, Coverage
from billing.domain.professional import Professional, ProfessionalAct, ProfessionalActLine, ProfessionalClaim
from clinic.domain.code import EIN, ICD10CM, NPI, PAYER, Code, Identifier, procedure
from clinic.domain.money import Money, total
from clinic.domain.party import BillingProvider, Payer
from clinic.domain.period import Period
from clinic.domain.person import Address, Contact, OrganizationName, Person, PersonName
from clinic.domain.quantity import Quantity


def act(number: int, code: str, cents: int, on: date = date(2024, 3, 5), **part: Any) -> ProfessionalActLine:
    """One line: a unit of a procedure on a day, for the first diagnosis."""
    return Act(
        number=f"L{number}",
        code=procedure(code),
        service=Period(on),
        quantity=Quantity(Decimal(1)),
        charge=Money(cents),
        part=ProfessionalAct(**({"pointers": (1,)} | part)),
    )


HOME = Address("48 ELM ST", "QUINCY", None, "MA", "02169")
JOHN = Person(PersonName("DOE", "JOHN", "Q"), date(1961, 5, 17), "M", HOME)
HARBOR = Payer(
    OrganizationName("HARBOR HEALTH PLAN"),
    Identifier(PAYER, "60054"),
    Address("PO BOX 981106", "EL PASO", None, "TX", "799981106"),
)

PLAIN: ProfessionalClaim = Claim(
    kind="professional",
    number="ACC1001",
    billing=BillingProvider(
        name=OrganizationName("BAYSIDE FAMILY PRACTICE"),
        address=Address("12 HARBOR ST", "BOSTON", None, "MA", "021101234"),
        tax=Identifier(EIN, "042345678"),
        identifier=Identifier(NPI, "1234567893"),
        contact=Contact("FRONT DESK", "6175550142"),
    ),
    patient=JOHN,
    coverage=Coverage(
        payer=HARBOR,
        member_id="W123456789",
        filing="CI",
        rank="P",
        relationship="18",
        group_number="G1001",
        assigns_benefits="Y",
        release="Y",
    ),
    acts=(act(1, "99213", 12500),),
    part=Professional(
        diagnoses=(Code(ICD10CM, "I10"), Code(ICD10CM, "E119")),
        place="11",
        signed="Y",
        assignment="A",
    ),
    total=Money(12500),
    frequency="1",
)


def claim(
    *,
    coverage: dict[str, Any] | None = None,
    part: dict[str, Any] | None = None,
    billing: dict[str, Any] | None = None,
    acts: tuple[ProfessionalActLine, ...] = PLAIN.acts,
    **fields: Any,
) -> ProfessionalClaim:
    """The plain claim with other values in some fields."""
    return replace(
        PLAIN,
        coverage=replace(PLAIN.coverage, **coverage or {}),
        part=replace(PLAIN.part, **part or {}),
        billing=replace(PLAIN.billing, **billing or {}),
        acts=acts,
        total=total([each.charge for each in acts]),
        **fields,
    )

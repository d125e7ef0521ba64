"""Claims for paper: one that says everything a page can say, and small changes of it."""

from datetime import date
from decimal import Decimal

import msgspec

from billing.domain.claim import Adjudication, Authority, Coverage, OtherCoverage
from billing.domain.professional import (
    ClaimDate,
    Drug,
    Professional,
    ProfessionalAct,
    ProfessionalActLine,
    ProfessionalClaim,
)
from clinic.domain.code import Code, Identifier, procedure
from clinic.domain.money import Money
from clinic.domain.party import BillingProvider, Colleague, Facility, Payer, Provider
from clinic.domain.period import Period
from clinic.domain.person import Address, Contact, OrganizationName, Person, PersonName
from clinic.domain.quantity import Quantity

CHARGES = (18600, 2405, 11800, 950, 2800, 123456)
DIAGNOSES = "E1142", "E1165", "I10", "E66811", "Z6833", "L918", "Z7984", "Z23", "S72001A", "M1611", "R7301", "Z9889"
CODES = ("99214", "83036", "11200", "J1885", "90471", "90656")


def act(number: int, **part) -> ProfessionalActLine:
    """Line ``number``, counted from 1, full unless said otherwise."""
    place = (number - 1) % 6
    said = {
        "pointers": (1, 2, 11, 12),
        "modifiers": ("25", "59", "RT", "XU"),
        "place": "22",
        "description": "WOUND CARE KIT",
        "emergency": True,
        "epsdt": True,
        "drug": Drug(Code("ndc", "00409379601"), Quantity(Decimal("2.50"), "ML")),
        "rendering": Provider(
            name=PersonName("VERMA", "ANIL"),
            identifier=Identifier("npi", "1093817465"),
            other=Identifier("g2", "PIN00442"),
        ),
    } | part
    return ProfessionalActLine(
        number=str(number),
        code=procedure(CODES[place]),
        service=Period(date(2025, 11, 17), date(2025, 11, 18)),
        quantity=Quantity(Decimal("2.5")),
        charge=Money(CHARGES[place]),
        part=ProfessionalAct(**said),
    )


def full(lines: int = 6) -> ProfessionalClaim:
    """A claim that fills every box that a claim can fill."""
    acts = tuple(act(number) for number in range(1, lines + 1))
    home = Address("218 ALDER LANE", "TWO HARBORS", "APT 4", "MN", "556161234")
    return ProfessionalClaim(
        kind="professional",
        number="004417-3",
        billing=BillingProvider(
            name=OrganizationName("HARBOR STREET CLINIC (WEST)"),
            address=Address("40 HARBOR ST.", "TWO HARBORS", "SUITE 5", "MN", "55616"),
            tax=Identifier("ein", "990417881"),
            identifier=Identifier("npi", "1234567893"),
            taxonomy=Code("taxonomy", "207Q00000X"),
            contact=Contact("DANA REYES", "2185550142"),
        ),
        patient=Person(PersonName("CALLOWAY", "BEATRIX", "M", "JR."), date(1967, 3, 14), "F", home),
        coverage=Coverage(
            payer=Payer(
                OrganizationName("NORTHLAKE MUTUAL PPO"),
                Identifier("payer", "99417"),
                Address("PO BOX 4410", "DULUTH", "CLAIMS DEPT", "MN", "558022200"),
            ),
            member_id="NLM884201337",
            filing="CI",
            rank="P",
            relationship="01",
            subscriber=Person(
                PersonName("CALLOWAY", "ROWAN", "T"),
                date(1965, 12, 1),
                "M",
                Address("9 ELM", "DULUTH", None, "MN", "55802"),
            ),
            group_number="70418",
            plan_name="PPO SELECT",
            assigns_benefits="Y",
            release="Y",
            provider_number=Identifier("g2", "HSC0001"),
        ),
        acts=acts,
        part=Professional(
            diagnoses=tuple(Code("icd10cm", value) for value in DIAGNOSES),
            place="11",
            rendering=Provider(
                name=PersonName("OKAFOR", "INES"),
                identifier=Identifier("npi", "1215930367"),
                taxonomy=Code("taxonomy", "363L00000X"),
            ),
            referring=Colleague(
                name=PersonName("ST. JOHN", "ADA", "Q", "MD"),
                identifier=Identifier("npi", "1093817465"),
                other=Identifier("0b", "MN5521"),
            ),
            facility=Facility(
                name=OrganizationName("LAKE SURGERY CENTER"),
                address=Address("7 PIER ROAD", "DULUTH", None, "MN", "558025555"),
                identifier=Identifier("npi", "1234567893"),
                other=Identifier("lu", "L009"),
            ),
            signed="Y",
            assignment="A",
            accident=("AA", "EM"),
            accident_state="MN",
            dates=(ClaimDate("431", date(2025, 11, 1)), ClaimDate("439", date(2025, 10, 31))),
            unable_to_work=Period(date(2025, 11, 2), date(2025, 11, 9)),
            hospital=Period(date(2025, 11, 3), date(2025, 11, 5)),
            condition_codes=("AA", "W3"),
            casualty_claim="PC 2025 0001",
            note="REPEAT OF THE TEST AFTER A HAEMOLYSED SAMPLE AND A SECOND DRAW",
        ),
        total=Money(sum(one.charge.cents for one in acts)),
        frequency="7",
        replaces="ICN20251101X",
        authority=Authority(prior_authorization="PA7781 K"),
        other_coverages=(
            OtherCoverage(
                payer=Payer(OrganizationName("COAST HEALTH"), Identifier("payer", "12345")),
                member_id="CH55",
                filing="CI",
                rank="S",
                relationship="18",
                group_number="G-12",
                plan_name="COAST PLUS",
                assigns_benefits="Y",
                release="Y",
                adjudication=Adjudication(Money(5000)),
            ),
        ),
        patient_paid=Money(2550),
    )


def changed(claim, **fields):
    """The claim with some fields replaced; ``part__note`` reaches into ``part``."""
    top = {}
    for name, value in fields.items():
        head, _, rest = name.partition("__")
        top[head] = msgspec.structs.replace(top.get(head, getattr(claim, head)), **{rest: value}) if rest else value
    return msgspec.structs.replace(claim, **top)

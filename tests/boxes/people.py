"""The people and payers of the typed claims, all invented."""

from __future__ import annotations

from datetime import date

from billing.domain.claim import OtherCoverage
from clinic.domain.code import NPI, PAYER, TAXONOMY, Code, Identifier
from clinic.domain.party import Payer, Provider
from clinic.domain.person import Address, OrganizationName, Person, PersonName
from tests.boxes.base import HOME

JANE = Person(PersonName("DOE", "JANE"), date(1963, 11, 2), "F", HOME)
MARY = Person(
    PersonName("SMITH-JONES", "MARY", "L", "JR"),
    date(1984, 1, 9),
    "F",
    Address("7 PINE AVE", "WORCESTER", "APT 3", "MA", "016081101"),
)
TIM = Person(PersonName("JONES", "TIM"), date(2015, 12, 30), "U", HOME)
MEDICARE = Payer(OrganizationName("MEDICARE PART B"), Identifier(PAYER, "14212"))
STATE_FUND = Payer(
    OrganizationName("STATE FUND"), Identifier(PAYER, "SF01"), Address("1 MAIN ST", "ALBANY", "UNIT 9", "NY", "12207")
)
ADA_LEE = Provider(
    name=PersonName("LEE", "ADA"), identifier=Identifier(NPI, "1100000003"), taxonomy=Code(TAXONOMY, "207Q00000X")
)


def other(rank: str, **fields: object) -> OtherCoverage:
    plain = {
        "payer": Payer(OrganizationName("NORTH MUTUAL"), Identifier(PAYER, "NM77")),
        "member_id": "NM445566",
        "filing": "CI",
        "rank": rank,
        "relationship": "18",
        "group_number": "NG20",
        "plan_name": "NORTH CHOICE",
        "assigns_benefits": "Y",
        "release": "Y",
    }
    return OtherCoverage(**plain | fields)

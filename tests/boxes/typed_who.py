"""Claims typed by hand: who is insured, who pays, who is paid, in place of what."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from billing.domain.claim import Adjudication, Adjustment, Authority
from clinic.domain.code import CLIA, NPI, SSN, TAXONOMY, Code, Identifier
from clinic.domain.money import Money
from clinic.domain.party import Facility
from clinic.domain.period import Period
from clinic.domain.person import Address, OrganizationName, Person, PersonName
from tests.boxes.base import PLAIN, act, claim
from tests.boxes.page import Typed, page
from tests.boxes.people import JANE, MARY, MEDICARE, STATE_FUND, TIM, other

WHO = (
    Typed("self, group health plan", PLAIN, (page(),)),
    Typed(
        "spouse of the insured, plan named",
        claim(coverage={"relationship": "01", "subscriber": JANE, "plan_name": "HARBOR PPO"}),
        (page(b4="DOE, JANE", b6="spouse", b11a="11|02|1963|F", b11c="HARBOR PPO"),),
    ),
    Typed(
        "child under Medicaid, suffix and hyphen in the name, sex unknown",
        claim(
            patient=TIM,
            coverage={"filing": "MC", "relationship": "19", "subscriber": MARY, "group_number": None},
        ),
        (
            page(
                b1="Medicaid",
                b2="JONES, TIM",
                b3="12|30|2015",
                b4="SMITH-JONES JR, MARY, L",
                b6="child",
                b7="7 PINE AVE APT 3|WORCESTER|MA|01608-1101",
                b11=None,
                b11a="01|09|1984|F",
            ),
        ),
    ),
    Typed(
        "another relation under TRICARE, nothing known of the insured but the name",
        claim(coverage={"filing": "CH", "relationship": "G8", "subscriber": Person(PersonName("ROE", "ANN"))}),
        (page(b1="TRICARE", b4="ROE, ANN", b6="other", b7=None, b11a=None),),
    ),
    Typed(
        "Medicare first, no group: NONE; a person bills under a social security number",
        claim(
            coverage={"payer": MEDICARE, "filing": "MB", "group_number": None, "member_id": "1EG4TE5MK73"},
            billing={
                "name": PersonName("KRAMER", "ELSA"),
                "tax": Identifier(SSN, "123456789"),
                "taxonomy": Code(TAXONOMY, "208D00000X"),
            },
        ),
        (
            page(
                b0="MEDICARE PART B",
                b1="Medicare",
                b1a="1EG4TE5MK73",
                b11="NONE",
                b25="123456789|SSN",
                b33="617|5550142|ELSA KRAMER|12 HARBOR ST|BOSTON MA 02110-1234",
                b33b="ZZ208D00000X",
            ),
        ),
    ),
    Typed(
        "CHAMPVA, provider number of the payer before the taxonomy",
        claim(
            coverage={"filing": "VA", "provider_number": Identifier("g2", "P7781")},
            billing={"taxonomy": Code(TAXONOMY, "207Q00000X")},
        ),
        (page(b1="CHAMPVA", b33b="G2P7781"),),
    ),
    Typed(
        "a replacement",
        claim(frequency="7", replaces="2024065ABC0001"),
        (page(b22="7|2024065ABC0001"),),
    ),
    Typed(
        "a void; the account number loses its hyphens",
        claim(frequency="8", replaces="77-18", number="ACC-10-02"),
        (page(b22="8|77-18", b26="ACC1002"),),
    ),
    Typed(
        "in a facility, one line at home; laboratory certificate; a period of days",
        claim(
            authority=Authority(clia=Identifier(CLIA, "11D2030122")),
            acts=(
                replace(act(1, "99213", 12500), service=Period(date(2024, 2, 28), date(2024, 3, 1))),
                act(2, "80053", 4210, place="12"),
            ),
            part={
                "place": "22",
                "facility": Facility(
                    name=OrganizationName("NORTH SHORE HOSPITAL"),
                    address=Address("300 OCEAN AVE", "REVERE", None, "MA", "021513000"),
                    identifier=Identifier(NPI, "1500000041"),
                    other=Identifier("lu", "LOC7"),
                ),
            },
        ),
        (
            page(
                b23="11D2030122",
                b24A_1="02|28|24|03|01|24",
                b24B_1="22",
                b24A_2="03|05|24|03|05|24",
                b24B_2="12",
                b24D_2="80053",
                b24E_2="A",
                b24F_2="42|10",
                b24G_2="1",
                b24J_2="1234567893",
                b28="167|10",
                b32="NORTH SHORE HOSPITAL|300 OCEAN AVE|REVERE MA 02151-3000",
                b32a="1500000041",
                b32b="LULOC7",
            ),
        ),
    ),
    Typed(
        "Medicare second: the first payer has paid, the patient too",
        claim(
            coverage={"payer": MEDICARE, "filing": "MB", "rank": "S", "group_number": None, "insurance_type": "12"},
            other_coverages=(
                other(
                    "P",
                    adjudication=Adjudication(
                        Money(8000),
                        date(2024, 4, 1),
                        (Adjustment("CO", "45", Money(3000)), Adjustment("PR", "2", Money(1500), 1)),
                    ),
                ),
            ),
            patient_paid=Money(1500),
        ),
        (
            page(
                b0="MEDICARE PART B",
                b1="Medicare",
                b9="DOE, JOHN, Q",
                b9a="NG20",
                b9d="NORTH CHOICE",
                b11=None,
                b11d="yes",
                b29="95|00",
            ),
        ),
    ),
    Typed(
        "a second payer that has not answered, of the spouse",
        claim(other_coverages=(other("S", relationship="01", subscriber=PersonName("DOE", "JANE")),)),
        (page(b9="DOE, JANE", b9a="NG20", b9d="NORTH CHOICE", b11d="yes"),),
    ),
    Typed(
        "nothing signed, nothing assigned, nobody to call; two more payers",
        claim(
            billing={"contact": None, "identifier": None},
            coverage={"assigns_benefits": "N", "release": "I", "filing": "ZZ"},
            part={"signed": "N", "assignment": "C"},
            other_coverages=(
                other("S", relationship="G8", subscriber=OrganizationName("DOE TRUST")),
                other("T", payer=STATE_FUND),
            ),
        ),
        (
            page(
                b1="other",
                b9="DOE TRUST",
                b9a="NG20",
                b9d="NORTH CHOICE",
                b11d="yes",
                b13=None,
                b24J_1=None,
                b27="no",
                b31=None,
                b33="BAYSIDE FAMILY PRACTICE|12 HARBOR ST|BOSTON MA 02110-1234",
                b33a=None,
            ),
        ),
    ),
)

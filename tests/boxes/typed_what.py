"""Claims typed by hand: what happened, who helped, which acts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from billing.domain.claim import Authority
from billing.domain.professional import ClaimDate, Drug
from clinic.domain.code import CLIA, ICD9CM, ICD10CM, NDC, NPI, Code, Identifier
from clinic.domain.money import Money
from clinic.domain.party import Colleague, Provider
from clinic.domain.period import Period
from clinic.domain.person import PersonName
from clinic.domain.quantity import Quantity
from tests.boxes.base import act, claim
from tests.boxes.page import Typed, page
from tests.boxes.people import ADA_LEE, JANE, STATE_FUND

WHAT = (
    Typed(
        "FECA: hurt at work, off work for ten days",
        claim(
            coverage={"filing": "FI", "payer": STATE_FUND},
            part={
                "accident": ("EM",),
                "dates": (ClaimDate("439", date(2024, 2, 28)),),
                "unable_to_work": Period(date(2024, 2, 28), date(2024, 3, 8)),
            },
        ),
        (
            page(
                b0="STATE FUND|1 MAIN ST|UNIT 9|ALBANY NY 12207",
                b1="FECA black lung",
                b10a="yes",
                b15="439|02|28|2024",
                b16="02|28|2024|03|08|2024",
            ),
        ),
    ),
    Typed(
        "casualty insurer: car accident in New York, still off work",
        claim(
            coverage={"filing": "AM", "group_number": None},
            part={
                "accident": ("AA",),
                "accident_state": "NY",
                "dates": (ClaimDate("439", date(2024, 3, 1)),),
                "unable_to_work": Period(date(2024, 3, 2)),
                "casualty_claim": "AUTO-2024-77",
            },
        ),
        (
            page(
                b1="other",
                b10b="yes|NY",
                b11=None,
                b11b="Y4|AUTO-2024-77",
                b15="439|03|01|2024",
                b16="03|02|2024",
            ),
        ),
    ),
    Typed(
        "another accident, in the years of ICD-9-CM",
        claim(
            acts=(act(1, "99213", 9900, date(2014, 7, 4), pointers=(2, 1)),),
            part={
                "diagnoses": (Code(ICD9CM, "8470"), Code(ICD9CM, "7242")),
                "accident": ("OA",),
                "dates": (ClaimDate("439", date(2014, 7, 3)),),
            },
        ),
        (
            page(
                b10c="yes",
                b15="439|07|03|2014",
                b21="9",
                b21A="8470",
                b21B="7242",
                b24A_1="07|04|14|07|04|14",
                b24E_1="BA",
                b24F_1="99|00",
                b28="99|00",
            ),
        ),
    ),
    Typed(
        "onset, first treatment and a stay in hospital",
        claim(
            part={
                "dates": (ClaimDate("431", date(2024, 2, 1)), ClaimDate("454", date(2024, 2, 10))),
                "hospital": Period(date(2024, 3, 1), date(2024, 3, 4)),
            }
        ),
        (page(b14="02|01|2024|431", b15="454|02|10|2024", b18="03|01|2024|03|04|2024"),),
    ),
    Typed(
        "last period; an accident at work and elsewhere comes before other dates; still in hospital",
        claim(
            patient=JANE,
            part={
                "accident": ("EM", "OA"),
                "dates": (
                    ClaimDate("484", date(2023, 12, 20)),
                    ClaimDate("304", date(2024, 2, 2)),
                    ClaimDate("439", date(2024, 3, 4)),
                ),
                "hospital": Period(date(2024, 3, 5)),
            },
        ),
        (
            page(
                b2="DOE, JANE",
                b3="11|02|1963|F",
                b4="DOE, JANE",
                b11a="11|02|1963|F",
                b10a="yes",
                b10c="yes",
                b14="12|20|2023|484",
                b15="439|03|04|2024",
                b18="03|05|2024",
            ),
        ),
    ),
    Typed(
        "referred, authorised; who supervised is not printed",
        claim(
            authority=Authority("PA-5512", "REF88"),
            part={
                "referring": Colleague(
                    name=PersonName("STONE", "IDA", "R", "MD"),
                    identifier=Identifier(NPI, "1200000010"),
                    other=Identifier("1g", "U12345"),
                ),
                "supervising": Colleague(name=PersonName("VOSS", "KARL")),
            },
        ),
        (page(b17="DN|IDA R STONE MD", b17a="1G|U12345", b17b="1200000010", b23="PA-5512"),),
    ),
    Typed(
        "supervised; rendered by one, a line by another; referral number",
        claim(
            authority=Authority(None, "REF88", Identifier(CLIA, "11D2030122")),
            acts=(
                act(1, "99213", 12500),
                act(
                    2,
                    "36415",
                    850,
                    rendering=Provider(
                        name=PersonName("ORR", "BO"),
                        identifier=Identifier(NPI, "1300000027"),
                        other=Identifier("0b", "L99"),
                    ),
                ),
                act(3, "G0008", 3000, rendering=Provider(name=PersonName("NG", "KIM"))),
            ),
            part={
                "rendering": ADA_LEE,
                "supervising": Colleague(name=PersonName("VOSS", "KARL"), identifier=Identifier(NPI, "1400000034")),
            },
        ),
        (
            page(
                b17="DQ|KARL VOSS",
                b17b="1400000034",
                b23="REF88",
                b24I_1="ZZ",
                b24J_1="207Q00000X|1100000003",
                b24A_2="03|05|24|03|05|24",
                b24B_2="11",
                b24D_2="36415",
                b24E_2="A",
                b24F_2="8|50",
                b24G_2="1",
                b24I_2="0B",
                b24J_2="L99|1300000027",
                b24A_3="03|05|24|03|05|24",
                b24B_3="11",
                b24D_3="G0008",
                b24E_3="A",
                b24F_3="30|00",
                b24G_3="1",
                b28="163|50",
            ),
        ),
    ),
    Typed(
        "seven lines, two pages: payments on the first, a drug and a description",
        claim(
            acts=(
                replace(
                    act(
                        1,
                        "J1100",
                        1000,
                        drug=Drug(Code(NDC, "00069314103"), Quantity(Decimal("2.5"), "ML")),
                        description="GIVEN IN TWO DOSES",
                    ),
                    quantity=Quantity(Decimal("2.5")),
                ),
                act(2, "99213", 2000, description="LONG VISIT"),
                act(3, "J3301", 3001, drug=Drug(Code(NDC, "00003049420"), Quantity(Decimal(1), "UN"))),
                *(act(number, "99213", 1000) for number in (4, 5, 6)),
                act(7, "12001", 98765),
            ),
            patient_paid=Money(205),
        ),
        (
            page(
                b24_1="N400069314103 ML2.5   ZZGIVEN IN TWO DOSES",
                b24_2="ZZLONG VISIT",
                b24_3="N400003049420 UN1",
                b24D_1="J1100",
                b24F_1="10|00",
                b24G_1="2.5",
                **{f"b24A_{n}": "03|05|24|03|05|24" for n in range(2, 7)},
                **{f"b24B_{n}": "11" for n in range(2, 7)},
                **{f"b24E_{n}": "A" for n in range(2, 7)},
                **{f"b24G_{n}": "1" for n in range(2, 7)},
                **{f"b24J_{n}": "1234567893" for n in range(2, 7)},
                b24D_2="99213",
                b24D_3="J3301",
                b24D_4="99213",
                b24D_5="99213",
                b24D_6="99213",
                b24F_2="20|00",
                b24F_3="30|01",
                b24F_4="10|00",
                b24F_5="10|00",
                b24F_6="10|00",
                b28="90|01",
                b29="2|05",
            ),
            page(b24D_1="12001", b24F_1="987|65", b28="987|65"),
        ),
    ),
    Typed(
        "thirteen lines, three pages",
        claim(acts=tuple(act(number, "36415", 100 * number) for number in range(1, 14))),
        tuple(
            page(
                **{
                    f"b24{column}_{place}": text
                    for place in range(1, count + 1)
                    for column, text in (
                        ("A", "03|05|24|03|05|24"),
                        ("B", "11"),
                        ("D", "36415"),
                        ("E", "A"),
                        ("F", f"{first + place}|00"),
                        ("G", "1"),
                        ("J", "1234567893"),
                    )
                },
                b28=total_of_page,
            )
            for first, count, total_of_page in ((0, 6, "21|00"), (6, 6, "57|00"), (12, 1, "13|00"))
        ),
    ),
    Typed(
        "an emergency, a screening, four modifiers, minutes, twelve diagnoses, condition codes and a note",
        claim(
            acts=(
                act(1, "99213", 9999999, modifiers=("25", "59", "GA", "QW"), emergency=True, pointers=(12, 3, 1, 11)),
                replace(act(2, "00400", 50, epsdt=True), quantity=Quantity(Decimal(135), "MJ")),
            ),
            part={
                "diagnoses": tuple(
                    Code(ICD10CM, code)
                    for code in (
                        *("I10", "E119", "J069", "E785", "F411", "J449"),
                        *("K219", "N390", "R079", "S52501A", "T7840XA", "W19XXXA"),
                    )
                ),
                "condition_codes": ("W2", "AA"),
                "note": "SEEN TWICE",
            },
        ),
        (
            page(
                b10d="W2 AA",
                b19="SEEN TWICE",
                b21C="J069",
                b21D="E785",
                b21E="F411",
                b21F="J449",
                b21G="K219",
                b21H="N390",
                b21I="R079",
                b21J="S52501A",
                b21K="T7840XA",
                b21L="W19XXXA",
                b24C_1="Y",
                b24D_1="99213|25|59|GA|QW",
                b24E_1="LCAK",
                b24F_1="99999|99",
                b24A_2="03|05|24|03|05|24",
                b24B_2="11",
                b24D_2="00400",
                b24E_2="A",
                b24F_2="0|50",
                b24G_2="135",
                b24H_2="Y",
                b24J_2="1234567893",
                b28="100000|49",
            ),
        ),
    ),
)

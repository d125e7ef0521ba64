"""What stands in which box: typed by hand from docs/claim-map.md, not computed."""

import subprocess
import sys
from datetime import date
from decimal import Decimal

import msgspec
import pytest

from billing.documents.cms1500_boxes import located, pages, place
from billing.documents.cms1500_foot import foot
from billing.documents.cms1500_form import FORM
from billing.documents.cms1500_head import head
from billing.documents.cms1500_lines import line
from billing.domain.claim import Adjudication, Authority
from billing.domain.professional import ClaimDate, Drug
from clinic.domain.code import Code, Identifier
from clinic.domain.money import Money
from clinic.domain.party import Colleague, Provider
from clinic.domain.period import Period
from clinic.domain.person import Address, OrganizationName, PersonName
from clinic.domain.quantity import Quantity
from clinic.paper.overflow import overflows
from tests.billing.documents.claims_on_paper import act, changed, full

FULL = {
    "0 name": "NORTHLAKE MUTUAL PPO",
    "0 street": "PO BOX 4410",
    "0 street 2": "CLAIMS DEPT",
    "0 city": "DULUTH MN 55802-2200",
    "1 group": "X",
    "1a id": "NLM884201337",
    "2 name": "CALLOWAY JR, BEATRIX, M",
    "3 MM": "03",
    "3 DD": "14",
    "3 YYYY": "1967",
    "3 F": "X",
    "4 name": "CALLOWAY, ROWAN, T",
    "5 street": "218 ALDER LANE APT 4",
    "5 city": "TWO HARBORS",
    "5 state": "MN",
    "5 zip": "55616-1234",
    "6 spouse": "X",
    "7 street": "9 ELM",
    "7 city": "DULUTH",
    "7 state": "MN",
    "7 zip": "55802",
    "9 name": "CALLOWAY JR, BEATRIX, M",
    "9a number": "G-12",
    "9d plan": "COAST PLUS",
    "10a yes": "X",
    "10b yes": "X",
    "10c no": "X",
    "10b state": "MN",
    "10d codes": "AA W3",
    "11 number": "70418",
    "11a MM": "12",
    "11a DD": "01",
    "11a YYYY": "1965",
    "11a M": "X",
    "11b qualifier": "Y4",
    "11b id": "PC 2025 0001",
    "11c plan": "PPO SELECT",
    "11d yes": "X",
    "12 signature": "SIGNATURE ON FILE",
    "13 signature": "SIGNATURE ON FILE",
    "14 MM": "11",
    "14 DD": "01",
    "14 YYYY": "2025",
    "14 qualifier": "431",
    "15 qualifier": "439",
    "15 MM": "10",
    "15 DD": "31",
    "15 YYYY": "2025",
    "16 from MM": "11",
    "16 from DD": "02",
    "16 from YYYY": "2025",
    "16 to MM": "11",
    "16 to DD": "09",
    "16 to YYYY": "2025",
    "17 qualifier": "DN",
    "17 name": "ADA Q ST JOHN MD",
    "17a qualifier": "0B",
    "17a id": "MN5521",
    "17b npi": "1093817465",
    "18 from MM": "11",
    "18 from DD": "03",
    "18 from YYYY": "2025",
    "18 to MM": "11",
    "18 to DD": "05",
    "18 to YYYY": "2025",
    "19 upper": "REPEAT OF THE TEST AFTE",
    "19 lower": "R A HAEMOLYSED SAMPLE AND A SECOND DRAW",
    "21 indicator": "0",
    "21A code": "E1142",
    "21B code": "E1165",
    "21C code": "I10",
    "21D code": "E66811",
    "21E code": "Z6833",
    "21F code": "L918",
    "21G code": "Z7984",
    "21H code": "Z23",
    "21I code": "S72001A",
    "21J code": "M1611",
    "21K code": "R7301",
    "21L code": "Z9889",
    "22 code": "7",
    "22 reference": "ICN20251101X",
    "23 number": "PA7781 K",
    "24.1 supplement": "N400409379601 ML2.5   ZZWOUND CARE KIT",
    "24I.1 qualifier": "G2",
    "24J.1 other id": "PIN00442",
    "24A.1 from MM": "11",
    "24A.1 from DD": "17",
    "24A.1 from YY": "25",
    "24A.1 to MM": "11",
    "24A.1 to DD": "18",
    "24A.1 to YY": "25",
    "24B.1 place": "22",
    "24C.1 emergency": "Y",
    "24D.1 code": "99214",
    "24D.1 modifier 1": "25",
    "24D.1 modifier 2": "59",
    "24D.1 modifier 3": "RT",
    "24D.1 modifier 4": "XU",
    "24E.1 pointers": "ABKL",
    "24F.1 dollars": "186",
    "24F.1 cents": "00",
    "24G.1 units": "2.5",
    "24H.1 epsdt": "Y",
    "24J.1 npi": "1093817465",
    "25 number": "990417881",
    "25 ein": "X",
    "26 number": "0044173",
    "27 yes": "X",
    "28 dollars": "186",
    "28 cents": "00",
    "29 dollars": "75",
    "29 cents": "50",
    "31 signature": "SIGNATURE ON FILE",
    "32 name": "LAKE SURGERY CENTER",
    "32 street": "7 PIER ROAD",
    "32 city": "DULUTH MN 55802-5555",
    "32a npi": "1234567893",
    "32b id": "LUL009",
    "33 area": "218",
    "33 phone": "5550142",
    "33 name": "HARBOR STREET CLINIC (WEST)",
    "33 street": "40 HARBOR ST SUITE 5",
    "33 city": "TWO HARBORS MN 55616",
    "33a npi": "1234567893",
    "33b id": "G2HSC0001",
}


def said(claim, number=1):
    return {cell.key: text for cell, text in pages(claim)[number - 1].filled()}


def crosses(claim, box):
    return [cell.part for cell, text in pages(claim)[0].filled() if cell.box == box and text == "X"]


def test_a_full_claim_box_by_box():
    assert said(full(1)) == FULL
    assert overflows(pages(full(50))) == ()


def test_every_row_fills_cells_of_the_form_once_and_says_one_text_for_each():
    claim = full(1)
    keys = [*head.keys, *foot.keys, *[key.replace("#", "6") for key in line.keys]]
    assert len(keys) == len(set(keys))
    assert set(keys) <= set(FORM.index)
    for rows, arguments in ((head, (claim,)), (foot, (claim,)), (line, (claim, claim.acts[0]))):
        for cells, function in rows.rows:
            assert len(function(*arguments)) == len(cells), function.__name__


def test_what_a_claim_does_not_say_stays_blank():
    """Reserved boxes, phones of patients, days of signature, outside laboratories."""
    never = {cell.key for cell in FORM.cells if not cell.part.startswith("reason")} - set(said(full()))
    crossed = {cell.key for cell in FORM.cells if cell.kind == "check"}
    assert never - crossed == {
        *("8 reserved", "9b reserved", "9c reserved", "30 reserved"),
        *("5 area", "5 phone", "7 area", "7 phone"),
        *("12 date", "31 date"),
        *("20 dollars", "20 cents"),
    }


def bare():
    """Nothing in it that may be absent."""
    claim = full(1)
    return changed(
        claim,
        billing=msgspec.structs.replace(claim.billing, identifier=None, taxonomy=None, contact=None),
        patient=msgspec.structs.replace(claim.patient, birth=None, sex=None, address=None),
        coverage=msgspec.structs.replace(
            claim.coverage,
            payer=msgspec.structs.replace(claim.coverage.payer, address=None),
            relationship="18",
            subscriber=None,
            group_number=None,
            plan_name=None,
            assigns_benefits="N",
            provider_number=None,
        ),
        acts=(
            changed(
                act(1),
                service=Period(date(2025, 11, 17)),
                part__modifiers=(),
                part__place=None,
                part__description=None,
                part__emergency=False,
                part__epsdt=False,
                part__rendering=None,
                part__drug=None,
            ),
        ),
        part=msgspec.structs.replace(
            claim.part,
            rendering=None,
            referring=None,
            facility=None,
            signed="N",
            assignment="C",
            accident=(),
            accident_state=None,
            dates=(),
            unable_to_work=None,
            hospital=None,
            condition_codes=(),
            casualty_claim=None,
            note=None,
        ),
        frequency="1",
        replaces=None,
        authority=None,
        other_coverages=(),
        patient_paid=None,
    )


def test_a_bare_claim_says_no_more_than_it_knows():
    blank_or_cross = set(said(full(1))) - set(said(bare()))
    assert {"3 MM", "5 zip", "9 name", "11 number", "13 signature", "14 MM", "16 from MM", "17 name"} <= blank_or_cross
    assert {"19 lower", "22 code", "23 number", "24.1 supplement", "24J.1 npi", "29 dollars"} <= blank_or_cross
    assert {"31 signature", "32 name", "33 area", "33a npi", "33b id", "0 city"} <= blank_or_cross
    for box in ("10a", "10b", "10c", "11d", "27"):
        assert crosses(bare(), box) == ["no"]
    assert crosses(bare(), "3") == []
    assert said(bare())["4 name"] == "CALLOWAY JR, BEATRIX, M"
    assert said(bare())["24A.1 to DD"] == "17"
    assert said(bare())["24B.1 place"] == "11"


@pytest.mark.parametrize(
    ("filing", "part"),
    [
        *[(code, "medicare") for code in ("MB", "MA")],
        ("MC", "medicaid"),
        ("CH", "tricare"),
        ("VA", "champva"),
        ("FI", "feca"),
        *[(code, "group") for code in ("BL", "CI", "HM", "12", "13", "14", "15", "16")],
        *[(code, "other") for code in ("WC", "AM", "LM", "OF", "TV", "ZZ", "11", "17", "DS")],
    ],
)
def test_box_1_by_filing_indicator(filing, part):
    assert crosses(changed(full(1), coverage__filing=filing), "1") == [part]


@pytest.mark.parametrize(
    ("relationship", "part"), [("18", "self"), ("01", "spouse"), ("19", "child"), ("G8", "other"), ("20", "other")]
)
def test_box_6_by_relationship(relationship, part):
    assert crosses(changed(full(1), coverage__relationship=relationship), "6") == [part]


@pytest.mark.parametrize(("sex", "parts"), [("M", ["M"]), ("F", ["F"]), ("U", []), (None, [])])
def test_box_3_leaves_an_unknown_sex_blank(sex, parts):
    assert crosses(changed(full(1), patient__sex=sex), "3") == parts


@pytest.mark.parametrize(
    ("filing", "rank", "number", "says"),
    [
        ("MB", "P", None, "NONE"),
        ("MB", "P", "G1", "G1"),
        ("MB", "S", None, None),
        ("MA", "P", None, None),
        ("CI", "P", None, None),
    ],
)
def test_box_11_says_none_for_medicare_alone(filing, rank, number, says):
    claim = changed(full(1), coverage__filing=filing, coverage__rank=rank, coverage__group_number=number)
    assert said(claim).get("11 number") == says


def test_box_9_falls_back_to_member_number_and_payer():
    other = msgspec.structs.replace(
        full(1).other_coverages[0], group_number=None, plan_name=None, subscriber=PersonName("REED", "SAM")
    )
    claim = changed(full(1), other_coverages=(other,))
    assert said(claim)["9 name"] == "REED, SAM"
    assert said(claim)["9a number"] == "CH55"
    assert said(claim)["9d plan"] == "COAST HEALTH"
    assert said(
        changed(full(1), other_coverages=(msgspec.structs.replace(other, subscriber=OrganizationName("ACME")),))
    )["9 name"] == ("ACME")


@pytest.mark.parametrize(
    ("dates", "fourteen", "fifteen"),
    [
        (("484",), "484", None),
        (("431", "484"), "431", None),
        (("304", "454"), None, "304"),
        (("304", "439", "454"), None, "439"),
        (("431", "091"), "431", "091"),
    ],
)
def test_boxes_14_and_15_choose_by_qualifier(dates, fourteen, fifteen):
    claim = changed(full(1), part__dates=tuple(ClaimDate(one, date(2025, 1, 2)) for one in dates))
    assert said(claim).get("14 qualifier") == fourteen
    assert said(claim).get("15 qualifier") == fifteen


def test_open_periods_have_no_end():
    claim = changed(full(1), part__unable_to_work=Period(date(2025, 1, 2)), part__hospital=Period(date(2025, 1, 3)))
    assert said(claim)["16 from DD"] == "02"
    assert "16 to DD" not in said(claim)
    assert said(claim)["18 from DD"] == "03"
    assert "18 to DD" not in said(claim)


def test_box_17_takes_the_supervisor_where_nobody_referred():
    who = Colleague(name=PersonName("REED", "SAM"))
    claim = changed(full(1), part__referring=None, part__supervising=who)
    assert (said(claim)["17 qualifier"], said(claim)["17 name"]) == ("DQ", "SAM REED")
    assert "17b npi" not in said(claim)
    assert said(changed(full(1), part__supervising=who))["17 qualifier"] == "DN"


@pytest.mark.parametrize(
    ("note", "upper", "lower"),
    [("A" * 48, None, "A" * 48), ("A" * 23 + "B" * 26, "A" * 23, "B" * 26), ("A" * 23 + "B" * 48, "A" * 23, "B" * 48)],
)
def test_box_19_holds_71_characters(note, upper, lower):
    claim = changed(full(1), part__note=note)
    assert (said(claim).get("19 upper"), said(claim)["19 lower"]) == (upper, lower)
    assert overflows(pages(claim)) == ()
    assert [one.lost for one in overflows(pages(changed(claim, part__note="A" * 23 + "B" * 48 + "C")))] == ["C"]


def test_box_21_tells_the_code_set():
    claim = changed(full(1), part__diagnoses=(Code("icd9cm", "4019"),))
    assert said(claim)["21 indicator"] == "9"
    assert "21B code" not in said(claim)


@pytest.mark.parametrize(
    ("authority", "number"),
    [
        (Authority(prior_authorization="P", referral="R", clia=Identifier("clia", "24D0001111")), "P"),
        (Authority(referral="R", clia=Identifier("clia", "24D0001111")), "R"),
        (Authority(clia=Identifier("clia", "24D0001111")), "24D0001111"),
        (Authority(), None),
    ],
)
def test_box_23_takes_the_first_of_three(authority, number):
    assert said(changed(full(1), authority=authority)).get("23 number") == number


def test_box_24_shaded_parts_alone():
    drug = Drug(Code("ndc", "12345678901"), Quantity(Decimal(10), "UN"))
    one = changed(
        full(1), acts=(act(1, description=None, drug=drug), act(2, drug=None), act(3, drug=None, description=None))
    )
    assert said(one)["24.1 supplement"] == "N412345678901 UN10"
    assert said(one)["24.2 supplement"] == "ZZWOUND CARE KIT"
    assert "24.3 supplement" not in said(one)


def test_box_24_who_did_it():
    claim = changed(full(1), acts=(act(1, rendering=None),))
    assert said(claim)["24I.1 qualifier"] == "ZZ"
    assert said(claim)["24J.1 other id"] == "363L00000X"
    assert said(claim)["24J.1 npi"] == "1215930367"
    alone = said(changed(claim, part__rendering=None))
    assert alone["24J.1 npi"] == "1234567893"
    assert "24I.1 qualifier" not in alone
    nameless = said(changed(claim, part__rendering=Provider(name=PersonName("X"))))
    assert "24J.1 npi" not in nameless


@pytest.mark.parametrize(
    ("value", "text"),
    [("1", "1"), ("1.0", "1"), ("2.50", "2.5"), ("0.5", "0.5"), ("10", "10"), ("100", "100"), ("1E+1", "10")],
)
def test_box_24g_has_no_trailing_zeros(value, text):
    assert said(changed(full(1), acts=(changed(act(1), quantity=Quantity(Decimal(value))),)))["24G.1 units"] == text


@pytest.mark.parametrize(
    ("cents", "dollars", "rest"),
    [(0, "0", "00"), (5, "0", "05"), (100, "1", "00"), (99999999, "999999", "99"), (-150, "-1", "50")],
)
def test_amounts_stand_as_dollars_and_cents(cents, dollars, rest):
    claim = changed(full(1), acts=(changed(act(1), charge=Money(cents)),))
    assert (said(claim)["24F.1 dollars"], said(claim)["24F.1 cents"]) == (dollars, rest)
    assert overflows(pages(claim)) == ()


@pytest.mark.parametrize(
    ("paid", "answers", "twenty_nine"),
    [(None, None, None), (0, None, "0.00"), (None, 0, "0.00"), (100, 250, "3.50"), (None, 250, "2.50")],
)
def test_box_29_is_blank_only_where_nobody_is_known_to_have_answered(paid, answers, twenty_nine):
    other = msgspec.structs.replace(
        full(1).other_coverages[0], adjudication=None if answers is None else Adjudication(Money(answers))
    )
    claim = changed(full(1), patient_paid=None if paid is None else Money(paid), other_coverages=(other,))
    found = said(claim)
    assert (f"{found['29 dollars']}.{found['29 cents']}" if "29 dollars" in found else None) == twenty_nine


@pytest.mark.parametrize(("assignment", "part"), [("A", "yes"), ("B", "yes"), ("C", "no")])
def test_box_27_by_assignment(assignment, part):
    assert crosses(changed(full(1), part__assignment=assignment), "27") == [part]


def test_box_25_and_33_of_a_person_who_bills_alone():
    claim = full(1)
    billing = msgspec.structs.replace(
        claim.billing, name=PersonName("VERMA", "ANIL", "K", "MD"), tax=Identifier("ssn", "123456789")
    )
    claim = changed(claim, billing=billing, coverage__provider_number=None)
    assert crosses(claim, "25") == ["ssn"]
    assert said(claim)["33 name"] == "ANIL K VERMA MD"
    assert said(claim)["33b id"] == "ZZ207Q00000X"


@pytest.mark.parametrize(
    ("address", "street", "zip_code"),
    [
        (Address("12 N. MAIN ST., #4", "ST. PAUL", None, "MN", "55101"), "12 N MAIN ST 4", "55101"),
        (Address("40-12 BELL BLVD", "QUEENS", None, "NY", "113611234"), "40-12 BELL BLVD", "11361-1234"),
        (Address("1 RUE X", "LYON", None, None, "69001", "FR"), "1 RUE X", "69001"),
    ],
)
def test_addresses_lose_stops_and_keep_hyphens(address, street, zip_code):
    found = said(changed(full(1), patient__address=address))
    assert (found["5 street"], found["5 zip"]) == (street, zip_code)
    assert "." not in found["5 city"]


@pytest.mark.parametrize("lines", [1, 5, 6, 7, 12, 13, 50])
def test_pages_of_six_add_up(lines):
    claim = full(lines)
    made = pages(claim)
    assert len(made) == -(-lines // 6)
    assert sum(int(page["28 dollars"]) * 100 + int(page["28 cents"]) for page in made) == claim.total.cents
    assert [page["29 dollars"] for page in made] == ["75"] + [""] * (len(made) - 1)
    for number, page in enumerate(made, start=1):
        shown = [row for row in range(1, 7) if page[f"24D.{row} code"]]
        assert shown == [row for page_of, row in map(place, range(1, lines + 1)) if page_of == number]
        for key in ("0 name", "1a id", "2 name", "21A code", "22 reference", "26 number", "33a npi"):
            assert page[key] == made[0][key]


@pytest.mark.parametrize(
    ("box", "number", "where"),
    [("24E", 1, (1, "24E.1")), ("24E", 9, (2, "24E.3")), ("24", 12, (2, "24.6")), ("23", None, (1, "23"))],
)
def test_a_finding_finds_its_box(box, number, where):
    assert located(box, number) == where
    assert where[1] in FORM.boxes()


def test_the_mapping_needs_no_pdf():
    code = "import sys, billing.documents.cms1500_boxes; sys.exit(bool({'reportlab', 'pikepdf'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_claim_without_acts_is_a_page_without_lines():
    assert len(pages(changed(full(1), acts=()))) == 1


def test_what_is_too_many_is_told_and_not_left_out():
    many = tuple(Code("icd10cm", f"A{number:02d}") for number in range(14))
    claim = changed(
        full(1),
        part__diagnoses=many,
        acts=(act(1, modifiers=("1A", "2B", "3C", "4D", "5E"), pointers=(1, 2, 3, 4, 5)),),
    )
    told = {(one.box, one.part): (one.text, one.lost) for one in overflows(pages(claim))}
    assert told == {
        ("21L", "code"): ("A11 A12 A13", " A13"),
        ("24D.1", "modifier 4"): ("4D 5E", " 5E"),
        ("24E.1", "pointers"): ("ABCDE", "E"),
    }
    assert said(changed(full(1), acts=(act(1, pointers=(1, 13, 0)),)))["24E.1 pointers"] == "A??"

"""What stands in which box: typed by hand from docs/claim-map.md, not computed."""

import subprocess
import sys
from datetime import date

import msgspec
import pytest

from billing.documents.cms1500_boxes import located, pages, place
from billing.documents.cms1500_foot import foot
from billing.documents.cms1500_form import FORM
from billing.documents.cms1500_head import head
from billing.documents.cms1500_lines import line
from clinic.domain.code import Code
from clinic.domain.period import Period
from clinic.paper.overflow import overflows
from tests.billing.documents.boxes import crosses, said
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

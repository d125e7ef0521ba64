"""Boxes whose content depends on what the claim says: one rule of the form a test."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from billing.documents.cms1500_boxes import pages
from billing.domain.claim import Adjudication, Authority
from billing.domain.professional import ClaimDate, Drug
from clinic.domain.code import Code, Identifier
from clinic.domain.money import Money
from clinic.domain.party import Colleague, Provider
from clinic.domain.period import Period
from clinic.domain.person import Address, OrganizationName, PersonName
from clinic.domain.quantity import Quantity
from clinic.paper.overflow import overflows
from tests.billing.documents.boxes import crosses, said
from tests.billing.documents.claims_on_paper import act, changed, full


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

"""Edits that speak of what every kind of claim has hold for dental claims too."""

from datetime import date

import pytest
from msgspec.structs import replace

from billing.domain.claim import Adjudication, Authority
from billing.edits import EDITS, check
from billing.edits.example import EXAMPLE_FACTS, FIRST_PAYER, JUDGED_ON
from billing.edits.exampledental import dental_claim_with, dental_line
from clinic.domain.code import EIN, NPI, Identifier
from clinic.domain.money import Money
from clinic.domain.period import Period

BOTH = {code for code, edit in EDITS.items() if set(edit.declared.kinds) == {"professional", "dental"}}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": ""}, "TXT-02"),
        ({"total": Money(1)}, "BAL-01"),
        ({"billing__identifier": Identifier(NPI, "1234567890")}, "NPI-01"),
        ({"billing__tax": Identifier(EIN, "12")}, "TAX-01"),
        ({"billing__tax": Identifier(EIN, "111111111")}, "TAX-02"),
        ({"billing__address__postal_code": "01970"}, "ADR-01"),
        ({"patient__address__postal_code": "00000"}, "ADR-06"),
        ({"patient__birth": date(1884, 1, 1)}, "PAT-03"),
        ({"coverage__member_id": "UNKNOWN"}, "SUB-06"),
        ({"coverage__filing": "XX"}, "SUB-04"),
        ({"coverage__rank": "S"}, "COB-02"),
        ({"frequency": "7"}, "FRQ-01"),
        ({"authority": Authority(prior_authorization="PENDING")}, "AUT-02"),
        ({"patient_paid": Money(-1)}, "BAL-05"),
        ({"acts": (dental_line(service=Period(date(2026, 3, 2), date(2026, 3, 1))),)}, "DAT-02"),
        ({"acts": (dental_line(charge=Money(0)),)}, "BAL-03"),
        ({"accident": ("OA",)}, "ACC-02"),
    ],
)
def test_a_fault_of_the_core_is_told_of_a_dental_claim(changes, code):
    assert code in BOTH
    assert code in {each.code for each in check(dental_claim_with(**changes), EXAMPLE_FACTS)}


def test_what_a_payer_before_answered_is_added_up_of_a_dental_claim():
    first = replace(FIRST_PAYER, adjudication=Adjudication(Money(5000), JUDGED_ON))
    claim = dental_claim_with(coverage__rank="S", other_coverages=(first,))
    (found,) = check(claim, EXAMPLE_FACTS)
    assert (found.code, found.field, found.loop) == ("COB-06", "other_coverages[0].adjudication", "2320")


def test_edits_of_parts_that_dental_claims_have_not_stay_where_they_are():
    assert all(not code.startswith(("MOD-", "ANE-", "DRG-", "NCC-", "MUE-")) for code in BOTH)

"""Whatever a payer's profile says makes a difference to what is found."""

import pytest
from msgspec.structs import replace

from billing.edits import EDITS, Facts, Plan
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.spans import is_listed
from billing.payers import PayerProfile

BARE = PayerProfile(key="bare", name="Bare", form="837p")

SAYS = {
    "form": "cms1500",
    "filing_limit_days": 1,
    "off": ("BAL-03",),
    "on": ("MCR-05",),
    "authorization_codes": ("99213",),
    "needs_referral": True,
    "needs_taxonomy": True,
    "most_acts": 1,
    "refuses_replacements": True,
}
ABOUT_ITSELF = {"key", "name", "filings", "identifiers"}
"""What tells whom a profile is of. Nothing is found by it."""


def test_every_field_is_among_those_tried():
    assert set(SAYS) | ABOUT_ITSELF == set(PayerProfile.__struct_fields__)


@pytest.mark.parametrize("field", SAYS)
def test_each_field_changes_what_is_found(field):
    facts = replace_enrolled(EXAMPLE_FACTS)
    claims = [
        claim_with(rendering__taxonomy=None),
        claim_with(billing__taxonomy=None),
        claim_with(acts=(line(code="99243"), line(number="2", code="93000"))),
        claim_with(frequency="7", replaces="2026060001234"),
        *EDITS["BAL-03"].fails,
    ]
    assert told(BARE, claims, facts) != told(replace(BARE, **{field: SAYS[field]}), claims, facts)


def replace_enrolled(facts: Facts) -> Facts:
    """The same world in which nobody is enrolled."""
    return facts.enrolling()


def told(profile, claims, facts):
    plan = Plan(EDITS.values(), "professional", profile)
    return [plan.check(claim, facts) for claim in claims]


@pytest.mark.parametrize(
    ("code", "written", "listed"),
    [
        ("70551", ("70540-70559",), True),
        ("70540", ("70540-70559",), True),
        ("70560", ("70540-70559",), False),
        ("J9035", ("J9000 - J9999",), True),
        ("J9035", ("j9035",), True),
        ("99213", ("99213", "A-B"), True),
        ("7055", ("70540-70559",), False),
        ("99213", (), False),
    ],
)
def test_a_list_of_acts_holds_codes_and_ranges(code, written, listed):
    assert is_listed(code, written) is listed

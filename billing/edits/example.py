"""Small claims to show an edit by: a clean one, and the same with a few fields changed.

All people and numbers are invented. The codes are ICD-10-CM (public) and bare procedure numbers without their texts.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal

import msgspec

from billing.domain.claim import Act, Adjudication, Adjustment, Claim, Coverage, OtherCoverage
from billing.domain.professional import Professional, ProfessionalAct, ProfessionalActLine, ProfessionalClaim
from billing.edits.facts import Facts
from clinic.domain.code import EIN, ICD10CM, NPI, PAYER, TAXONOMY, Code, Identifier, procedure
from clinic.domain.money import Money, total
from clinic.domain.party import BillingProvider, Payer, Provider
from clinic.domain.period import Period
from clinic.domain.person import Address, Contact, OrganizationName, Person, PersonName
from clinic.domain.quantity import Quantity
from clinic.domain.value import Value

DAY = date(2026, 3, 2)
"""The day of service of every example that does not say otherwise."""

JUDGED_ON = date(2026, 3, 9)


class ExampleStatus(Value, frozen=True, omit_defaults=False):
    """What the example release says of a code."""

    state: Literal["billable", "header", "unknown"]
    covered: bool
    release: str | None


class ExampleCodes:
    """A code book of a few ICD-10-CM codes: what it does not list is unknown in it. It has no other code set."""

    billable = frozenset({"I10", "E119", "J069", "S93401A", "W010XXA", "Z0000"})
    header = frozenset({"E11", "S93401"})
    covers = (date(2025, 10, 1), date(2026, 9, 30))
    release = "2026"

    def status(self, system: str, value: str, on: date) -> ExampleStatus:
        """How the example release judges the code."""
        if system != ICD10CM:
            return ExampleStatus("unknown", False, None)
        covered = self.covers[0] <= on <= self.covers[1]
        if value in self.billable:
            return ExampleStatus("billable", covered, self.release)
        return ExampleStatus("header" if value in self.header else "unknown", covered, self.release)


EXAMPLE_FACTS = Facts(on=JUDGED_ON, codes=ExampleCodes())
"""With what examples are judged, unless their file has ``FACTS`` of its own."""

_LINE = Act(
    number="1",
    code=procedure("99213"),
    service=Period(DAY),
    quantity=Quantity(Decimal(1)),
    charge=Money(12500),
    part=ProfessionalAct(pointers=(1,)),
)

CLEAN_CLAIM: ProfessionalClaim = Claim(
    kind="professional",
    number="A1001",
    billing=BillingProvider(
        name=OrganizationName("HARBOR FAMILY PRACTICE"),
        address=Address("12 QUAY STREET", "SALEM", state="MA", postal_code="019701234"),
        tax=Identifier(EIN, "042345678"),
        identifier=Identifier(NPI, "1234567893"),
        taxonomy=Code(TAXONOMY, "207Q00000X"),
        contact=Contact("BILLING OFFICE", "9785550142"),
    ),
    patient=Person(
        PersonName("ALVAREZ", "NORA"),
        date(1984, 7, 9),
        "F",
        Address("4 ELM COURT", "SALEM", state="MA", postal_code="01970"),
    ),
    coverage=Coverage(
        payer=Payer(OrganizationName("NORTHWIND HEALTH"), Identifier(PAYER, "NW001")),
        member_id="NWH5550001",
        filing="CI",
        rank="P",
        relationship="18",
        assigns_benefits="Y",
        release="Y",
    ),
    acts=(_LINE,),
    part=Professional(
        diagnoses=(Code(ICD10CM, "I10"),),
        place="11",
        rendering=Provider(
            name=PersonName("OKAFOR", "DANIEL"),
            identifier=Identifier(NPI, "1987654328"),
            taxonomy=Code(TAXONOMY, "207Q00000X"),
        ),
        signed="Y",
        assignment="A",
    ),
    total=Money(12500),
    frequency="1",
)


MEDICARE = {"coverage__filing": "MB", "coverage__member_id": "2AC3DE4FG56"}
"""Changes that make it a claim to Medicare Part B."""

FIRST_PAYER = OtherCoverage(
    payer=Payer(OrganizationName("SOUTHWIND MUTUAL"), Identifier(PAYER, "SW002")),
    member_id="SWM77001",
    filing="CI",
    rank="P",
    relationship="18",
    assigns_benefits="Y",
    release="Y",
    adjudication=Adjudication(Money(10000), date(2026, 3, 6), (Adjustment("PR", "2", Money(2500)),)),
)
"""A policy that pays before the example's own, with its answer."""


def claim_with(**changes: Any) -> ProfessionalClaim:
    """The clean claim with some fields changed.

    A field is named as in the value, ``billing__address__postal_code`` inside of it; those of the professional part
    without ``part__``. The total follows the lines unless it is given.
    """
    claim = changed(CLEAN_CLAIM, changes)
    return (
        claim if "total" in changes else msgspec.structs.replace(claim, total=total([act.charge for act in claim.acts]))
    )


def line(**changes: Any) -> ProfessionalActLine:
    """The clean claim's line with some fields changed, named as in ``claim_with``; ``code`` may be plain text."""
    if isinstance(changes.get("code"), str):
        changes["code"] = procedure(changes["code"])
    found: ProfessionalActLine = changed(_LINE, changes)
    return found


def icd10(*values: str) -> tuple[Code, ...]:
    """ICD-10-CM diagnoses."""
    return tuple(Code(ICD10CM, value) for value in values)


def changed(value: Any, changes: dict[str, Any]) -> Any:
    """A value with some fields changed, named as in ``claim_with``."""
    nested: dict[str, dict[str, Any]] = {}
    own: dict[str, Any] = {}
    for name, new in changes.items():
        head, _, rest = name.partition("__")
        if head not in value.__struct_fields__:
            head, rest = "part", name
        if rest:
            nested.setdefault(head, {})[rest] = new
        else:
            own[head] = new
    for head, inner in nested.items():
        own[head] = changed(own.get(head, getattr(value, head)), inner)
    return msgspec.structs.replace(value, **own)

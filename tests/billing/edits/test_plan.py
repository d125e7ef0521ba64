from datetime import date, timedelta
from functools import cache
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

from billing.edits import EDITS, Facts, Plan, check, compiled
from billing.edits.declare import at
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.facts import Overflow
from billing.payers import PROFILES, PayerProfile, profile_for
from clinic.codes.release import Status
from clinic.domain.code import ICD10CM, PAYER, Identifier
from clinic.domain.money import Money
from clinic.domain.party import Payer
from clinic.domain.period import Period
from clinic.domain.person import Address, OrganizationName
from tests.billing.edits.made import made
from tests.billing.edits.plain import plain
from tests.billing.edits.ruling import arithmetic
from tests.billing.edits.unclean import spoilt_claims, unclean_claims
from tests.counts import count


class Book:
    """Judges by the code's last character, so that every answer occurs; acts begin and end too."""

    lists = frozenset({ICD10CM, "hcpcs", "cpt", "hcpcs-modifier", "carc"})

    def status(self, system: str, value: str, on: date) -> Status:
        last = value[-1:]
        if system != ICD10CM and system in self.lists:
            there = {"0": on > date(2026, 3, 20), "1": on < date(2025, 9, 1)}.get(last, last in "2345")
            return Status("billable" if there else "unknown", on.year > 2018, "2026")
        return Status(
            "billable" if last in "013579AX" else "header" if last in "24" else "unknown",
            system == ICD10CM and on.year > 2018,
            "2026" if system == ICD10CM else None,
        )


def earlier(claim: Any) -> tuple[Any, ...]:
    if claim.frequency == "7" and len(claim.replaces or "") % 2:
        elsewhere = Payer(OrganizationName("SOUTHWIND MUTUAL"), Identifier(PAYER, "SW002"))
        return (msgspec.structs.replace(claim, coverage=msgspec.structs.replace(claim.coverage, payer=elsewhere)),)
    return (
        claim_with(),
        claim,
        claim_with(number="B", coverage=claim.coverage, patient=claim.patient, acts=claim.acts[:1]),
        claim_with(
            number="C",
            patient=claim.patient,
            rendering=claim.part.rendering,
            acts=tuple(
                msgspec.structs.replace(act, service=Period(act.service.start - timedelta(days=5)))
                for act in claim.acts
            ),
        ),
    )


def overflows(claim: Any) -> tuple[Overflow, ...]:
    return (Overflow(field="coverage.member_id", box="1a", width=10, needed=len(claim.coverage.member_id)),)


def enrolled(claim: Any) -> tuple[Period, ...] | None:
    """Each answer occurs: takes all files, enrolled nobody, enrols for a while, enrolled for good."""
    spans = (None, (), (Period(date(2024, 1, 1), date(2024, 6, 9)),), (Period(date(2024, 1, 1)),))
    return spans[len(claim.number) % 4]


FACTS = Facts(
    on=date(2024, 6, 1),
    codes=Book(),
    tables=arithmetic,
    earlier=earlier,
    overflows=overflows,
    enrolled=enrolled,
)

DEMANDING = PayerProfile(
    key="demanding",
    name="Demanding",
    form="837p",
    filing_limit_days=30,
    on=("MCR-05",),
    authorization_codes=("70540-70559", "99214"),
    needs_referral=True,
    needs_taxonomy=True,
    most_acts=2,
    refuses_replacements=True,
)
KNOWN = {**PROFILES, "demanding": DEMANDING}

MORE = [
    *EDITS.values(),
    made(lambda first, second: iter([at("code")]), "TST-01", scope="pair", fields=("acts[].code",), severity="warn"),
    made(
        lambda first, second: iter([at("charge")]),
        "TST-02",
        scope="pair",
        fields=("acts[].charge",),
        trigger_codes=frozenset({"T1", "99213"}),
        once=True,
    ),
    made(
        lambda first, second: iter([at("code", x=1)]),
        "TST-03",
        scope="pair",
        fields=("acts[].code",),
        trigger_codes=frozenset({"T1"}),
        same_code=True,
        makes_redundant=("TST-01",),
    ),
    made(lambda claim: iter([at()]), "TST-04", trigger_codes=frozenset({"T2", "J3490"}), severity="advise"),
    made(
        lambda line: iter([at()]),
        "TST-05",
        scope="line",
        fields=("acts[].code",),
        payers=("medicare_b",),
        trigger_codes=frozenset({"T1"}),
    ),
    made(lambda line, case: iter([at()]), "TST-06", scope="line", fields=("acts[].charge",), kinds=("other",)),
]


@cache
def plan_of_all(profile: str, *, backwards: bool = False) -> Plan:
    """The plan of all edits and those made up here, for a payer."""
    return Plan(reversed(MORE) if backwards else MORE, "professional", KNOWN[profile])


@settings(max_examples=count(150, 5000))
@given(unclean_claims())
def test_the_plan_is_the_plain_loop(claim):
    _agree(claim)


def test_the_plan_is_the_plain_loop_on_many():
    for claim in spoilt_claims(count(300, 5000), seed=1):
        _agree(claim)


def _agree(claim):
    profile = profile_for(claim)
    assert check(claim, FACTS) == plain(EDITS.values(), claim, FACTS, profile)
    _agree_for(claim, profile)
    if len(claim.acts) % 2:
        _agree_for(claim, DEMANDING)


def _agree_for(claim, profile):
    found = plan_of_all(profile.key).check(claim, FACTS)
    assert found == plain(MORE, claim, FACTS, profile)
    assert found == plan_of_all(profile.key, backwards=True).check(claim, FACTS)


def test_every_edit_is_met_by_the_unclean_claims():
    met = {
        finding.code
        for claim in spoilt_claims(1800)
        for profile in (profile_for(claim).key, "demanding")
        for finding in plan_of_all(profile).check(claim, FACTS)
    }
    # Edits of dental claims alone: test_plan_dental.py.
    here = {each.code for each in MORE if each.declared.kinds != ("dental",)}
    assert here - met == {"TST-06"}, "the last is of another kind of claim"


def test_findings_stand_in_the_order_of_the_claim():
    claim = claim_with(
        number="",
        patient__sex=None,
        acts=(line(pointers=()), line(number="2", pointers=(9, 1, 1))),
        total=Money(1),
        replaces="X",
        rendering__taxonomy=None,
    )
    assert [(each.code, each.field) for each in check(claim, EXAMPLE_FACTS)] == [
        ("TXT-02", "number"),
        ("PAT-01", "patient.sex"),
        ("PTR-01", "acts[0].part.pointers"),
        ("DUP-01", "acts[1].code"),
        ("PTR-02", "acts[1].part.pointers[0]"),
        ("PTR-03", "acts[1].part.pointers[2]"),
        ("PRV-01", "part.rendering.taxonomy"),
        ("BAL-01", "total"),
        ("FRQ-02", "replaces"),
    ]


def test_at_one_field_blocks_stand_before_warnings_and_these_before_advice():
    edits = [
        made(lambda claim: iter([at()]), "TST-01", severity="advise"),
        made(lambda claim: iter([at()]), "TST-02", severity="warn"),
        made(lambda claim: iter([at()]), "TST-04", severity="block"),
        made(lambda claim: iter([at()]), "TST-03", severity="block"),
    ]
    found = Plan(edits, "professional", PROFILES["commercial"]).check(claim_with(), EXAMPLE_FACTS)
    assert [each.code for each in found] == ["TST-03", "TST-04", "TST-02", "TST-01"]


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("patient.address", ["TST-01"]),
        ("patient.address.city", ["TST-01"]),
        ("patient", ["TST-01"]),
        ("patient.name", ["TST-01", "TST-02"]),
        ("pay_to", ["TST-01", "TST-02"]),
    ],
)
def test_an_edit_takes_the_word_from_another_only_at_the_same_place(field, told):
    claim = claim_with(pay_to=Address("1 A STREET", "SALEM"))
    edits = [
        made(lambda claim: iter([at()]), "TST-01", fields=("patient.address",), makes_redundant=("TST-02",)),
        made(lambda claim: iter([at(field)]), "TST-02"),
    ]
    found = Plan(edits, "professional", PROFILES["commercial"]).check(claim, EXAMPLE_FACTS)
    assert sorted(each.code for each in found) == told


def test_an_edit_of_one_line_is_silent_about_another_line():
    edits = [
        made(
            lambda line: iter([at()] if line.number == "1" else []),
            "TST-01",
            scope="line",
            fields=("acts[].part.pointers",),
            makes_redundant=("TST-02",),
        ),
        made(lambda line: iter([at()]), "TST-02", scope="line", fields=("acts[].part.pointers",)),
    ]
    claim = claim_with(acts=(line(), line(number="2")))
    found = Plan(edits, "professional", PROFILES["commercial"]).check(claim, EXAMPLE_FACTS)
    assert [(each.code, each.line) for each in found] == [("TST-01", 1), ("TST-02", 2)]


def test_three_like_lines_are_two_faults():
    claim = claim_with(acts=tuple(line(number=str(number), code="93000") for number in range(3)))
    assert [(each.code, each.line) for each in check(claim, EXAMPLE_FACTS)] == [("DUP-01", 2), ("DUP-01", 3)]


def test_a_payer_switches_edits_off_and_on():
    claim = claim_with(frequency="7", replaces="1", rendering__taxonomy=None)
    commercial = PROFILES["commercial"]
    other = type(commercial)(key="other", name="Other", form="837p", off=("PRV-01",), on=("MCR-02",))
    assert [each.code for each in compiled("professional", commercial).check(claim, EXAMPLE_FACTS)] == ["PRV-01"]
    assert [each.code for each in compiled("professional", other).check(claim, EXAMPLE_FACTS)] == ["MCR-02"]


def test_an_edit_that_cannot_fire_is_not_asked():
    asked: list[str] = []

    def edit_of(scope, fields, code, **given):
        def run(*all_of_it):
            asked.append(code)
            return iter(())

        functions = {
            "claim": lambda claim, case: run(),
            "line": lambda claim, line, case: run(),
            "pair": lambda claim, first, second, case: run(),
        }
        return made(functions[scope], code, scope=scope, fields=fields, **given)

    line_field = ("acts[].code",)
    edits = [
        edit_of("claim", ("number",), "TST-01", trigger_codes=frozenset({"T1"})),
        edit_of("line", line_field, "TST-02", trigger_codes=frozenset({"T1"})),
        edit_of("pair", line_field, "TST-03", trigger_codes=frozenset({"T1"})),
        edit_of("pair", line_field, "TST-04", same_code=True),
        edit_of("claim", ("number",), "TST-05", payers=("medicare_b",)),
        edit_of("claim", ("number",), "TST-06", kinds=("other",)),
        edit_of("line", line_field, "TST-07"),
    ]
    claim = claim_with(acts=(line(code="A0001"), line(number="2", code="A0002")))
    Plan(edits, "professional", PROFILES["commercial"]).check(claim, EXAMPLE_FACTS)
    assert asked == ["TST-07", "TST-07"]


def test_the_plan_remembers_codes_within_bounds():
    plan = compiled("professional", PROFILES["commercial"])
    for number in range(21_000):
        plan._look_at_line(f"X{number}")
    assert len(plan._by_code) <= 20_000
    assert len(plan._by_edits) < 10
    assert check(claim_with(acts=(line(code="NEVER"),)), EXAMPLE_FACTS) == ()

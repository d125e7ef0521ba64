"""What the rule tables say of a claim: by day, by provider, by setting."""

from datetime import date
from decimal import Decimal

import pytest

from billing.edits import Facts, check
from billing.edits.bundled import is_evaluation
from billing.edits.case import Case
from billing.edits.example import EXAMPLE_FACTS, MEDICARE, ExampleCodes, claim_with, icd10, line
from billing.edits.exampletables import added, limited, listing, paired
from billing.edits.listing import years
from billing.edits.ruled import NOTHING, RuleTables
from billing.edits.units import counted, daily
from billing.payers import profile_for
from clinic.domain.code import NPI, TAXONOMY, Code, Identifier
from clinic.domain.party import Provider
from clinic.domain.period import Period
from clinic.domain.person import PersonName
from clinic.domain.quantity import Quantity

MARCH, APRIL = date(2026, 3, 31), date(2026, 4, 1)
OTHER = Provider(
    name=PersonName("LIND", "EVA"), identifier=Identifier(NPI, "1234567893"), taxonomy=Code(TAXONOMY, "207Q00000X")
)


def told(claim, facts) -> list[tuple[str, str]]:
    return [(each.code, each.field) for each in check(claim, facts)]


def by_quarter(day, _setting):
    """Pairs that change on the first of April."""
    return paired("20610", "99213", "0") if day >= APRIL else paired("20610", "99213", "1")


def two(first: date, second: date, **more):
    return claim_with(
        acts=(
            line(code="20610", service=Period(first)),
            line(number="2", code="99213", service=Period(second), **more),
        )
    )


def test_each_line_is_judged_by_the_tables_of_its_day():
    facts = Facts(on=date(2026, 4, 9), codes=ExampleCodes(), tables=by_quarter)
    assert told(two(MARCH, MARCH), facts) == [("NCC-02", "acts[1].code")]
    assert told(two(APRIL, APRIL), facts) == [("NCC-01", "acts[1].code")]
    assert told(two(MARCH, APRIL), facts) == []
    both = claim_with(
        acts=tuple(
            line(number=str(at), code=code, service=Period(day))
            for at, (code, day) in enumerate(
                [("20610", MARCH), ("20610", APRIL), ("99213", APRIL), ("99213", MARCH)], start=1
            )
        )
    )
    assert told(both, facts) == [("NCC-01", "acts[2].code"), ("NCC-02", "acts[3].code")]


def test_a_pair_that_was_deleted_by_then_says_nothing():
    facts = EXAMPLE_FACTS.ruled_by(paired("20610", "99213", "1", Period(date(2020, 1, 1), date(2026, 3, 1))))
    assert told(two(date(2026, 3, 1), date(2026, 3, 1)), facts) == [("NCC-02", "acts[1].code")]
    assert told(two(date(2026, 3, 2), date(2026, 3, 2)), facts) == []


def test_acts_of_two_people_are_no_pair():
    facts = EXAMPLE_FACTS.ruled_by(paired("20610", "99213", "1"))
    day = date(2026, 3, 2)
    assert told(two(day, day), facts) == [("NCC-02", "acts[1].code")]
    assert told(two(day, day, rendering=OTHER), facts) == []


@pytest.mark.parametrize(
    ("modifiers", "said"),
    [
        ((), ["NCC-02"]),
        (("25",), []),
        (("57",), []),
        (("79",), []),
        (("GA",), ["NCC-02"]),
        (("76",), ["NCC-02"]),
    ],
)
def test_which_modifiers_lift_a_pair(modifiers, said):
    facts = EXAMPLE_FACTS.ruled_by(paired("20610", "99213", "1"))
    day = date(2026, 3, 2)
    assert [code for code, _ in told(two(day, day, modifiers=modifiers), facts)] == said


def test_a_modifier_of_visits_lifts_nothing_on_another_act():
    facts = EXAMPLE_FACTS.ruled_by(paired("20610", "64450", "1"))
    claim = claim_with(acts=(line(code="20610"), line(number="2", code="64450", modifiers=("25",))))
    assert told(claim, facts) == [("NCC-02", "acts[1].code"), ("MOD-03", "acts[1].part.modifiers")]


def test_what_is_a_visit():
    codes = ("99201", "99202", "99499", "99500", "92014", "20610", "G0438", "9921F")
    assert [code for code in codes if is_evaluation(code)] == ["99202", "99499", "92014"]


def test_a_void_is_not_judged_by_the_tables():
    tables = paired("20610", "99213", "0")
    claim = claim_with(acts=(line(code="20610"), line(number="2")), frequency="8", replaces="1")
    assert Case(claim, EXAMPLE_FACTS.ruled_by(tables), profile_for(claim)).ruled is NOTHING


def test_a_supplier_has_limits_of_its_own():
    facts = Facts(
        on=EXAMPLE_FACTS.on,
        codes=ExampleCodes(),
        tables=lambda _day, setting: limited("A4206", 0 if setting == "practitioner" else 5, "3"),
    )
    acts = (line(code="A4206"),)
    assert told(claim_with(acts=acts), facts) == [("MUE-04", "acts[0].code")]
    assert told(claim_with(acts=acts, billing__taxonomy=Code(TAXONOMY, "332B00000X")), facts) == []


def test_units_of_a_span_are_those_of_a_day():
    week = Period(date(2026, 3, 2), date(2026, 3, 8))
    assert daily(line(service=week, quantity=Quantity(Decimal(14)))) == 2
    assert daily(line(quantity=Quantity(Decimal(30), "MJ"))) is None
    assert daily(line(quantity=Quantity(Decimal("NaN")))) is None
    facts = EXAMPLE_FACTS.ruled_by(limited("J1100", 2, "3"))
    assert told(claim_with(acts=(line(code="J1100", service=week, quantity=Quantity(Decimal(14))),)), facts) == []
    more = claim_with(acts=(line(code="J1100", service=week, quantity=Quantity(Decimal(15))),))
    assert [code for code, _ in told(more, facts)] == ["MUE-03"]


def test_units_are_written_as_people_do():
    assert [counted(Decimal(text)) for text in ("4", "4.0", "2.50", "1E+2", "1E+40")] == [
        "4", "4", "2.5", "100", "10000000000000000000",
    ]  # fmt: skip


def test_the_line_that_passes_a_limit_of_the_day_is_told():
    facts = EXAMPLE_FACTS.ruled_by(limited("11102", 2, "3"))
    acts = tuple(line(number=str(at), code="11102", modifiers=(side,)) for at, side in enumerate(("LT", "RT", "59"), 1))
    assert told(claim_with(acts=acts), facts) == [("MUE-03", "acts[2].quantity")]
    one = (line(code="11102", rendering=OTHER), *acts[:2])
    assert "MUE-03" not in {code for code, _ in told(claim_with(acts=one), facts)}


def test_an_add_on_may_have_its_primary_on_an_earlier_claim():
    facts = EXAMPLE_FACTS.ruled_by(added("11103", "1", "11102"))
    claim = claim_with(acts=(line(code="11103"),))
    assert told(claim, facts) == [("ADD-01", "acts[0].code")]
    assert told(claim, facts.knowing(claim_with(number="A0900", acts=(line(code="11102"),)))) == []


def test_ages_are_full_years():
    assert [years(date(2000, 2, 29), day) for day in (date(2018, 2, 28), date(2018, 3, 1))] == [17, 18]
    facts = EXAMPLE_FACTS.ruled_by(listing(J069="pediatric"))
    day = date(2026, 3, 2)
    for birth, said in ((date(2008, 3, 3), []), (date(2008, 3, 2), ["AGE-02"]), (None, ["PAT-01"])):
        claim = claim_with(diagnoses=icd10("J069"), patient__birth=birth, acts=(line(service=Period(day)),))
        assert [code for code, _ in told(claim, facts)] == said


def test_medicare_compared_the_sex_until_the_end_of_september_2024():
    facts = EXAMPLE_FACTS.ruled_by(listing(J069="female"))
    before, after = (
        claim_with(
            diagnoses=icd10("J069"),
            patient__sex="M",
            acts=(line(service=Period(day)),),
            frequency="7",
            replaces="2024100001234",
            **{**MEDICARE, "coverage__filing": filing},
        )
        for day, filing in ((date(2024, 9, 30), "MB"), (date(2024, 10, 1), "MB"))
    )
    assert "SEX-01" in {code for code, _ in told(before, facts)}
    assert "SEX-01" not in {code for code, _ in told(after, facts)}


def test_nothing_loaded_says_nothing():
    claim = claim_with(acts=(line(code="20610"), line(number="2", code="99213", quantity=Quantity(Decimal(99)))))
    assert told(claim, EXAMPLE_FACTS) == []
    assert told(claim, EXAMPLE_FACTS.ruled_by(RuleTables())) == []


def test_sets_of_codes_are_remembered_within_bounds():
    asked: list[tuple[str, ...]] = []

    class Pairs:
        def among(self, codes):
            asked.append(codes)
            return ()

    tables = RuleTables(pairs=Pairs())
    for _ in range(3):
        assert tables.ruled(("1", "2")) is NOTHING
    assert asked == [("1", "2")]
    for number in range(20_001):
        tables.ruled(("1", str(number)))
    assert len(tables._ruled) <= 20_000

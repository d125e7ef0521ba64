"""Edits a practice writes itself: what a rule says, what it refuses, and that it is an edit like any other."""

from __future__ import annotations

from datetime import date
from random import Random

import msgspec
import pytest

from billing.domain.claim import Authority
from billing.edits import EDITS, Plan
from billing.edits.example import EXAMPLE_FACTS, claim_with, icd10, line
from billing.edits.own import Condition, Rule, own_edit
from billing.edits.own.compare import COMPARISONS
from billing.edits.own.fields import FIELDS
from billing.edits.own.rule import in_order
from billing.edits.places import place
from billing.payers import PROFILES
from clinic.domain.refusal import Refused
from tests.counts import count
from tests.strategies.samples import sample_claims

SINCE = date(2026, 3, 1)


def rule(must: Condition, *when: Condition, scope="claim", severity="warn", **texts: str) -> Rule:
    said = {"title": "A title", "message": "100 % wrong.", "fix": "Mend it."} | texts
    return in_order(Rule(severity=severity, scope=scope, when=when, must=must, **said))


def where(field, how, *values) -> Condition:
    return Condition(field=field, how=how, values=values)


def fields(made: Rule, claim) -> list[str]:
    plan = Plan([own_edit(1, made, SINCE)], "professional", PROFILES["commercial"])
    found = plan.check(claim, EXAMPLE_FACTS)
    assert all((each.code, each.severity) == ("OWN-01", made.severity) for each in found)
    return [each.field for each in found]


NUMBERED = claim_with(authority=Authority(prior_authorization="PA123"))
TWO = claim_with(acts=(line(code="93000"), line(number="2", code="99214", modifiers=("25",))))


@pytest.mark.parametrize(
    ("made", "claim", "found"),
    [
        (rule(where("authorization", "given"), where("payer", "is", "nobody")), claim_with(), []),
        (rule(where("authorization", "given")), claim_with(), ["authority.prior_authorization"]),
        (rule(where("authorization", "given")), NUMBERED, []),
        (rule(where("authorization", "begins", "pb")), NUMBERED, ["authority.prior_authorization"]),
        (rule(where("age", "at_most", "17")), claim_with(), ["patient.birth"]),
        (rule(where("total", "at_most", "0.01")), claim_with(), ["total"]),
        (rule(where("diagnoses", "has_not", "E11.9")), claim_with(diagnoses=icd10("I10", "E119")), ["part.diagnoses"]),
        (rule(where("diagnoses", "begins", "E11")), claim_with(diagnoses=icd10("I10", "E119")), []),
        (rule(where("modifiers", "has", "25"), where("code", "is", "99214"), scope="line"), TWO, []),
        (
            rule(where("modifiers", "has", "57"), where("code", "is", "99214"), scope="line"),
            TWO,
            ["acts[1].part.modifiers"],
        ),
        (rule(where("code", "is_not", "93000", "99214"), scope="line"), TWO, ["acts[0].code", "acts[1].code"]),
        (rule(where("authorization", "given"), where("code", "is", "93000"), scope="line"), TWO, ["acts[0].code"]),
        (rule(where("referring", "given"), where("acts", "has", "93000")), TWO, ["part.referring"]),
        (rule(where("referring", "given"), where("acts", "has", "11111")), TWO, []),
        (rule(where("weekday", "at_most", "5"), scope="line"), claim_with(), []),
        (rule(where("units", "at_least", "2"), scope="line"), claim_with(), ["acts[0].quantity"]),
    ],
)
def test_a_rule_finds_what_it_says(made, claim, found) -> None:
    assert fields(made, claim) == found


def test_codes_are_kept_as_claims_carry_them() -> None:
    made = rule(where("diagnoses", "has", " e11.9", "e11.9", "I10"), where("total", "at_least", "120"))
    assert made.must.values == ("E119", "I10")
    assert made.when[0].values == ("120.00",)
    assert in_order(made) == made


@pytest.mark.parametrize(
    ("must", "when", "texts", "named"),
    [
        (where("nothing", "given"), (), {}, "must"),
        (where("code", "is", "99213"), (), {}, "must"),  # a field of a line in an edit of claims
        (where("total", "is", "1"), (), {}, "must"),
        (where("total", "at_least", "much"), (), {}, "must"),
        (where("total", "at_least", "1", "2"), (), {}, "must"),
        (where("age", "at_least", "-1"), (), {}, "must"),
        (where("age", "at_least", "9999999"), (), {}, "must"),
        (where("payer", "is"), (), {}, "must"),
        (where("payer", "given", "x"), (), {}, "must"),
        (where("payer", "is", "é"), (), {}, "must"),
        (where("payer", "given"), (where("payer", "begins"),), {}, "when[0]"),
        (where("payer", "given"), (where("payer", "given"),) * 9, {}, "when"),
        (where("payer", "given"), (), {"title": "  "}, "title"),
        (where("payer", "given"), (), {"message": "x" * 301}, "message"),
    ],
)
def test_what_is_no_rule_is_refused_by_part(must, when, texts, named) -> None:
    with pytest.raises(Refused) as refused:
        rule(must, *when, **texts)
    assert refused.value.where == named


def test_every_field_has_a_place_and_reads_every_claim() -> None:
    for claim in sample_claims(count(40, 2000)):
        for each in FIELDS.values():
            for act in claim.acts:
                value = each.read(claim, act)
                kinds = {"text": str, "codes": tuple, "number": int, "amount": int, "flag": bool}
                assert value is None or isinstance(value, kinds[each.sort])
    for each in FIELDS.values():
        place("professional", each.path.replace("[]", "[0]"), patient_is_subscriber=True)


def test_every_comparison_of_every_field_is_decided() -> None:
    """Any rule that is taken can be asked of any claim, alone and in the plan of all edits: no rule raises."""
    chance = Random(11)
    values = {"text": ("A1", "I10"), "codes": ("I10", "25"), "number": ("2",), "amount": ("12.50",), "flag": ()}
    claims = sample_claims(count(10, 300))
    taken = 0
    for key, field in FIELDS.items():
        for how, (_, sorts, _) in COMPARISONS.items():
            if field.sort not in sorts:
                continue
            scope = "line" if field.of == "line" else chance.choice(("claim", "line"))
            said = () if how in {"given", "missing"} else values[field.sort]
            made = rule(where(key, how, *said[: 1 if how.startswith("at_") else 2]), scope=scope)
            edit = own_edit(7, made, SINCE)
            plan = Plan([*EDITS.values(), edit], "professional", PROFILES["commercial"])
            for claim in claims:
                mine = [each for each in plan.check(claim, EXAMPLE_FACTS) if each.code == "OWN-07"]
                assert len(mine) <= max(1, len(claim.acts))
            taken += 1
    assert taken == sum(field.sort in sorts for field in FIELDS.values() for _, sorts, _ in COMPARISONS.values())


def test_a_rule_is_one_json_text() -> None:
    made = rule(where("modifiers", "has", "25"), where("code", "is", "99214"), scope="line", severity="block")
    assert msgspec.json.decode(msgspec.json.encode(made), type=Rule) == made

"""Two claims differ exactly where their fields do: each is told, nothing else is, and what is told suffices."""

import re
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from billing.coding.labels import label
from billing.domain.canonical import digest
from billing.domain.differences import WHOLE, Difference, differences
from clinic.domain.quantity import Quantity
from tests.counts import count
from tests.strategies.claims import claims_with_every_field, professional_claims
from tests.strategies.samples import sample_claims, whole_claims

_STEP = re.compile(r"\.?([a-z_0-9]+)|\[(\d+)\]")


def leaves(value: Any, path: str = "") -> list[str]:
    """The path of everything in a value that is read as one."""
    if isinstance(value, msgspec.Struct) and not isinstance(value, WHOLE):
        return [
            found
            for name in value.__struct_fields__
            for found in leaves(getattr(value, name), f"{path}.{name}" if path else name)
        ]
    if isinstance(value, tuple) and value and isinstance(value[0], msgspec.Struct):
        return [found for place, item in enumerate(value) for found in leaves(item, f"{path}[{place}]")]
    return [] if value in (None, ()) else [path]


def put(value: Any, path: str, new: Any) -> Any:
    """The value with something else at a path; ``new`` may be a function of what stands there."""
    if not path:
        return new(value) if callable(new) else new
    step = _STEP.match(path)
    assert step
    rest = path[step.end() :]
    if step.group(1):
        return replace(value, **{step.group(1): put(getattr(value, step.group(1)), rest, new)})
    place = int(step.group(2))
    if place >= len(value):
        return (*value, new)
    items = [put(item, rest, new) if at == place else item for at, item in enumerate(value)]
    return tuple(item for item in items if item is not None)


def other(value: Any) -> Any:
    """Another value of the same type."""
    if isinstance(value, tuple):
        return value[:-1]
    if isinstance(value, str):
        return value + "X"
    if isinstance(value, int):
        return type(value)(not value) if isinstance(value, bool) else value + 1
    if isinstance(value, Quantity):
        return Quantity(value.value + Decimal(1), value.unit)
    if isinstance(value, msgspec.Struct):
        last = value.__struct_fields__[-1]
        return replace(value, **{last: other(getattr(value, last) or "X")})
    return value + timedelta(days=1)


@settings(max_examples=count(25, 1000), deadline=None)
@given(professional_claims())
def test_a_claim_does_not_differ_from_itself(claim) -> None:
    assert differences(claim, msgspec.structs.replace(claim)) == ()


def test_every_field_is_told_when_it_changes() -> None:
    for claim in whole_claims(count(1, 20)):
        paths = [path for path in leaves(claim) if path != "kind"]
        assert len(paths) > 150
        for path in paths:
            changed = put(claim, path, other)
            found = differences(claim, changed)
            if re.fullmatch(r"acts\[\d+\]\.number", path):
                # another number is another line
                assert {each.path for each in found} == {path.removesuffix(".number")}, path
            else:
                assert [each.path for each in found] == [path], path
            assert digest(changed) != digest(claim)


@settings(max_examples=count(25, 1000), deadline=None)
@given(st.data())
def test_what_is_absent_is_told_as_absent(data) -> None:
    claim = data.draw(claims_with_every_field())
    optional = [
        name for name in ("authority", "pay_to", "replaces", "patient_paid") if getattr(claim, name) is not None
    ]
    name = data.draw(st.sampled_from(optional))
    assert differences(claim, replace(claim, **{name: None})) == (Difference(name, getattr(claim, name), None),)
    assert differences(replace(claim, **{name: None}), claim) == (Difference(name, None, getattr(claim, name)),)


def test_what_is_told_makes_the_other_of_the_one() -> None:
    """With lines alike in number, putting each difference at its place turns any claim into any other."""
    claims = sample_claims(count(30, 2000), seed=3)
    for one, two in pairwise(claims):
        same_lines = replace(two, acts=one.acts)
        found = differences(one, same_lines)
        made = one
        for each in sorted(found, key=lambda each: each.after is None):
            if each.after is not None:
                made = put(made, each.path, each.after)
        for each in reversed([each for each in found if each.after is None]):
            made = put(made, each.path, None)
        assert made == same_lines


@settings(max_examples=count(25, 1000), deadline=None)
@given(st.data())
def test_a_line_that_goes_does_not_change_the_others(data) -> None:
    claim = data.draw(professional_claims())
    place = data.draw(st.integers(0, len(claim.acts) - 1))
    less = replace(claim, acts=tuple(act for at, act in enumerate(claim.acts) if at != place))
    assert differences(claim, less) == (Difference(f"acts[{place}]", claim.acts[place], None),)
    assert differences(less, claim) == (Difference(f"acts[{place}]", None, claim.acts[place]),)


def test_the_same_lines_in_another_order_are_told_as_one() -> None:
    claim = next(claim for claim in sample_claims(50, seed=1) if len(claim.acts) > 1)
    turned = replace(claim, acts=claim.acts[::-1])
    assert [each.path for each in differences(claim, turned)] == ["acts"]


def test_the_same_number_in_another_text_is_a_difference() -> None:
    claim = sample_claims(1)[0]
    one, ten = (
        replace(claim, acts=tuple(replace(act, quantity=Quantity(Decimal(text))) for act in claim.acts))
        for text in ("1", "1.0")
    )
    assert digest(one) != digest(ten)
    assert {each.path for each in differences(one, ten)} == {f"acts[{at}].quantity" for at in range(len(claim.acts))}


def test_every_field_has_words() -> None:
    for claim in whole_claims(3):
        assert [path for path in leaves(claim) if label(path)[0] == path] == []

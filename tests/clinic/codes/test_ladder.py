"""From a header to one code by few questions: every code can be reached, no question has more than seven choices."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.codes.ladder import MOST, Step, ladder
from clinic.codes.library import Library
from clinic.codes.picking import boosted, picked
from clinic.codes.release import Entry, Hit
from tests.counts import count

ON = date(2026, 3, 2)


def reached(header: str, entries: list[Entry], answers: tuple[str, ...] = (), depth: int = 1) -> tuple[set[str], int]:
    """All codes that some way of answering leads to, and the longest way."""
    assert depth < 12, answers
    step = ladder(header, entries, answers)
    assert len(step.choices) <= MOST
    if step.code or not step.choices:
        return {step.code} - {None}, depth
    codes, deepest = set(), depth
    for choice in step.choices:
        if choice.code:
            codes.add(choice.code)
        else:
            further, deep = reached(header, entries, (*step.answers, choice.key), depth + 1)
            codes |= further
            deepest = max(deepest, deep)
    return codes, deepest


def test_every_code_can_be_reached_and_no_other(code_library: Library):
    file = code_library._choose("icd10cm", ON)[0]
    for at in range(0, len(file), count(3, 401)):
        entry = file.entry(at)
        if not entry.billable and len(entry.value) > 3:
            below = file.below(entry.value)
            codes, _ = reached(entry.value, below)
            assert codes == {each.value for each in below if each.billable}, entry.value


def test_the_ladder_of_a_broken_wrist(code_library: Library):
    below = code_library.below("icd10cm", "S52.5", ON)
    first = ladder("S525", below)
    assert first.axis == "side"
    assert [choice.key for choice in first.choices] == ["side:right", "side:left", "side:unspecified"]
    kinds = ladder("S525", below, ["side:left"])
    assert kinds.axis == "kind"
    assert [choice.key.split(".")[1] for choice in kinds.choices[:-1]] == [f"S525{n}" for n in range(6)]
    assert kinds.choices[-1].key == "more:6"
    assert [choice.key for choice in ladder("S525", below, ["side:left", "more:6"]).choices] == [
        "kind:0.S5256",
        "kind:0.S5257",
        "kind:0.S5259",
    ]
    visits = ladder("S525", below, ["side:left", kinds.choices[3].key])
    assert visits.axis == "visit"
    assert (visits.choices[0].key, visits.choices[0].code) == ("visit:A", "S52532A")
    assert ladder("S525", below, ["side:left", kinds.choices[3].key, "visit:S"]).code == "S52532S"


def test_what_was_typed_is_not_asked_again(code_library: Library):
    below = code_library.below("icd10cm", "S5253", ON)
    assert ladder("S5253", below, (), ["colles", "left", "sequela"]).code == "S52532S"
    assert ladder("S5253", below, (), ["fracture"]).axis == "side"


def test_answers_that_fit_nothing_are_passed_over(code_library: Library):
    below = code_library.below("icd10cm", "J45", ON)
    assert ladder(
        "J45", below, ["side:left", "kind:9.X", "kind:x", "more:x", "more:99", "visit:Q", "nonsense", ":"]
    ) == ladder("J45", below)
    assert ladder("NONE", []) == Step(header="NONE")


@settings(max_examples=count(100, 20_000))
@given(st.lists(st.text(max_size=20), max_size=5))
def test_any_answers_give_a_step(code_library: Library, answers: list[str]):
    assert len(ladder("H40", code_library.below("icd10cm", "H40", ON), answers).choices) <= MOST


def hit(value: str, score: float, *, billable: bool = True) -> Hit:
    return Hit(system="icd10cm", code=value, value=value, display=value, billable=billable, score=score)


def test_what_the_practice_uses_moves_up():
    hits = [hit("A001", 0.9), hit("A009", 0.8), hit("B001", 0.3), hit("A00", 0.2, billable=False)]
    assert boosted(hits, {}) == hits
    assert [each.value for each in boosted(hits, {"A009": 12})] == ["A009", "A001", "B001", "A00"]
    assert [each.value for each in boosted(hits, {"B001": 100_000, "A00": 50})] == ["A001", "A009", "B001", "A00"]


@settings(max_examples=count(100, 20_000))
@given(
    st.lists(st.tuples(st.integers(0, 30), st.floats(0.01, 1)), max_size=12),
    st.dictionaries(st.integers(0, 30), st.integers(1, 10**6)),
)
def test_moving_up_loses_and_makes_nothing(rows: list[tuple[int, float]], used: dict[int, int]):
    hits = [hit(f"A{number:02}", score) for number, score in sorted(dict(rows).items(), key=lambda row: -row[1])]
    lifted = boosted(hits, {f"A{number:02}": times for number, times in used.items()})
    assert sorted(each.value for each in lifted) == sorted(each.value for each in hits)
    assert all(0 < each.score <= 1 for each in lifted)
    never = [each.value for each in hits if int(each.value[1:]) not in used]
    assert [each.value for each in lifted if each.value in set(never)] == never


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("fracture lower end of radius", ["S52.509A", "S52.50-"]),
        ("right knee pain", ["M25.561", "M25.56-"]),
        ("hypertension", ["I10"]),
    ],
)
def test_families_stand_for_their_siblings(code_library: Library, typed: str, codes: list[str]):
    hits = code_library.search(typed, "icd10cm", ON, 40)
    rows = picked(hits, lambda value: code_library.lookup("icd10cm", value, ON), {}, 12)
    assert [row.code for row in rows[: len(codes)]] == codes
    assert len({row.value for row in rows}) == len(rows)
    assert all(row.billable != row.family for row in rows)


def test_a_code_used_here_is_no_longer_hidden_in_its_family(code_library: Library):
    hits = code_library.search("knee pain", "icd10cm", ON, 40)
    rows = picked(hits, lambda value: code_library.lookup("icd10cm", value, ON), {"M25562": 4}, 12)
    assert ("M25.562", 4) in [(row.code, row.used) for row in rows]

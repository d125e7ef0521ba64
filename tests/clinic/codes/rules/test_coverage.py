"""Coverage rules: the table as a practice types it, and the file that answers as its rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.codes.coverage import Row, Span, coverage_sections, edges, ordered, text_of
from clinic.codes.kind import Wish
from clinic.codes.kinds import kinds
from clinic.codes.library import Library
from clinic.codes.loading import load
from clinic.codes.source_file import Source
from clinic.domain.refusal import Refused
from tests.clinic.codes.rules.test_tables import opened
from tests.counts import count

HEADS = "policy,filing,payer,act,rule,diagnosis,times,per,from,to,source\n"
TABLE = HEADS + (
    "P-1,MB,,83036,supports,E08-E13,,,,,Page 1\n"
    "P-1,MB,,83036,supports,r73.*,,,,,Page 1\n"
    "P-1,mb,,83036,supports,Z79.4,,,,,Page 1\n"
    "P-1,MB,,83036,frequency,,1,90,,,Page 2\n"
    "P-2,,NW001,80047-80076,never,Z00.-,,,2026-01-01,2026-06-30,\n"
    "P-3,,,G0402,frequency,,1,lifetime,,,\n"
    "P-4,,,99397,never,,,,,,\n"
)
ON = date(2026, 5, 4)
ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "codes", recheck_seconds=0, sources=tuple)


def loaded(library: Library, folder: Path, text: str, name: str = "coverage-2026.csv"):
    path = folder / name
    path.write_text(text)
    load(library, "coverage", [path], Wish())
    return library.table("coverage", ON).table


def told(table, act: str) -> set[tuple]:
    return {
        (rule.policy, rule.filing, rule.payer, rule.rule, rule.times, rule.per, rule.since, rule.until, rule.source)
        for rule in table.rules(act)
    }


def test_a_typed_table_answers_as_it_says(library: Library, tmp_path: Path) -> None:
    table = loaded(library, tmp_path, TABLE)
    assert told(table, "83036") == {
        ("P-1", "MB", "", "supports", 0, 0, None, None, "Page 1"),
        ("P-1", "MB", "", "frequency", 1, 90, None, None, "Page 2"),
    }
    supports = next(rule for rule in table.rules("83036") if rule.rule == "supports")
    assert supports.diagnoses(9) == (("E08", "E13*"), ("R73", "R73*"), ("Z794", "Z794"))
    named = {
        each: supports.names(each) for each in ("E08", "E119", "E139", "E14", "E07", "R7303", "Z794", "Z7941", "Z79")
    }
    assert [each for each, yes in named.items() if yes] == ["E08", "E119", "E139", "R7303", "Z794"]
    assert not supports.names("")
    assert not supports.names("E11.9")
    days = (date(2026, 1, 1), date(2026, 6, 30))
    assert told(table, "80061") == {("P-2", "", "NW001", "never", 0, 0, *days, "")}
    assert table.rules("80076")[0].names("Z0000")
    assert table.rules("80046") == table.rules("80077") == table.rules("8006") == table.rules("É") == ()
    assert table.rules("G0402")[0].per == 0
    assert [rule.whatever for rule in table.rules("99397")] == [True]
    assert library.release("coverage", ON)[0].rows == 7


def test_the_same_again_changes_nothing_and_two_releases_live_side_by_side(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "coverage-2026.csv"
    path.write_text(TABLE)
    assert [each.new for _ in range(2) for each in load(library, "coverage", [path], Wish())] == [True, False]
    loaded(library, tmp_path, TABLE.replace("1,90", "1,60"), "coverage-2027.csv")
    per = [
        max(rule.per for rule in library.table("coverage", day).table.rules("83036"))
        for day in (ON, date(2027, 1, 1))
    ]  # fmt: skip
    assert per == [90, 60]


def test_the_example_of_the_page_can_be_loaded(library: Library, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "coverage.md").read_text()
    example = page.split("```csv\n")[1].split("```")[0]
    table = loaded(library, tmp_path, example)
    assert {rule.policy for rule in table.rules("80061")} == {"Lipids"}
    assert [rule.whatever for rule in table.rules("99397")] == [True]


FAULTS = [
    ("supports,E08-E13", "support,E08-E13", "line 2, rule"),
    ("supports,E08-E13", "supports,", "line 2, diagnosis"),
    ("E08-E13", "E13-E08", "line 2, diagnosis"),
    ("E08-E13", "8E", "line 2, diagnosis"),
    ("P-1,MB,,83036,freq", ",MB,,83036,freq", "line 5, policy"),
    ("P-1,MB,,83036,freq", "P-1,MBX,,83036,freq", "line 5, filing"),
    (",1,90", ",,90", "line 5, times"),
    (",1,90", ",1,", "line 5, times"),
    (",1,90", ",0,90", "line 5, times"),
    (",1,90", ",1,0", "line 5, times"),
    (",1,90", ",1,year", "line 5, per"),
    ("Z00.-,,", "Z00.-,1,", "line 6, times"),
    ("80047-80076", "80076-80047", "line 6, act"),
    ("80047-80076", "8004-80076", "line 6, act"),
    ("2026-06-30", "2025-06-30", "line 6, to"),
    ("2026-06-30", "2026-06-31", "line 6, to"),
    (HEADS, HEADS.replace("source", "sauce"), "line 1"),
    (HEADS, HEADS.replace("rule", "what"), "coverage-2026.csv"),
    (TABLE[len(HEADS) :], "", "coverage-2026.csv"),
]


@pytest.mark.parametrize(("old", "new", "where"), FAULTS)
def test_a_bad_line_is_named_and_nothing_is_loaded(library: Library, tmp_path: Path, old: str, new: str, where: str):
    assert old in TABLE
    with pytest.raises(Refused) as refused:
        loaded(library, tmp_path, TABLE.replace(old, new, 1))
    assert where in refused.value.where
    assert refused.value.remedy
    assert library.releases() == []


CODES = st.from_regex(r"[0-9A-Z]{1,7}", fullmatch=True)


@given(CODES, CODES)
def test_numbers_sort_as_texts_and_come_back(one: str, two: str) -> None:
    assert (ordered(one) < ordered(two)) == (one < two)
    assert text_of(ordered(one)) == one
    low, high = edges(Span(one, one))
    assert (low <= ordered(two) <= high) == two.startswith(one)


@given(st.text(max_size=9))
def test_only_codes_have_a_number(text: str) -> None:
    proper = 0 < len(text) <= 7 and text.isascii() and text.isalnum()
    try:
        ordered(text)
    except ValueError:
        assert not proper
    else:
        assert proper


def _rows(chance: Random) -> list[Row]:
    found = []
    for _ in range(chance.randrange(1, 120)):
        first = f"{chance.randrange(80000, 80030)}"
        last = f"{max(int(first), chance.randrange(80000, 80030))}" if chance.random() < 0.2 else first
        code = f"{chance.choice('AEZ')}{chance.randrange(30):02d}{chance.choice(('', '1', '12'))}"
        end = f"{code[0]}{chance.randrange(int(code[1:3]), 31):02d}"
        span = chance.choice((Span(code, code, open=False), Span(code, code), Span(code[:3], end)))
        found.append(
            Row(
                policy=f"P{chance.randrange(3)}",
                source="",
                filing=chance.choice(("", "MB")),
                payer="",
                acts=Span(first, last, open=False),
                rule=chance.choice(("supports", "never")),
                diagnoses=span,
            )
        )
    return found


@pytest.mark.parametrize("seed", range(count(12, 200)))
def test_the_file_names_what_its_rows_name_and_nothing_else(seed: int, tmp_path: Path) -> None:
    chance = Random(seed)
    rows = _rows(chance)
    table = opened(tmp_path, "coverage", coverage_sections(rows))
    asked = [
        f"{letter}{number:02d}{more}" for letter in "AEZ" for number in range(0, 31, 3) for more in ("", "1", "12", "5")
    ]
    for act in (f"{number}" for number in range(79999, 80031)):
        expected = {
            (row.policy, row.filing, row.rule, code)
            for row in rows
            if row.acts.first <= act <= row.acts.last
            for code in asked
            if row.diagnoses.first <= code
            and (code <= row.diagnoses.last or (row.diagnoses.open and code.startswith(row.diagnoses.last)))
        }
        found = {
            (rule.policy, rule.filing, rule.rule, code)
            for rule in table.rules(act)
            for code in asked
            if rule.names(code)
        }
        assert found == expected, act


@settings(max_examples=count(80, 100_000), deadline=None)
@given(
    spoils=st.lists(
        st.tuples(
            st.integers(0, len(TABLE)),
            st.integers(0, 30),
            st.one_of(
                st.binary(max_size=5),
                st.sampled_from([b'"', b"\n", b"\0", b",", b";", b"-", b"*", b"9999", "É".encode()]),
            ),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_stands_in_a_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, spoils) -> None:
    data = TABLE.encode()
    for at, gone, put in spoils:
        place = at % (len(data) + 1)
        data = data[:place] + put + data[place + gone :]
    path = tmp_path_factory.getbasetemp() / "coverage-spoilt.csv"
    path.write_bytes(data)
    drafts, where, remedy = [], "read", "none"
    try:
        drafts = kinds()["coverage"].read(Source(path), Wish(start=date(2026, 1, 1)))
    except Refused as refused:
        where, remedy = refused.where, refused.remedy
    assert where
    assert remedy
    assert all(release.system == "coverage" and body.rows > 0 for release, body in drafts)

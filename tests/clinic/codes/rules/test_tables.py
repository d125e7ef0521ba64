"""The files of pairs, limits, add-ons and lists answer as the rows they were made of."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from clinic.codes import addons, ages, limits, pairs
from clinic.codes.kind import Sections
from clinic.codes.layout import Mapped
from clinic.codes.library import Library
from clinic.codes.numbers import LONGEST, code_of, date_of, day_of, number_of
from tests.clinic.codes.test_library import release

replace = msgspec.structs.replace


def opened(folder: Path, system: str, body: Sections) -> Any:
    """The table of a library that holds this release alone."""
    library = Library(folder, sources=lambda: ())
    library.add(replace(release("t", "2026-01-01", "2026-03-31"), system=system), body)
    judging = library.table(system, date(2026, 2, 1))
    assert judging is not None
    assert judging.covers
    assert judging.release.rows == body.rows
    return judging.table


@given(st.text(max_size=9))
def test_codes_and_only_codes_have_a_number(text: str):
    number = number_of(text)
    proper = 0 < len(text) <= LONGEST and text.isascii() and text.isalnum()
    assert (number > 0) == proper
    if proper:
        assert code_of(number) == text.upper()


@given(st.lists(st.from_regex(r"[0-9A-Z]{1,7}", fullmatch=True), min_size=2, max_size=2, unique=True))
def test_two_codes_have_two_numbers(two: list[str]):
    assert number_of(two[0]) != number_of(two[1])


@given(st.dates(date(1980, 1, 2), date(2150, 1, 1)))
def test_days_come_back_from_their_column(day: date):
    assert date_of(day_of(day, 0)) == day


def test_days_outside_the_column_are_drawn_to_its_edge():
    assert date_of(day_of(date(1800, 1, 1), 0)) == date(1980, 1, 2)
    assert day_of(date(9999, 12, 31), 0) == 65534


def _pairs(seed: int, size: int, count: int) -> list[pairs.Row]:
    chance = Random(seed)
    codes = [f"{number:05d}" for number in chance.sample(range(100_000), size)]
    found = []
    for _ in range(count):
        first, second = chance.sample(codes, 2)
        since = date(2000, 1, 1) + timedelta(days=chance.randrange(9000)) if chance.random() < 0.9 else None
        until = since + timedelta(days=chance.randrange(4000)) if since and chance.random() < 0.5 else None
        found.append(pairs.Row(first, second, since, until, chance.choice("019"), f"why {chance.randrange(5)}"))
    return found


def _expected(rows: Iterable[pairs.Row], first: str, second: str) -> set[pairs.Pair]:
    return {pairs.Pair(*row) for row in rows if (row.first, row.second) == (first, second)}


def test_each_pair_is_found_and_no_other(tmp_path: Path):
    rows = _pairs(1, 60, 1500)
    table = opened(tmp_path, "ncci-ptp", pairs.pair_sections(rows))
    codes = sorted({code for row in rows for code in (row.first, row.second)})
    assert len(table) == len(set(rows))
    for first in (*codes, "ZZZZZ", "", "É", "1234567890"):
        for second in (*codes, "ZZZZZ", ""):
            assert set(table.between(first, second)) == _expected(rows, first, second)
        assert {(pair.second, pair) for pair in table.rows_of(first)} == {
            (row.second, pairs.Pair(*row)) for row in rows if row.first == first
        }


def test_pairs_among_codes_are_those_between_each_two(tmp_path: Path):
    rows = _pairs(2, 40, 900)
    table = opened(tmp_path, "ncci-ptp", pairs.pair_sections(rows))
    codes = sorted({code for row in rows for code in (row.first, row.second)})
    chance = Random(3)
    for _ in range(200):
        some = tuple(chance.choices([*codes, "ZZZZZ"], k=chance.randrange(8)))
        places = {code: some.index(code) for code in some}
        expected = {
            (places[first], places[second], pair)
            for first in places
            for second in places
            if first != second
            for pair in _expected(rows, first, second)
        }
        assert set(table.among(some)) == expected
        assert table.among(some) is table.among(some)


def test_a_pair_is_judged_by_its_own_days():
    day = date(2024, 7, 1)
    held = pairs.Pair("1", "2", day, date(2024, 9, 30), "1", "")
    assert [held.holds(day + timedelta(days=away)) for away in (-1, 0, 91, 92)] == [False, True, True, False]
    assert pairs.Pair("1", "2", None, None, "0", "").holds(day)
    assert not pairs.Pair("1", "2", day, day, "1", "").holds(day), "taken back on the day it began"
    assert not pairs.Pair("1", "2", None, None, "9", "").holds(day)


def test_more_codes_than_two_bytes_count_are_kept(tmp_path: Path):
    rows = [pairs.Row("00000", f"{number:05d}", None, None, "1") for number in range(1, 66_000)]
    table = opened(tmp_path, "ncci-ptp", pairs.pair_sections(rows))
    assert table.between("00000", "65999")
    assert not table.between("00000", "66000")


def test_rationales_beyond_the_column_are_left_out_and_never_mixed_up(tmp_path: Path):
    rows = [pairs.Row("00000", f"{number:05d}", None, None, "1", f"why {number}") for number in range(1, 101)]
    table = opened(tmp_path, "ncci-ptp", pairs.pair_sections(rows))
    for row in rows:
        (found,) = table.between("00000", row.second)
        assert found.rationale in {row.rationale, ""}
    assert table.between("00000", "00001")[0].rationale == "why 1"


def test_limits_are_those_of_their_rows(tmp_path: Path):
    rows = [limits.Row(f"A{n:04d}", n % 7, "123"[n % 3], f"why {n % 4}") for n in range(0, 4000, 3)]
    table = opened(tmp_path, "ncci-mue", limits.limit_sections(rows))
    assert len(table) == len(rows)
    for _ in range(2):
        assert all(table.limit(row.code) == limits.Limit(*row[1:]) for row in rows)
        assert table.limit("A0001") is table.limit("nothing at all") is None


def test_add_ons_hold_on_their_days(tmp_path: Path):
    rows = [
        addons.Row("11103", "11102", "1", date(2019, 1, 1)),
        addons.Row("11103", "11104", "1", date(2019, 1, 1), date(2023, 12, 31)),
        addons.Row("99292", addons.ANY, "2"),
        addons.Row("0001T", "0002T", "1", None, date(2020, 12, 31)),
    ]
    table = opened(tmp_path, "ncci-addon", addons.addon_sections(rows))
    assert table.addon("11103", date(2023, 5, 1)) == addons.Addon("1", frozenset({"11102", "11104"}))
    assert table.addon("11103", date(2026, 5, 1)) == addons.Addon("1", frozenset({"11102"}))
    assert table.addon("99292", date(2026, 5, 1)) == addons.Addon("2", frozenset())
    assert table.addon("11103", date(2018, 5, 1)) is table.addon("0001T", date(2021, 1, 1)) is None
    assert "0001T" in table
    assert "11102" not in table


def test_lists_are_those_of_their_rows_with_the_years_of_the_file(tmp_path: Path):
    rows = [ages.Row("A33", "newborn"), ages.Row("O80", "maternity"), ages.Row("O80", "female")]
    table = opened(tmp_path, "mce", ages.age_sections(rows, {"maternity": (12, 55)}))
    assert table.listed("A33") == ages.Listed(frozenset({"newborn"}), (("newborn", 0, 0),))
    assert table.listed("O80") == ages.Listed(frozenset({"maternity", "female"}), (("maternity", 12, 55),))
    assert table.listed("A330") is table.listed("Z00.00") is None


def test_opening_reads_the_header_alone(tmp_path: Path):
    library = Library(tmp_path, sources=lambda: ())
    rows = _pairs(4, 300, 20_000)
    library.add(replace(release("t", "2026-01-01", "2026-03-31"), system="ncci-ptp"), pairs.pair_sections(rows))
    table = pairs.PairsFile(Mapped(tmp_path / "ncci-ptp--t.codes"))
    assert all(isinstance(each, memoryview) for each in (table._codes, table._starts, table._seconds, table._flags))
    assert not table._places
    assert table.between(rows[0].first, rows[0].second)
    assert len(table._places) == 2

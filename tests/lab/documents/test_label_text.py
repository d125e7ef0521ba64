"""The rules by which a label's lines are shortened."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from lab.documents.label_text import fitted
from tests.lab.documents.labels import PLAIN, PLANNED

LONG = replace(PLAIN, last="Featherstonehaugh", first="Bartholomew", middle="Quentin", suffix="Jr")


@pytest.mark.parametrize(
    ("columns", "shown", "complete"),
    [
        (60, "FEATHERSTONEHAUGH JR, BARTHOLOMEW QUENTIN", True),
        (40, "FEATHERSTONEHAUGH JR, BARTHOLOMEW Q", False),
        (33, "FEATHERSTONEHAUGH, BARTHOLOMEW Q", False),
        (30, "FEATHERSTONEHAUGH, BARTHOLOMEW", False),
        (27, "FEATHERSTONEHAUGH, BARTHOL…", False),
        (20, "FEATHERSTONEHAUGH, B", False),
        (19, "FEATHERSTONEHAU…, B", False),
        (10, "FEATHE…, B", False),
    ],
)
def test_names(columns, shown, complete) -> None:
    told = fitted("name", LONG, columns)
    assert (told.shown, told.complete) == (shown, complete)
    assert len(told.shown) <= columns


def test_a_name_of_one_part() -> None:
    assert fitted("name", replace(PLAIN, first=None), 20).shown == "ŁUKASIEWICZ"
    assert fitted("name", replace(PLAIN, first=None), 6).shown == "ŁUKAS…"


@pytest.mark.parametrize(
    ("columns", "shown", "complete"),
    [
        (40, "DOB 1984-03-07 F MRN 0012345", True),
        (27, "1984-03-07 F MRN 0012345", True),
        (20, "1984-03-07 F 0012345", True),
        (18, "1984-03-07 F …2345", False),
    ],
)
def test_who_it_is(columns, shown, complete) -> None:
    told = fitted("person", PLAIN, columns)
    assert (told.shown, told.complete) == (shown, complete)


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        (40, "Whole blood EDTA · left arm"),
        (22, "Whole bloo… · left arm"),
        (17, "Whole… · left arm"),
        (14, "Whole… · left…"),
    ],
)
def test_what_is_in_it(columns, shown) -> None:
    assert fitted("what", replace(PLAIN, specimen="Whole blood EDTA"), columns).shown == shown


def test_when_it_was_drawn() -> None:
    assert fitted("drawn", PLAIN, 30).shown == "COL 2026-11-24 09:05 TI"
    assert fitted("drawn", PLAIN, 20).shown == "2026-11-24 09:05 TI"
    assert fitted("drawn", PLANNED, 30).shown == "COL ____-__-__ __:__ ___"  # for a pen
    assert fitted("drawn", replace(PLAIN, initials="abcdef"), 30).shown == "COL 2026-11-24 09:05 ABCD"


def test_until_when_it_serves() -> None:
    assert fitted("keep", PLAIN, 40).shown == "FRIDGE USE BY 2026-11-27 09:05"
    assert fitted("keep", PLAIN, 25).shown == "FRIDGE 2026-11-27 09:05"
    told = fitted("keep", PLAIN, 18)
    assert (told.shown, told.complete) == ("2026-11-27 09:05", False)
    assert fitted("keep", PLANNED, 18) == ("FRIDGE", "FRIDGE", True)
    assert fitted("keep", replace(PLANNED, storage=None), 18).shown == ""


def test_where_it_is_sent() -> None:
    sent = replace(PLAIN, account="88123", requisition="R000042")
    assert fitted("sent", PLAIN, 30).shown == ""
    assert fitted("sent", sent, 30).shown == "ACC 88123 REQ R000042"
    assert fitted("sent", sent, 18).shown == "88123 REQ R000042"
    assert fitted("sent", sent, 13).shown == "88123 R000042"
    assert fitted("sent", sent, 12).shown == "…123 R000042"
    assert fitted("sent", sent, 6).shown == "…00042"
    assert fitted("number_sent", sent, 30).shown == "C000123 88123 R000042"
    told = fitted("number_sent", sent, 16)
    assert (told.shown, told.complete) == ("C000123 R000042", False)
    assert fitted("number_sent", sent, 12).shown == "C000123 …042"


def test_the_number_is_never_shortened() -> None:
    assert fitted("number", replace(PLAIN, part=2, parts=3), 4).shown == "C000123 2/3"
    assert fitted("number_sent", PLAIN, 4).shown == "C000123"


def test_letters_are_composed_and_blanks_single() -> None:
    assert fitted("name", replace(PLAIN, last="  Ne\u0301  e ", first="\t"), 20).shown == "NÉ E"

"""The tabular list as a release: what is billable, what is a header, and what is refused."""

from datetime import date
from importlib import metadata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.codes.built_in import PACKAGE
from clinic.codes.icd10cm import read_tabular
from clinic.codes.library import Library
from clinic.domain.refusal import Refused
from tests.clinic.codes.small_tabular import XML
from tests.counts import count

ON = date(2026, 3, 2)


def test_the_official_count(code_library: Library):
    release, covered = code_library.release("icd10cm", ON)
    assert covered
    assert release.billable == 74_719
    assert release.rows == 98_505 - 22 - 297, "the package's list also holds chapters and blocks"
    assert (release.name, release.start, release.end) == ("fy2026-april", date(2025, 10, 1), date(2026, 9, 30))
    assert release.effective == date(2026, 4, 1)


def test_every_code_of_the_list_and_no_other(code_library: Library):
    files = metadata.distribution(PACKAGE).files or []
    listed = next(file for file in files if file.name.startswith("code-list"))
    official = {line.strip().replace(".", "") for line in Path(str(listed.locate())).read_text().splitlines()}
    ours = {row for row in official if code_library.status("icd10cm", row, ON).state != "unknown"}
    # What is left of the list are chapters ("1") and blocks ("A00-A09", and those of one category, named like it).
    assert {row for row in official - ours if "-" not in row and not row.isdigit()} == set()
    assert len(ours) == code_library.release("icd10cm", ON)[0].rows


@pytest.mark.parametrize("value", ["B20", "F99", "P84", "R99", "Z66"])
def test_a_block_that_is_a_code_is_billable(code_library: Library, value: str):
    assert code_library.status("icd10cm", value, ON).state == "billable"


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("I10", "billable"),
        ("E119", "billable"),
        ("M5450", "billable"),
        ("S52521A", "billable"),
        ("S52521B", "unknown"),  # a torus fracture is never open
        ("S52521", "header"),
        ("S5252", "header"),
        ("W19XXXA", "billable"),
        ("W19", "header"),
        ("T360X1A", "billable"),
        ("H401110", "billable"),
        ("H401190", "billable"),
        ("O360110", "billable"),
        ("S061X7A", "billable"),
        ("S061X7D", "unknown"),
        ("S060X0S", "billable"),
        ("M545", "header"),
        ("E11", "header"),
        ("QA00", "header"),
        ("G35", "header"),  # from fiscal year 2026
        ("G35A", "billable"),
        ("19", "unknown"),  # a chapter
        ("S50-S59", "unknown"),
        ("e119", "unknown"),  # not as claims carry it
        ("E11.9", "unknown"),
        ("E119X", "unknown"),
        ("", "unknown"),
        ("É119", "unknown"),
        ("E1190000000", "unknown"),
    ],
)
def test_known_codes(code_library: Library, value: str, state: str):
    found = code_library.status("icd10cm", value, ON)
    assert (found.state, found.covered, found.release) == (state, True, "fy2026-april")


def test_an_entry_says_where_it_stands(code_library: Library):
    entry = code_library.lookup("icd10cm", "s52.521a", ON)
    assert entry.value == "S52521A"
    assert entry.display == ("Torus fracture of lower end of right radius, initial encounter for closed fracture")
    assert entry.billable
    assert entry.parents == ("S52521", "S5252", "S525", "S52")
    assert entry.groups == ("S50-S59", "19")
    assert (entry.start, entry.end) == (date(2025, 10, 1), date(2026, 9, 30))
    assert code_library.lookup("icd10cm", "B20", ON).groups == ("B20", "1")
    assert code_library.lookup("icd10cm", "S52.521Q", ON) is None


def test_notes_come_from_the_whole_ancestry(code_library: Library):
    notes = code_library.notes("icd10cm", "M54.50", ON)
    excludes1 = [line for note in notes if note.kind == "excludes1" for line in note.lines]
    assert "M5450" not in {note.owner for note in notes if note.kind == "excludes1"}
    assert len(excludes1) == 8
    assert notes[0].owner == "M5450"
    assert ("13", "excludes2") in {(note.owner, note.kind) for note in notes}
    assert code_library.notes("icd10cm", "X", ON) == []


def test_a_small_list():
    tabular = read_tabular(XML.encode(), "small.xml")
    rows = {row.value: row for row in tabular.contents.rows}
    assert {value for value, row in rows.items() if row.billable} == {
        "S060X0A", "S060X0D", "S060X0S", "S060X7A", "W19XXXA", "Y920", "Y921",
    }  # fmt: skip
    assert rows["S060X0A"].parent == "S060X0"
    assert rows["S060"].titles == ("Commotio cerebri",)
    assert rows["W19"].group == "W19"
    assert [(group.id, group.parent) for group in tabular.contents.groups] == [
        ("19", None), ("S00-S09", "19"), ("20", None), ("W19", "20"), ("Y90-Y99", "20"),
    ]  # fmt: skip
    assert tabular.contents.groups[0].notes == (("excludes1", ("birth trauma (P10-P15)",)),)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("<name>Y92.1</name>", "<name>Y92.0</name>", 55),
        ("<name>Y92.1</name>", "<name>Y93.1</name>", 55),
        ("<name>Y92.1</name>", "<name>Y92.</name>", 55),
        ("<name>Y92.1</name>", "", 55),
        ("<desc>School</desc>", "", 55),
        ('<extension char="D">', '<extension char="DD">', 19),
        ("<desc>Causes (V00-Y99)</desc>", "", 38),
        ("ICD10CM.tabular", "ICD10CM.index", 2),
        ('<section id="W19">', '<chapter><section id="W19">', 41),
        ("</ICD10CM.tabular>", "", 64),
        ("Injuries", "&inj;", 7),
        ("<ICD10CM.tabular>", '<!DOCTYPE x [<!ENTITY a "b">]><ICD10CM.tabular>', 2),
        ('encoding="utf-8"', 'encoding="utf-99"', 1),
    ],
)
def test_what_is_wrong_is_named_by_its_line(old: str, new: str, line: int):
    with pytest.raises(Refused) as refused:
        read_tabular(XML.replace(old, new).encode(), "small.xml")
    assert refused.value.where == f"small.xml, line {line}"
    assert "\n" not in str(refused.value)


def test_a_list_without_codes_is_refused():
    with pytest.raises(Refused):
        read_tabular(b"<ICD10CM.tabular><version>2026</version></ICD10CM.tabular>", "small.xml")


_BYTES = XML.encode()


@settings(max_examples=count(150, 20_000))
@given(
    cut=st.integers(0, len(_BYTES)),
    at=st.integers(0, len(_BYTES)),
    gone=st.integers(0, 55),
    put=st.one_of(
        st.binary(max_size=12), st.sampled_from([b"<diag>", b"</diag>", b"<name>", b"&amp;", b"]]>", b"X", b"\x00"])
    ),
    cuts=st.booleans(),
)
def test_mutated_lists_are_read_or_refused(cut: int, at: int, gone: int, put: bytes, cuts: bool):
    data = _BYTES[:at] + put + _BYTES[at + gone :]
    try:
        tabular = read_tabular(data[:cut] if cuts else data, "small.xml")
    except Refused as refused:
        said, values = str(refused), ["one"]
    else:
        said, values = "small.xml", [row.value for row in tabular.contents.rows]
    assert said.startswith("small.xml")
    assert "\n" not in said
    assert len(values) == len(set(values)) > 0

"""One tooth in three notations, its place in the mouth, its surfaces."""

from __future__ import annotations

from contextlib import suppress

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.domain.refusal import Refused
from clinic.domain.surfaces import AREAS, BACK_ONLY, FRONT_ONLY, MAX_SURFACES, fits, tidy_surfaces
from clinic.domain.tooth import ALL, PERMANENT, PRIMARY, ROWS, SUPERNUMERARY, Tooth, tooth_at, tooth_of
from clinic.domain.tooth_reading import (
    NOTATIONS,
    meanings,
    read_teeth,
    read_tooth,
    shown_teeth,
    shown_tooth,
    side_by_side,
)
from tests.counts import count

# From published charts, by hand: Universal, FDI, Palmer, sextant, kind, successor.
CHART = [
    ("1", "18", "UR8", 1, "molar", None),
    ("3", "16", "UR6", 1, "molar", None),
    ("4", "15", "UR5", 1, "premolar", None),
    ("6", "13", "UR3", 2, "canine", None),
    ("8", "11", "UR1", 2, "incisor", None),
    ("9", "21", "UL1", 2, "incisor", None),
    ("14", "26", "UL6", 3, "molar", None),
    ("16", "28", "UL8", 3, "molar", None),
    ("17", "38", "LL8", 4, "molar", None),
    ("19", "36", "LL6", 4, "molar", None),
    ("24", "31", "LL1", 5, "incisor", None),
    ("25", "41", "LR1", 5, "incisor", None),
    ("30", "46", "LR6", 6, "molar", None),
    ("32", "48", "LR8", 6, "molar", None),
    ("A", "55", "URE", 1, "molar", "4"),
    ("C", "53", "URC", 2, "canine", "6"),
    ("E", "51", "URA", 2, "incisor", "8"),
    ("F", "61", "ULA", 2, "incisor", "9"),
    ("J", "65", "ULE", 3, "molar", "13"),
    ("K", "75", "LLE", 4, "molar", "20"),
    ("O", "71", "LLA", 5, "incisor", "24"),
    ("P", "81", "LRA", 5, "incisor", "25"),
    ("T", "85", "LRE", 6, "molar", "29"),
    ("51", "18S", "UR8S", 1, "molar", None),
    ("82", "48S", "LR8S", 6, "molar", None),
    ("AS", "55S", "URES", 1, "molar", None),
    ("TS", "85S", "LRES", 6, "molar", None),
]


@pytest.mark.parametrize(("universal", "fdi", "palmer", "sextant", "kind", "successor"), CHART)
def test_the_chart(universal, fdi, palmer, sextant, kind, successor) -> None:
    tooth = Tooth(universal)
    assert (tooth.fdi, tooth.palmer_ascii, tooth.sextant, tooth.kind) == (fdi, palmer, sextant, kind)
    assert (tooth.successor.universal if tooth.successor else None) == successor


def test_there_are_104_teeth_and_no_other() -> None:
    assert len(ALL) == len(set(ALL)) == 104
    assert len({Tooth(each).fdi for each in ALL}) == len({Tooth(each).palmer for each in ALL}) == 104
    for text in ("0", "33", "50", "83", "U", "US", "a", "1S", "", "01"):
        assert tooth_of(text) is None
        with pytest.raises(ValueError, match="no tooth"):
            Tooth(text)
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"universal":"33"}', type=Tooth)


@pytest.mark.parametrize("universal", ALL)
def test_every_notation_reads_what_it_shows(universal) -> None:
    tooth = Tooth(universal)
    for notation in NOTATIONS:
        assert read_tooth(shown_tooth(tooth, notation), notation) == tooth
    assert read_tooth(tooth.palmer, "palmer") == tooth
    assert tooth_at(tooth.quadrant, tooth.place, tooth.dentition, supernumerary=tooth.supernumerary) == tooth
    assert tooth.arch == ("upper" if tooth.quadrant[0] == "U" else "lower")
    assert tooth.beside.supernumerary is False
    assert tooth.beside.fdi == tooth.fdi.removesuffix("S")


def test_primary_teeth_and_their_successors_answer_each_other() -> None:
    for each in PRIMARY:
        tooth = Tooth(each)
        assert tooth.successor is not None
        assert tooth.successor.predecessor == tooth
        assert (tooth.successor.quadrant, tooth.successor.place) == (tooth.quadrant, tooth.place)
    assert sum(Tooth(each).predecessor is not None for each in PERMANENT) == 20
    assert not any(Tooth(each).successor or Tooth(each).predecessor for each in SUPERNUMERARY)
    assert sum(Tooth(each).front for each in PERMANENT) == 12


def test_the_same_digits_are_other_teeth_in_other_notations() -> None:
    assert {notation: tooth.universal for notation, tooth in meanings("11").items()} == {"universal": "11", "fdi": "8"}
    assert {notation: tooth.universal for notation, tooth in meanings("51").items()} == {"universal": "51", "fdi": "E"}
    assert {notation: tooth.universal for notation, tooth in meanings("UR6").items()} == {"palmer": "3"}
    assert meanings("no tooth") == {}


@pytest.mark.parametrize(
    ("text", "notation", "universal"),
    [("#8", "universal", "8"), (" 03 ", "universal", "3"), ("as", "universal", "AS"), ("1.6", "fdi", "3"),
     ("2 6", "fdi", "14"), ("18s", "fdi", "51"), ("ur 6", "palmer", "3"), ("6┘", "palmer", "3"),
     ("⎾ e", "palmer", "K")],
)  # fmt: skip
def test_teeth_as_they_are_typed(text, notation, universal) -> None:
    assert read_tooth(text, notation).universal == universal


@pytest.mark.parametrize(
    ("text", "notation"),
    [("33", "universal"), ("19", "fdi"), ("56", "fdi"), ("91", "fdi"), ("UR9", "palmer"), ("URF", "palmer"),
     ("6", "palmer"), ("⏌6⏌", "palmer"), ("", "universal"), ("１", "universal"), ("１６", "fdi")],
)  # fmt: skip
def test_what_is_no_tooth_is_refused_with_the_form(text, notation) -> None:
    with pytest.raises(Refused) as told:
        read_tooth(text, notation, "act.tooth")
    assert told.value.where == "act.tooth"
    assert told.value.remedy


@settings(max_examples=count(300, 50_000), deadline=None)
@given(st.text(max_size=40), st.sampled_from(NOTATIONS))
def test_any_text_gives_teeth_or_a_refusal(text, notation) -> None:
    with suppress(Refused):
        assert read_tooth(text, notation).universal in ALL
    with suppress(Refused):
        assert set(read_teeth(text, "teeth", notation)) <= set(ALL)


@settings(max_examples=count(200, 20_000), deadline=None)
@given(st.sets(st.sampled_from([*PERMANENT, *PRIMARY]), max_size=12), st.sampled_from(NOTATIONS))
def test_a_list_reads_as_it_was_shown(teeth, notation) -> None:
    kept = tuple(tooth for tooth in ALL if tooth in teeth)
    assert read_teeth(shown_teeth(kept, notation), "teeth", notation) == kept


def test_a_range_in_fdi_goes_over_the_midline() -> None:
    assert read_teeth("13-23", "teeth", "fdi") == ("6", "7", "8", "9", "10", "11")
    assert read_teeth("UR3-UL3", "teeth", "palmer") == ("6", "7", "8", "9", "10", "11")
    assert side_by_side(("16", "17")) is False
    assert {each for row in ROWS for each in row} == {*PERMANENT, *PRIMARY}


@pytest.mark.parametrize(
    ("text", "universal", "surfaces"),
    [("dom", "3", "MOD"), ("od", "3", "DO"), ("fim", "8", "MIF"), ("B", "8", "F"), ("f", "30", "B"), ("I", "30", "O"),
     ("o", "24", "I"), ("p", "3", "L"), ("V", "3", "B"), ("V", "8", "F"), ("lbdom", "19", "MODBL"), ("mm", "A", "M"),
     ("M, O", "3", "MO"), ("LD", "9", "DL"), ("", "3", "")],
)  # fmt: skip
def test_surfaces_are_tidied_for_their_tooth(text, universal, surfaces) -> None:
    assert "".join(tidy_surfaces(text, Tooth(universal))) == surfaces


@pytest.mark.parametrize("universal", ALL)
def test_five_surfaces_of_a_tooth_and_what_does_not_fit(universal) -> None:
    tooth = Tooth(universal)
    found = tidy_surfaces("MODBLFI", tooth)
    assert len(found) == MAX_SURFACES
    assert all(fits(each, tooth) for each in found)
    assert not any(fits(each, tooth) for each in (BACK_ONLY if tooth.front else FRONT_ONLY))


def test_what_is_no_surface_is_refused() -> None:
    with pytest.raises(Refused):
        tidy_surfaces("MOX", Tooth("3"))


def test_there_are_ten_areas() -> None:
    assert set(AREAS) == {"00", "01", "02", "09", "10", "20", "30", "40", "L", "R"}

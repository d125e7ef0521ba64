"""Suggestions on sixty notes whose codes were set by hand: tests/samples/notes."""

from datetime import date

import pytest

from billing.coding.suggest import Lexicon, suggest
from billing.services.lexicon import lexicon
from clinic.codes.library import Library
from tests.billing.coding.suggest.gold import FOLDER, TRAPS, counted, gold, note

ON = date(2026, 11, 24)


@pytest.fixture(scope="module")
def terms(code_library: Library) -> Lexicon:
    return lexicon(code_library, ON)


def test_precision_recall_and_no_trap(terms: Lexicon):
    counts = [counted(number, suggest(note(number), terms)) for number in gold()]
    right = sum(count.right for count in counts)
    extra = [code for count in counts for code in count.extra]
    missed = [code for count in counts for code in count.missed]
    print(f"{right=} precision {right / (right + len(extra)):.3f} recall {right / (right + len(missed)):.3f}")  # noqa: T201  the closing figures are read from here
    assert [trap for count in counts for trap in count.trapped] == []
    assert right / (right + len(extra)) >= 0.85, extra
    assert right / (right + len(missed)) >= 0.80, missed


@pytest.mark.parametrize("group", [range(41, 51), range(51, 59)], ids=["dental", "french"])
def test_dental_and_french_notes_hold_for_themselves(terms: Lexicon, group: range):
    counts = [counted(f"{number:02}", suggest(note(f"{number:02}"), terms)) for number in group]
    right = sum(count.right for count in counts)
    assert right / (right + sum(len(count.extra) for count in counts)) >= 0.75, counts
    assert right / (right + sum(len(count.missed) for count in counts)) >= 0.75, counts


def test_words_stand_where_they_are_said_to(terms: Lexicon):
    for number in gold():
        text = note(number)
        for each in suggest(text, terms):
            assert text[each.start : each.end] == each.text != ""
            assert 0 < each.score < 1
            assert each.why


def test_the_gold_is_well_formed(code_library: Library):
    assert len(gold()) == 60
    for number, rows in gold().items():
        for row in rows:
            assert row["text"] in note(number)
            assert row["status"] in TRAPS | {"affirmed", "optional"}
            if row["status"] not in TRAPS:
                for code in row["code"].split("|"):
                    found = code_library.lookup("icd10cm", code, ON)
                    assert found is not None, (number, code)
                    assert found.billable, (number, code)
    assert {path.stem for path in FOLDER.glob("[0-9]*.md")} == set(gold())

import io
import re

import pytest

from billing.edits import EDITS
from billing.edits.catalogue import differences, rows, words
from billing.edits.example import CLEAN_CLAIM, claim_with, line
from billing.edits.extraction import extract
from billing.edits.pages import WORDS, pages
from billing.services.edit_pages import translations, write_pages
from tests.conftest import ROOT

DOCS = ROOT / "docs" / "edits"


def test_the_pages_are_those_of_the_edits(tmp_path):
    write_pages(tmp_path)
    made = {path.relative_to(tmp_path): path.read_text("utf-8") for path in tmp_path.rglob("*.md")}
    kept = {path.relative_to(DOCS): path.read_text("utf-8") for path in DOCS.rglob("*.md")}
    stale = [str(path) for path in {*made, *kept} if made.get(path) != kept.get(path)]
    assert not stale, "flask claim edits --docs docs/edits"


def test_pages_of_edits_that_are_no_more_are_taken_away(tmp_path):
    write_pages(tmp_path)
    (tmp_path / "en" / "OLD-01.md").write_text("old")
    write_pages(tmp_path)
    assert not (tmp_path / "en" / "OLD-01.md").exists()


def test_each_edit_has_a_page_with_its_examples():
    found = pages(EDITS.values(), str)
    assert len(found) == len(EDITS) + 1
    for code in EDITS:
        assert f"({code}.md)" in found["README.md"]
        assert found[f"{code}.md"].count("\n## ") == 6


def test_every_word_goes_through_the_translation():
    shown = pages(EDITS.values(), lambda text: f"‹{text}›")
    for name, text in shown.items():
        rest = re.sub(r"‹[^›]*›|`[^`]*`|\([A-Z-0-9]+\.md\)|\d{4}-\d\d-\d\d", "", text)
        lines = [each for each in rest.splitlines() if re.search(r"[a-z]{3}", each)]
        assert all("**" in each for each in lines), (name, lines)  # only a rule's own name stays: its source


def test_what_pybabel_extracts_is_all_there_is_to_translate():
    found = {
        text
        for path in (ROOT / "billing" / "edits").glob("*_*.py")
        if not path.name.startswith("__")
        for _, _, text, _ in extract(io.BytesIO(path.read_bytes()), (), (), {})
    }
    assert set(words(EDITS.values())) <= found


@pytest.mark.parametrize("language", ["fr"])
def test_every_edit_is_translated(language):
    catalogue = translations(language)
    # Some words are the same in both languages: what counts is that somebody said so.
    missing = [text for text in (*WORDS, *words(EDITS.values())) if not catalogue._catalog.get(text)]
    assert not missing


def test_an_example_is_told_by_its_differences():
    assert differences(CLEAN_CLAIM, claim_with()) == ()
    found = differences(CLEAN_CLAIM, claim_with(acts=(line(pointers=()), line(number="2")), note="A NOTE"))
    assert [(each.field, each.clean, each.example) for each in found] == [
        ("acts[0].part.pointers", "[1]", "[]"),
        ("acts[1].number", None, '"2"'),
        ("part.note", None, '"A NOTE"'),
        ("total.cents", "12500", "25000"),
    ]


def test_rows_are_whole():
    for row in rows(EDITS.values(), str):
        assert row.checks
        assert row.why
        assert row.fix
        assert row.source
        assert row.fails
        assert row.passes

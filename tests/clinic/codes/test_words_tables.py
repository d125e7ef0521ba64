"""The tables of people's words: their form, and that each leads to codes of the release."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.codes.built_in import make_tabular
from clinic.codes.library import Library
from clinic.codes.tokens import SMALL, stem, words
from clinic.codes.words_tables import MOST_CODES, MOST_ROWS, TABLES, WordRow, read_word_table, read_words
from clinic.domain.refusal import Refused
from tests.counts import count

ON = date(2026, 3, 2)
HEAD = "# title: Words\n# source: Ours\n# licence: CC0-1.0\nterm,language,kind,codes,means\n"


@pytest.fixture(scope="module")
def rows() -> tuple[WordRow, ...]:
    return read_words()


def test_there_are_several_thousand_of_each_language(rows: tuple[WordRow, ...]):
    languages = Counter(row.language for row in rows)

    assert languages["en"] >= 4_000
    assert languages["fr"] >= 1_200


def test_no_table_is_too_long_to_be_read_by_a_person():
    for path in TABLES.glob("*.csv"):
        assert sum(1 for line in path.read_text().splitlines() if not line.startswith("#")) - 1 <= MOST_ROWS, path.name


def test_a_term_stands_once_in_a_language(rows: tuple[WordRow, ...]):
    keys = Counter((row.language, row.key) for row in rows)

    assert [key for key, times in keys.items() if times > 1] == []


def test_every_code_is_in_the_release_and_the_first_can_be_billed(rows: tuple[WordRow, ...], code_library: Library):
    def state(code: str) -> str:
        return code_library.status("icd10cm", code.replace(".", ""), ON).state

    assert [(row.term, row.codes[0]) for row in rows if row.codes and state(row.codes[0]) != "billable"] == []
    assert [(row.term, code) for row in rows for code in row.codes if state(code) == "unknown"] == []
    assert max(len(row.codes) for row in rows) <= MOST_CODES


def test_the_words_a_term_stands_for_are_those_of_titles(rows: tuple[WordRow, ...]):
    """A replacement that no title holds would find nothing."""
    _, contents = make_tabular()
    titles = {stem(word) for row in contents.rows for title in (row.display, *row.titles) for word in words(title)}
    meant = {stem(word) for row in rows if row.means for word in words(row.means) if word not in SMALL}

    assert meant - titles == set()


@pytest.mark.parametrize(
    ("language", "term", "code"),
    [
        ("en", "htn", "I10"),
        ("en", "t2dm", "E11.9"),
        ("en", "ckd 3a", "N18.31"),
        ("en", "broken hip", "S72.009A"),
        ("en", "tooth cavity", "K02.9"),
        ("en", "wisdom tooth stuck", "K01.1"),
        ("en", "Bell's", "G51.0"),
        ("en", "dog bite", "W54.0XXA"),
        ("fr", "hypertension artérielle", "I10"),
        ("fr", "carie dentaire", "K02.9"),
        ("fr", "bpco", "J44.9"),
    ],
)
def test_what_a_term_leads_to(rows: tuple[WordRow, ...], language: str, term: str, code: str):
    key = " ".join(words(term))

    assert [row.codes[0] for row in rows if (row.language, row.key) == (language, key)] == [code]


def test_french_nouns_are_given_in_english(rows: tuple[WordRow, ...]):
    means = {row.term: row.means for row in rows if row.language == "fr"}

    assert (means["fémur"], means["rein"], means["gauche"], means["aiguë"]) == ("femur", "kidney", "left", "acute")
    assert sum(1 for row in rows if row.language == "fr" and " " not in row.key and row.means) >= 800


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("htn,en,abbreviation,I10,hypertension\nHtn,en,abbreviation,I10,\n", 6),
        ("htn,en,abbreviation,I10,\nhtn,en,lay,I10,\n", 6),
        ("htn,en,abbreviation,I10,\ncad,en,abbreviation,I25.10,\n", 6),
        ("htn,de,abbreviation,I10,\n", 5),
        ("htn,en,slang,I10,\n", 5),
        ("htn,en,abbreviation,,\n", 5),
        (" htn,en,abbreviation,I10,\n", 5),
        ("htn ,en,abbreviation,I10,\n", 5),
        ("htn,en,abbreviation,I10 I10,\n", 5),
        ("htn,en,abbreviation,i10,\n", 5),
        ("htn,en,abbreviation,I10  I11.9,\n", 5),
        ("htn,en,abbreviation,I10\n", 5),
        ("htn,en,abbreviation,I10,Hypertension\n", 5),
        ('"htn,en,abbreviation,I10,\n', 5),
    ],
)
def test_a_row_that_is_not_well_formed_is_named_by_its_line(body: str, line: int):
    with pytest.raises(Refused) as caught:
        read_word_table((HEAD + body).encode(), "lay.csv")

    assert caught.value.where == f"lay.csv, line {line}"


@pytest.mark.parametrize("head", ["", HEAD.replace("# source: Ours\n", ""), HEAD.replace("term,", "word,")])
def test_a_head_that_is_not_whole_is_refused(head: str):
    with pytest.raises(Refused) as caught:
        read_word_table(f"{head}htn,en,abbreviation,I10,\n".encode(), "lay.csv")

    assert caught.value.where == "lay.csv"


def test_a_table_that_is_too_long_is_refused():
    body = "".join(f"term{number:04},en,lay,I10,\n" for number in range(MOST_ROWS + 1))

    with pytest.raises(Refused) as caught:
        read_word_table((HEAD + body).encode(), "lay.csv")

    assert caught.value.params == {"most": MOST_ROWS}


def test_a_term_of_another_table_is_named_with_that_table(tmp_path: Path):
    (tmp_path / "a.csv").write_text(f"{HEAD}ménière,en,eponym,H81.09,\n")
    (tmp_path / "b.csv").write_text(f"{HEAD}Meniere's,en,eponym,H81.09,\n".replace("Meniere's", "meniere's"))

    with pytest.raises(Refused) as caught:
        read_words(tmp_path)

    assert (caught.value.where, caught.value.params) == ("b.csv, line 5", {"other": "a.csv"})


@settings(max_examples=count(100, 100_000), deadline=None)
@given(st.binary(max_size=200), st.integers(0, 200), st.booleans())
def test_any_bytes_are_rows_or_one_sentence(noise: bytes, at: int, whole: bool):
    good = f"{HEAD}htn,en,abbreviation,I10,hypertension\nhypo,en,lay,E16.2 E11.649,\n".encode()
    data = good[:at] + noise + good[at:] if whole else noise

    try:
        found = read_word_table(data, "lay.csv")
    except Refused as caught:
        refused = str(caught)
    else:
        refused = "lay.csv" if all(row.codes or row.means for _, row in found) else ""

    assert refused.startswith("lay.csv")

"""The tables search is built with: well formed, each term once, and a change of one builds the release anew."""

import shutil
from pathlib import Path

import pytest

from clinic.codes import forms
from clinic.codes.forms import COLUMNS, FORMS, alike, bare, meanings, read_form
from clinic.codes.tokens import fold
from clinic.domain.refusal import Refused


@pytest.mark.parametrize("name", COLUMNS)
def test_each_table_is_well_formed(name: str):
    rows = read_form(name)
    assert len(rows) > 90
    assert len({row[0] for row in rows}) == len(rows)
    assert all(text == fold(text) for row in rows for text in row)
    head = (FORMS / f"{name}.csv").read_text(encoding="utf-8").splitlines()[:3]
    assert [line.split(":")[0] for line in head] == ["# title", "# source", "# licence"]


def test_words_alike_are_single_words():
    assert all(word.isalnum() for group in alike() for word in group)


def test_a_phrase_and_a_combined_form_mean_the_words_of_titles():
    told = meanings([], frozenset({"cholecystitis"}))
    assert told["inflammation", "gallbladder"].words == ("cholecystitis",)
    assert told["hepatomegaly",].words == ("enlarged", "liver")
    assert told[bare("heart attack")].words == ("acute", "myocardial", "infarction")
    assert told["rein",].french


def test_a_damaged_table_is_named_with_its_line(tmp_path: Path):
    for path in FORMS.glob("*.csv"):
        shutil.copy(path, tmp_path)
    (tmp_path / "roots.csv").write_text("# title: x\nroot,means\nhepat,liver\nnephr\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"roots.csv, line 4"):
        read_form("roots", tmp_path)
    (tmp_path / "roots.csv").write_text("word,means\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"roots.csv"):
        read_form("roots", tmp_path)


def test_a_changed_table_changes_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    before = forms.digest()
    for path in FORMS.glob("*.csv"):
        shutil.copy(path, tmp_path)
    monkeypatch.setattr(forms, "FORMS", tmp_path)
    assert forms.digest() == before
    with (tmp_path / "roots.csv").open("a", encoding="utf-8") as file:
        file.write("xyz,liver\n")
    assert forms.digest() != before

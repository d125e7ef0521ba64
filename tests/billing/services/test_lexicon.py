"""The lexicon beside its release: made once, mapped by all, made anew where what it is made of has changed."""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from billing.coding.suggest import Lexicon, suggest
from billing.services import lexicon as terms
from billing.services.lexicon import SUFFIX, lexicon
from clinic.codes.library import Library
from clinic.domain.refusal import Refused
from tests.billing.coding.suggest.gold import FOLDER, gold, note

ON = date(2026, 11, 24)
MOST_MEGABYTES = 40

WEIGHED = """
import sys
from datetime import date
from pathlib import Path
from billing.coding.suggest import suggest
from billing.services.lexicon import lexicon
from clinic.codes.library import Library

def held():
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024

library = Library(Path(sys.argv[1]), sources=lambda: ())
library.lookup("icd10cm", "E119", date(2026, 11, 24))
before = held()
terms = lexicon(library, date(2026, 11, 24))
for path in sorted(Path(sys.argv[2]).glob("[0-9]*.md")):
    suggest(path.read_text("utf-8"), terms)
print(held() - before)
"""


@pytest.fixture
def folder(tmp_path: Path, code_library: Library) -> Path:
    """A folder of code sets of one's own, with the release and its lexicon."""
    lexicon(code_library, ON)
    for path in code_library.folder.glob("icd10cm--*"):
        shutil.copy(path, tmp_path)
    return tmp_path


def made(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The releases that a lexicon is made of from now on; none is really made."""
    asked: list[Path] = []

    def make(release: Path) -> dict[str, bytes]:
        asked.append(release)
        found = terms.layout.Mapped(release.with_suffix(SUFFIX))
        return {name: found.bytes(name) for name in found.header.sections}

    monkeypatch.setattr(terms, "_made", make)
    return asked


def library(folder: Path) -> Library:
    return Library(folder, sources=lambda: ())


def test_what_is_there_is_taken(folder: Path, monkeypatch: pytest.MonkeyPatch):
    asked = made(monkeypatch)
    assert lexicon(library(folder), ON) is lexicon(library(folder), ON)
    assert asked == []


def test_other_words_or_ways_have_it_made_anew(folder: Path, monkeypatch: pytest.MonkeyPatch):
    asked = made(monkeypatch)
    monkeypatch.setattr(terms, "_ways", lambda: "another way")
    first = lexicon(library(folder), ON)
    assert len(asked) == 1
    terms._opened.clear()  # as another process
    assert suggest("asthma", lexicon(library(folder), ON)) == suggest("asthma", first)
    assert len(asked) == 1


def test_a_damaged_one_is_made_anew(folder: Path, monkeypatch: pytest.MonkeyPatch, code_library: Library):
    path = next(folder.glob(f"*{SUFFIX}"))
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:1000])
    whole = terms.layout.Mapped(next(code_library.folder.glob(f"*{SUFFIX}")))
    monkeypatch.setattr(terms, "_made", lambda _: {name: whole.bytes(name) for name in whole.header.sections})
    assert suggest("asthma", lexicon(library(folder), ON))


def test_where_no_file_can_be_written_it_is_kept_in_memory(folder: Path, monkeypatch: pytest.MonkeyPatch):
    asked = made(monkeypatch)
    monkeypatch.setattr(terms, "_ways", lambda: "another way")

    def full(*_args: object) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(terms.layout, "write", full)
    assert suggest("asthma", lexicon(library(folder), ON))
    assert asked


def test_without_a_release_it_is_refused(tmp_path: Path):
    with pytest.raises(Refused):
        lexicon(library(tmp_path), ON)
    terms.make_ready(library(tmp_path), ON)


def test_what_a_process_holds_of_it(folder: Path):
    answer = subprocess.run(
        [sys.executable, "-c", WEIGHED, str(folder), str(FOLDER)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    held = float(answer.stdout)
    print(f"a process holds {held:.1f} MB of the lexicon after sixty notes")  # noqa: T201  the closing figure is read from here
    assert 0 < held <= MOST_MEGABYTES


def test_codes_are_found_as_they_are_typed(code_library: Library):
    found: Lexicon = lexicon(code_library, ON)
    for typed, value in (("E11.9", "E119"), ("E119", "E119"), ("S52.521A", "S52521"), ("T14.8XXA", "T148")):
        node = found.node(typed)
        assert node is not None
        assert node.value == value
        assert all(child.parent == node for child in node.children)
    assert [found.node(typed) for typed in ("", "E1", "ZZZ", "E11999X", "é")] == [None] * 5
    assert all(suggest(note(number), found) for number in sorted(gold())[:3])

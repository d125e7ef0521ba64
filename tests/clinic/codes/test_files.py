"""Release files, archives and our own tables: whole, or refused in one sentence."""

import gzip
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.codes import source_file
from clinic.codes.built_in import TABLES
from clinic.codes.library import Library
from clinic.codes.reader import ReleaseFile
from clinic.codes.release import Contents, Row
from clinic.codes.source_file import read_source
from clinic.codes.tables import read_table
from clinic.codes.writer import write_release
from clinic.domain.refusal import Refused
from tests.clinic.codes.small_tabular import XML
from tests.clinic.codes.test_library import release
from tests.counts import count


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = tuple(Row(value=f"C{n}", display=f"Words {n}", billable=True) for n in range(50))
    return write_release(tmp_path_factory.mktemp("release"), release("r", "2025-01-01", "2025-12-31"), Contents(rows))


def test_a_release_file_is_read_only_and_whole(file: Path):
    opened = ReleaseFile(file)
    assert file.stat().st_mode & 0o777 == 0o444
    assert opened.intact()
    assert len(opened) == 50
    assert opened.lookup("C7").display == "Words 7"


@settings(max_examples=count(60, 5_000))
@given(at=st.integers(0, 10**6), bit=st.integers(0, 7), cut=st.booleans())
def test_any_change_of_a_release_file_is_noticed(file: Path, at: int, bit: int, cut: bool):
    data = bytearray(file.read_bytes())
    at %= len(data)
    if cut:
        del data[at:]
    else:
        data[at] ^= 1 << bit
    changed = file.parent / "changed"
    changed.unlink(missing_ok=True)
    changed.write_bytes(data)
    try:
        whole = ReleaseFile(changed).intact()
    except Refused:
        whole = False
    assert not whole


def test_plain_gz_and_zip_are_read_as_they_are(tmp_path: Path):
    data = XML.encode()
    plain, packed, archive = tmp_path / "tab.xml", tmp_path / "tab.xml.gz", tmp_path / "all.zip"
    plain.write_bytes(data)
    packed.write_bytes(gzip.compress(data))
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("Table/icd10cm-tabular-2026.xml", data)
        file.writestr("Table/icd10cm-index-2026.xml", b"<x/>")
        file.writestr("readme.txt", b"")
    assert read_source(plain, ".xml") == ("tab.xml", data)
    assert read_source(packed, ".xml") == ("tab.xml", data)
    assert read_source(archive, ".xml", "tabular") == ("icd10cm-tabular-2026.xml", data)
    with pytest.raises(Refused):
        read_source(archive, ".csv")


@pytest.mark.parametrize("name", ["none.xml", "none.zip", "none.gz", "."])
def test_a_file_that_is_not_there(tmp_path: Path, name: str):
    with pytest.raises(Refused) as refused:
        read_source(tmp_path / name, ".xml")
    assert refused.value.where == str(tmp_path / name)


@settings(max_examples=count(60, 5_000))
@given(ending=st.sampled_from([".zip", ".gz"]), at=st.integers(0, 10**6), put=st.binary(max_size=8), cut=st.booleans())
def test_broken_archives_are_refused(
    tmp_path_factory: pytest.TempPathFactory, ending: str, at: int, put: bytes, cut: bool
):
    path = tmp_path_factory.mktemp("broken") / f"tab.xml{ending}"
    if ending == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("tabular.xml", XML)
    else:
        path.write_bytes(gzip.compress(XML.encode()))
    data = path.read_bytes()
    at %= len(data)
    path.write_bytes(data[:at] + put + (b"" if cut else data[at + len(put) :]))
    try:
        _, read = read_source(path, ".xml")
    except Refused as refused:
        said = str(refused)
    else:
        said = path.name if len(read) <= 10 * len(XML) else ""
    assert path.name in said
    assert "\n" not in said


def test_an_archive_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(source_file, "LARGEST", 1000)
    path = tmp_path / "tab.xml.gz"
    path.write_bytes(gzip.compress(b"x" * 1001))
    with pytest.raises(Refused):
        read_source(path, ".xml")


def test_our_own_tables(code_library: Library):
    systems = {there.system: there for there in code_library.releases()}
    assert set(systems) == {"icd10cm", "pos", "hcpcs", "modifier", "claim-filing", "relationship", "frequency"}
    on = date(2026, 3, 2)
    for system, value in [
        ("pos", "11"),
        ("modifier", "25"),
        ("claim-filing", "MB"),
        ("relationship", "18"),
        ("frequency", "7"),
    ]:
        status = code_library.status(system, value, on)
        assert (status.state, status.covered) == ("billable", True)
    assert not code_library.status("hcpcs", "J9999", on).covered


def test_no_table_holds_licensed_numbers():
    for path in TABLES.glob("*.csv"):
        _, contents = read_table(path.read_bytes(), path.name)
        for row in contents.rows:
            assert not (len(row.value) == 5 and row.value[:4].isdigit()), "a CPT number"
            assert not (len(row.value) == 5 and row.value[0] == "D"), "a CDT number"


GOOD = (
    "# title: T\n# source: S\n# licence: L\n# from: 2025-01-01\n# to: 2025-12-31\n# complete: yes\n"
    "code,display,also\n1,One,uno; eins\n"
)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("# title: T\n", "", "t.csv"),
        ("2025-01-01", "2025-13-01", "t.csv"),
        ("code,display,also", "code,display", "t.csv, line 7"),
        ("1,One,uno; eins", "1,One", "t.csv, line 8"),
        ("1,One,uno; eins", "1,,", "t.csv, line 8"),
        ("1,One,uno; eins", "1,One,\n1,Two,", "t.csv, line 9"),
    ],
)
def test_a_table_that_is_not_whole(old: str, new: str, where: str):
    assert read_table(GOOD.encode(), "t.csv")[1].rows[0].titles == ("uno", "eins")
    with pytest.raises(Refused) as refused:
        read_table(GOOD.replace(old, new).encode(), "t.csv")
    assert refused.value.where == where


@settings(max_examples=count(100, 20_000))
@given(at=st.integers(0, len(GOOD)), gone=st.integers(0, 40), put=st.binary(max_size=6))
def test_mutated_tables_are_read_or_refused(at: int, gone: int, put: bytes):
    data = GOOD.encode()
    try:
        _, contents = read_table(data[:at] + put + data[at + gone :], "t.csv")
    except Refused as refused:
        said, values = str(refused), []
    else:
        said, values = "t.csv", [row.value for row in contents.rows]
    assert said.startswith("t.csv")
    assert len(values) == len(set(values))

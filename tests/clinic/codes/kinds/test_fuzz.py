"""Files of every kind with bytes changed, cut or put in: read, or refused in one sentence, never a traceback."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.codes.kind import Wish
from clinic.codes.kinds import kinds
from clinic.codes.source_file import Source
from clinic.domain.refusal import Refused
from tests.clinic.codes.kinds import samples
from tests.clinic.codes.kinds.test_kinds import END, MADE, START
from tests.counts import count

WISH = Wish("r", START, END)
BOOK = samples.xlsx(
    [
        ["HCPC", "RECID", "LONG DESCRIPTION", "SHORT DESCRIPTION", "ADD DT", "TERM DT"],
        ["A0021", "3", "Ride", "R", "", ""],
    ]
)
OTHERS = {
    "cim10 list": ("cim10", "cim.csv", samples.CIM10.encode()),
    "hcpcs table": ("hcpcs", "hcpcs.csv", samples.HCPCS_CSV.encode()),
    "hcpcs sheet": ("hcpcs", "hcpcs.xlsx", BOOK),
    "icd10cm codes": ("icd10cm", "icd10cm-codes-2026.txt", samples.CODES.encode()),
    "ccam list": ("ccam", "ccam.csv", samples.CCAM.encode()),
    "index": ("icd10cm-index", "icd10cm-index-2026.xml", samples.INDEX.encode()),
}
CASES = {kind: (kind, name, text if isinstance(text, bytes) else text.encode()) for kind, (name, text) in MADE.items()}
CASES |= OTHERS


def mutated(data: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    for at, gone, put in changes:
        place = at % (len(data) + 1)
        data = data[:place] + put + data[place + gone :]
    return data


CHANGES = st.lists(
    st.tuples(
        st.integers(0, 1 << 20),
        st.one_of(st.integers(0, 4), st.integers(0, 4000)),
        st.one_of(
            st.binary(max_size=4),
            st.sampled_from([b'"', b"\n", b"\0", b"<", b"&x;", b"99999999", b",", b";", "é".encode()]),
        ),
    ),
    min_size=1,
    max_size=4,
)


def read_or_refused(kind: str, path: Path) -> None:
    drafts, said, where = [], "", "read"
    try:
        drafts = kinds()[kind].read(Source(path), WISH)
    except Refused as refused:
        said, where = str(refused), refused.where
    assert where
    assert "\n" not in said.split(path.name, maxsplit=1)[0]
    for release, body in drafts:
        assert release.system in kinds()[kind].systems
        values = [row.value for row in body.rows] if hasattr(body, "groups") else []
        assert len(values) == len(set(values))
        assert all(value.isascii() and value for value in values)


@pytest.mark.parametrize("case", sorted(CASES))
def test_mutated_files_are_read_or_refused(case: str, tmp_path: Path):
    kind, name, data = CASES[case]
    path = tmp_path / name

    @settings(max_examples=count(30, 100_000))
    @given(changes=CHANGES)
    def hold(changes: list[tuple[int, int, bytes]]) -> None:
        path.write_bytes(mutated(data, changes))
        read_or_refused(kind, path)

    hold()


@settings(max_examples=count(30, 100_000))
@given(changes=CHANGES, member=st.integers(0, 5))
def test_tables_of_an_archive_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int, bytes]], member: int
):
    """The archive is whole and a table in it is not."""
    path = tmp_path_factory.getbasetemp() / "ccam-mutated.zip"
    with zipfile.ZipFile(BytesIO(samples.ccam_zip())) as old, zipfile.ZipFile(path, "w") as new:
        for number, name in enumerate(old.namelist()):
            data = old.read(name)
            new.writestr(name, mutated(data, changes) if number == member else data)
    read_or_refused("ccam", path)


@settings(max_examples=count(30, 100_000))
@given(changes=CHANGES, member=st.integers(0, 1))
def test_sheets_of_a_workbook_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int, bytes]], member: int
):
    """The workbook is a whole archive and its XML is not."""
    path = tmp_path_factory.getbasetemp() / "mutated.xlsx"
    with zipfile.ZipFile(BytesIO(BOOK)) as old, zipfile.ZipFile(path, "w") as new:
        for number, name in enumerate(old.namelist()):
            data = old.read(name)
            new.writestr(name, mutated(data, changes) if number == member else data)
    read_or_refused("hcpcs", path)

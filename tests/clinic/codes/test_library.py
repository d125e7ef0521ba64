"""Releases side by side: the day chooses, the folder decides, and one process builds."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.codes.library import Library
from clinic.codes.release import Contents, Release, Row
from clinic.domain.refusal import Refused
from tests.counts import count

ROWS = (
    Row(value="A1", display="First", billable=True),
    Row(value="A2", display="Second", billable=True, start=date(2025, 3, 1), end=date(2025, 4, 30)),
    Row(value="A", display="Both", billable=False),
)


def release(name: str, start: str, end: str, effective: str | None = None, *, complete: bool = True) -> Release:
    return Release(
        system="demo",
        name=name,
        title=name,
        effective=date.fromisoformat(effective or start),
        start=date.fromisoformat(start),
        end=date.fromisoformat(end),
        licence="CC0",
        source="here",
        complete=complete,
        digest=name,
    )


def empty_library(folder: Path) -> Library:
    return Library(folder, recheck_seconds=0, sources=tuple)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return empty_library(tmp_path / "codes")


def test_the_date_of_service_chooses(library: Library):
    library.add(release("fy25", "2024-10-01", "2025-09-30"), Contents(ROWS))
    library.add(release("fy26", "2025-10-01", "2026-09-30"), Contents(ROWS[:1]))
    library.add(release("fy26-april", "2025-10-01", "2026-09-30", effective="2026-04-01"), Contents(ROWS[:1]))
    chosen = {
        "2024-09-29": ("fy25", False),
        "2024-10-01": ("fy25", True),
        "2025-09-30": ("fy25", True),
        "2025-10-01": ("fy26", True),
        "2026-03-31": ("fy26", True),
        "2026-04-01": ("fy26-april", True),
        "2026-09-30": ("fy26-april", True),
        "2026-10-01": ("fy26-april", False),
        "2031-01-01": ("fy26-april", False),
    }
    for day, (name, covered) in chosen.items():
        there, covers = library.release("demo", date.fromisoformat(day))
        assert (there.name, covers) == (name, covered), day
        status = library.status("demo", "A1", date.fromisoformat(day))
        assert (status.state, status.release, status.covered) == ("billable", name, covered)
    assert library.release("other", date(2025, 1, 1)) is None
    assert library.status("other", "A1", date(2025, 1, 1)).release is None


@settings(max_examples=count(40, 2_000))
@given(
    days=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 100)), min_size=1, max_size=6), on=st.integers(-60, 600)
)
def test_the_nearest_release_judges(days: list[tuple[int, int]], on: int):
    from clinic.codes import library as module

    class File:
        def __init__(self, number: int, start: date, end: date):
            self.release = msgspec.structs.replace(
                release(f"r{number}", "2025-01-01", "2025-01-01"), start=start, end=end, effective=start
            )

    first, day = date(2025, 1, 1), date(2025, 1, 1) + timedelta(on)
    files = sorted(
        (File(n, first + timedelta(s), first + timedelta(s + length)) for n, (s, length) in enumerate(days)),
        key=lambda file: file.release.effective,
    )
    chosen, covers = module.choose(files, day)

    def distance(file: File) -> int:
        return max(0, (file.release.start - day).days, (day - file.release.end).days)

    assert distance(chosen) == min(map(distance, files))
    assert covers == (distance(chosen) == 0)


def test_a_code_with_dates_of_its_own(library: Library):
    library.add(release("r", "2025-01-01", "2025-12-31"), Contents(ROWS))
    for day, state in [
        ("2025-02-28", "unknown"),
        ("2025-03-01", "billable"),
        ("2025-04-30", "billable"),
        ("2025-05-01", "unknown"),
    ]:
        assert library.status("demo", "A2", date.fromisoformat(day)).state == state
        assert library.status("demo", "A1", date.fromisoformat(day)).state == "billable"
    entry = library.lookup("demo", "a2", date(2025, 5, 1))
    assert (entry.start, entry.end) == (date(2025, 3, 1), date(2025, 4, 30))


def test_a_starter_list_denies_nothing(library: Library):
    library.add(release("own", "2025-01-01", "2025-12-31", complete=False), Contents(ROWS))
    assert library.status("demo", "A1", date(2025, 6, 1)).covered
    assert not library.status("demo", "B9", date(2025, 6, 1)).covered


def test_withdrawn_and_loaded_again_is_seen_by_others(library: Library):
    on = date(2025, 6, 1)
    other = empty_library(library.folder)
    library.add(release("r", "2025-01-01", "2025-12-31"), Contents(ROWS))
    assert other.status("demo", "A1", on).state == "billable"
    with pytest.raises(Refused):
        library.add(release("r", "2025-01-01", "2025-12-31"), Contents(ROWS[1:]))
    assert other.status("demo", "A1", on).state == "billable"
    library.withdraw("demo", "r")
    assert other.release("demo", on) is None
    assert library.releases() == []
    with pytest.raises(Refused):
        library.withdraw("demo", "r")
    library.add(release("r", "2025-01-01", "2025-12-31"), Contents(ROWS[1:]))
    assert other.status("demo", "A1", on).state == "unknown"
    assert [there.rows for there in other.releases()] == [2]


@pytest.mark.parametrize("name", ["", "../x", "a--b", "A", "x" * 41, "é"])
def test_names_that_are_no_file_names(library: Library, name: str):
    with pytest.raises(Refused):
        library.add(release(name, "2025-01-01", "2025-12-31"), Contents(ROWS))
    assert list(library.folder.glob("*")) == [] or library.releases() == []


def test_a_damaged_file_is_named_and_not_used(library: Library):
    library.add(release("r", "2025-01-01", "2025-12-31"), Contents(ROWS))
    path = library.folder / "demo--r.codes"
    data = path.read_bytes()
    (library.folder / "demo--s.codes").write_bytes(data[:-1])
    (library.folder / "demo--t.codes").write_bytes(b"")
    assert [there.name for there in library.releases()] == ["r"]
    assert [there.name for there in library.damaged()] == ["demo--s.codes", "demo--t.codes"]
    (library.folder / "demo--u.codes").write_bytes(data[:-40] + b"?" + data[-39:])
    assert len(library.damaged()) == 2
    assert [there.name for there in library.damaged(thorough=True)] == [
        "demo--s.codes",
        "demo--t.codes",
        "demo--u.codes",
    ]


def test_what_a_killed_build_left_is_cleared(library: Library):
    library.folder.mkdir(parents=True)
    left = library.folder / ".demo--r.codes.abc.tmp"
    left.write_bytes(b"half")
    library.add(release("r", "2025-01-01", "2025-12-31"), Contents(ROWS))
    assert not left.exists()
    assert [path.name for path in library.folder.iterdir() if path.name != ".lock"] == ["demo--r.codes"]


FIRST_USE = """
import sys
from datetime import date
from pathlib import Path
from clinic.codes.built_in import BuiltIn
from clinic.codes.icd10cm import read_tabular
from clinic.codes.editions import edition
from clinic.codes.library import Library
from tests.clinic.codes.small_tabular import XML

folder = Path(sys.argv[1])

def make():
    with (folder / "made").open("a") as made:
        made.write("x")
    tabular = read_tabular(XML.encode(), "small.xml")
    return edition(tabular.version, "small.xml"), tabular.contents

library = Library(folder / "codes", sources=lambda: (BuiltIn("icd10cm", "fy2026", "1", make),))
assert library.status("icd10cm", "W19XXXA", date(2026, 1, 1)).state == "billable"
"""


def test_many_processes_at_first_use_build_once(tmp_path: Path):
    processes = [
        subprocess.Popen([sys.executable, "-c", FIRST_USE, str(tmp_path)], cwd=Path(__file__).parents[3])
        for _ in range(count(4, 16))
    ]
    assert [process.wait() for process in processes] == [0] * len(processes)
    assert (tmp_path / "made").read_text() == "x"
    assert [path.name for path in (tmp_path / "codes").glob("*") if path.name != ".lock"] == ["icd10cm--fy2026.codes"]


def test_the_package_is_never_imported(code_library: Library):
    assert code_library.releases()
    assert "simple_icd_10_cm" not in sys.modules

"""The loaded rule tables as the edits ask them: which release judges a day, and what is said of one that does not."""

from datetime import date
from pathlib import Path

import pytest

from billing.edits import Facts, check
from billing.edits.example import ExampleCodes, claim_with, line
from billing.services.rules import Rules
from clinic.codes.kind import Wish
from clinic.codes.library import Library
from clinic.codes.loading import load
from clinic.codes.release import Contents, Release, Row
from clinic.domain.period import Period
from tests.clinic.codes.rules.test_kinds import AOC, MCE, MUE, PTP

APRIL = date(2026, 4, 20)
COVERAGE = "policy,filing,act,rule,diagnosis\nP-1,CI,83036,supports,E08-E13\nP-1,MB,80053,never,\n"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library with one quarter of each table."""
    found = Library(tmp_path / "codes", sources=lambda: ())
    for kind, name, text in (
        ("ncci-ptp", "ccipra-v321r0-f1.TXT", PTP),
        ("ncci-mue", "MCR_MUE_PractitionerServices_Eff_04-01-2026.csv", MUE),
        ("ncci-addon", "AOC_V2026Q2-MCR.txt", AOC),
        ("mce", "mce_v43.1_code_edits.csv", MCE),
        ("coverage", "coverage-2026-04.csv", COVERAGE),
    ):
        path = tmp_path / name
        path.write_bytes(text.encode("cp1252"))
        load(found, kind, [path], Wish())
    return found


def told(library: Library, *codes: str, day: date = APRIL) -> list[str]:
    acts = tuple(line(number=str(at), code=code, service=Period(day)) for at, code in enumerate(codes, start=1))
    facts = Facts(on=day, codes=ExampleCodes(), tables=Rules(library))
    return [each.code for each in check(claim_with(acts=acts), facts)]


def test_every_table_is_asked(library: Library) -> None:
    assert told(library, "99213", "93000") == []
    assert told(library, "20610", "99213") == ["NCC-02"]
    assert told(library, "80048", "80053") == ["NCC-01"]
    assert told(library, "80053", "80061") == [], "deleted in 2019"
    assert told(library, "A4206") == ["MUE-04"]
    assert told(library, "11103") == ["ADD-01"]
    assert told(library, "83036") == ["COV-01"]


def test_a_day_that_no_release_covers_is_judged_by_the_nearest_and_says_so(library: Library) -> None:
    facts = Facts(on=date(2026, 8, 3), codes=ExampleCodes(), tables=Rules(library))
    acts = (line(code="20610", service=Period(date(2026, 8, 3))), line(number="2", service=Period(date(2026, 8, 3))))
    found = {each.code: dict(each.params) for each in check(claim_with(acts=acts), facts)}
    assert found.keys() == {"NCC-02", "RUL-01"}
    assert found["RUL-01"]["releases"] == "ncci-ptp 2026-04, ncci-mue 2026-04, ncci-addon 2026-04"


def test_days_of_one_quarter_share_their_tables(library: Library) -> None:
    rules = Rules(library)
    assert rules(APRIL, "practitioner") is rules(date(2026, 6, 30), "practitioner")
    assert rules(APRIL, "practitioner") is not rules(date(2026, 7, 1), "practitioner")
    assert rules(APRIL, "supplier") is not rules(APRIL, "practitioner")


def test_a_withdrawn_release_judges_no_later_batch(library: Library) -> None:
    before = Rules(library)
    assert before(APRIL, "practitioner").pairs is not None
    library.withdraw("ncci-ptp", "2026-04")
    assert before(APRIL, "practitioner").pairs is not None, "a batch is judged by one state of things"
    assert Rules(library)(APRIL, "practitioner").pairs is None
    assert told(library, "20610", "99213") == []


def test_nothing_loaded_is_no_table(tmp_path: Path) -> None:
    assert Rules(Library(tmp_path, sources=lambda: ()))(APRIL, "practitioner") is None


def test_global_days_come_from_the_loaded_procedure_codes(tmp_path: Path) -> None:
    library = Library(tmp_path, sources=lambda: ())
    rows = (
        Row("27130", "Surgery", billable=True, facts=(("global_days", "090"),)),
        Row("11102", "Surgery", billable=True, facts=(("global_days", "0"),)),
        Row("99213", "Visit", billable=True, facts=(("global_days", "ZZZ"),)),
    )
    start, end = date(2026, 1, 1), date(2026, 12, 31)
    release = Release(
        system="cpt",
        name="2026",
        title="CPT",
        effective=start,
        start=start,
        end=end,
        licence="AMA",
        source="own list",
        complete=True,
    )
    library.add(release, Contents(rows))
    tables = Rules(library)(APRIL, "practitioner")
    assert [tables.global_days(code) for code in ("27130", "11102", "99213", "00000")] == [90, 0, None, None]
    assert told(library, "11102", "99213") == ["GLB-01"]
    assert told(library, "27130", "99213") == ["GLB-02"]

"""Releases that judge every day: the question is moved to their days, and where it is there anyway nothing changes."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.codes.addons import Row as AddonRow
from clinic.codes.addons import addon_sections
from clinic.codes.coming import coming
from clinic.codes.coverage import Row as CoverageRow
from clinic.codes.coverage import Span, coverage_sections
from clinic.codes.library import Library
from clinic.codes.pairs import Pair, pair_sections
from clinic.codes.pairs import Row as PairRow
from clinic.codes.pinned import PinnedLibrary
from clinic.codes.release import Contents, Release, Row
from clinic.domain.refusal import Refused

NOW, NEXT = date(2026, 7, 1), date(2026, 10, 1)
DAYS = st.dates(date(2025, 1, 1), date(2028, 1, 1))


def release(system: str, start: date, *, complete: bool = True) -> Release:
    return Release(
        system=system, name=f"{start:%Y-%m}", title=f"{system}, {start}", effective=start, start=start,
        end=start + timedelta(days=91), licence="–", source="test", complete=complete,
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    library = Library(tmp_path / "codes", sources=lambda: ())
    old, new = Row("A01", "Old", billable=True), Row("B02", "New", billable=True)
    late = Row("C03", "Late", billable=True, start=NEXT + timedelta(days=30))
    library.add(release("hcpcs", NOW), Contents((old,)))
    library.add(release("hcpcs", NEXT), Contents((new, late)))
    library.add(release("ncci-ptp", NOW), pair_sections([PairRow("11111", "22222", NOW, None, "1")]))
    library.add(
        release("ncci-ptp", NEXT),
        pair_sections([PairRow("11111", "22222", NOW, NEXT - timedelta(days=1), "1"),
                       PairRow("11111", "33333", NEXT, None, "0")]),
    )  # fmt: skip
    library.add(release("ncci-addon", NEXT), addon_sections([AddonRow("44444", "11111", "1", NEXT)]))
    return library.folder


def plain(folder: Path) -> Library:
    return Library(folder, sources=lambda: ())


def pinned(folder: Path, **pins: str) -> PinnedLibrary:
    return PinnedLibrary(plain(folder), {system.replace("_", "-"): name for system, name in pins.items()})


def test_a_pinned_release_judges_days_before_its_own(folder) -> None:
    on = NOW + timedelta(days=3)
    assert plain(folder).status("hcpcs", "A01", on).state == "billable"
    codes = pinned(folder, hcpcs="2026-10")
    assert codes.status("hcpcs", "A01", on).state == "unknown"
    status = codes.status("hcpcs", "B02", on)
    assert (status.state, status.covered, status.release) == ("billable", True, "2026-10")
    assert codes.release("hcpcs", on) == (codes.pins["hcpcs"], True)
    assert codes.lookup("hcpcs", "B02", on).display == "New"
    assert codes.status("hcpcs", "C03", on).state == "unknown", "it begins later within the release"


def test_pairs_are_asked_as_of_the_release(folder) -> None:
    on = NOW + timedelta(days=3)
    before = plain(folder).table("ncci-ptp", on)
    judging = pinned(folder, ncci_ptp="2026-10").table("ncci-ptp", on)
    codes = ("11111", "22222", "33333")
    assert [two for _, two, pair in before.table.among(codes) if pair.holds(on)] == [1]
    assert [two for _, two, pair in judging.table.among(codes) if pair.holds(on)] == [2]
    assert judging.covers


def test_addons_are_asked_as_of_the_release(folder) -> None:
    on = NOW + timedelta(days=3)
    assert plain(folder).table("ncci-addon", on).table.addon("44444", on) is None
    table = pinned(folder, ncci_addon="2026-10").table("ncci-addon", on).table
    assert "44444" in table
    assert "11111" not in table
    assert table.addon("44444", on).primaries == {"11111"}


def test_coverage_rules_are_asked_as_of_the_release(folder) -> None:
    def rule(policy: str, since: date | None, until: date | None) -> CoverageRow:
        return CoverageRow(policy, "test", "", "", Span("80053", "80053"), "frequency", None, 1, 30, since, until)

    eve = NEXT - timedelta(days=1)
    rows = [rule("old", NOW, eve), rule("new", NEXT, None), rule("late", NEXT + timedelta(days=9), None)]
    plain(folder).add(release("coverage", NEXT), coverage_sections([*rows, rule("always", None, None)]))
    on = NOW + timedelta(days=3)
    found = pinned(folder, coverage="2026-10").table("coverage", on).table.rules("80053")
    holding = [each.policy for each in found if (each.since or on) <= on <= (each.until or on)]
    assert sorted(holding) == ["always", "new"]


def test_what_is_not_pinned_judges_as_it_does(folder) -> None:
    on = NOW + timedelta(days=3)
    codes = pinned(folder, ncci_ptp="2026-10")
    assert codes.status("hcpcs", "A01", on) == plain(folder).status("hcpcs", "A01", on)
    assert not codes.table("ncci-addon", on).covers


def test_a_release_that_is_not_loaded_is_refused(folder) -> None:
    with pytest.raises(Refused, match="2027-01"):
        pinned(folder, hcpcs="2027-01")


@given(day=DAYS, since=st.none() | DAYS, until=st.none() | DAYS, indicator=st.sampled_from("019"))
def test_a_pair_within_days_holds_as_on_the_nearest_of_them(day, since, until, indicator) -> None:
    pair = Pair("1", "2", since, until, indicator, "")
    first, last = NEXT, NEXT + timedelta(days=91)
    within = pair.within(first, last)
    assert (within is not None and within.holds(day)) == pair.holds(min(max(day, first), last))


def test_what_comes_next_is_what_begins_after_today(folder) -> None:
    releases = [*plain(folder).releases(), release("mce", NOW), release("pos", NEXT, complete=False)]
    names = {system: each.name for system, each in coming(releases, NOW).items()}
    assert names == {"hcpcs": "2026-10", "ncci-addon": "2026-10", "ncci-ptp": "2026-10"}
    later = {system: each.name for system, each in coming(releases, NEXT).items()}
    assert later == {**names, "mce": "2026-07"}

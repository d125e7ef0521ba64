"""A package is the fold of its facts, and no sequence breaks its rules; when the courier comes; the checklist."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.domain.value import as_json
from lab.domain import package_events as of
from lab.domain.checklist import LINES, lines_for, open_lines
from lab.domain.container import NotPossible
from lab.domain.courier import next_cutoff, still_to_come
from lab.domain.package_refusals import package_refused
from lab.domain.package_story import after, begin, fold
from lab.domain.packing import REMARKS
from lab.domain.wall_clock import read_local
from tests.counts import count

SAMPLES = Path(__file__).parents[2] / "samples" / "facts"
STORED = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(SAMPLES.glob("package.*.json"))}
AT = datetime(2026, 5, 6, 15, 0, tzinfo=UTC)


def opened(**fields) -> of.Opened:
    kept = {"condition": "room", "category": "B"} | fields
    return of.Opened(at=AT, number="P1", laboratory_id=1, location_id=1, **kept)


def test_every_version_has_its_sample() -> None:
    assert set(STORED) == {f"{type_}-{version}" for type_, version in of.BODIES}


@pytest.mark.parametrize("name", sorted(STORED))
def test_a_stored_sample_still_loads(name: str) -> None:
    type_, version = name.rsplit("-", 1)
    body = of.package_body(type_, int(version), STORED[name])
    assert as_json(body) == STORED[name]


ACTS = st.lists(
    st.sampled_from(
        [
            *(("package.item_added", {"specimen_id": each, "number": f"C{each}"}) for each in (1, 2)),
            *(("package.item_removed", {"specimen_id": each}) for each in (1, 2)),
            ("package.checked", {"line": "primary", "ticked": True}),
            *(("package.sealed", {"seal": seal}) for seal in ("S1", " ")),
            ("package.unsealed", {}),
            *(("package.handed_over", {"courier": "Ines", "seal": seal}) for seal in ("S1", "S1", "S2")),
            ("package.recalled", {}),
            ("package.delivered", {}),
            *(("package.receipt", {"specimen_id": each, "state": "good"}) for each in (1, 2)),
            *(("package.receipt_undone", {"specimen_id": each}) for each in (1, 2)),
            ("package.reconciled", {}),
            ("package.lost", {}),
        ]
    ),
    max_size=30,
)


@settings(max_examples=count(300, 20000), deadline=None)
@given(acts=ACTS)
def test_no_sequence_breaks_a_package(acts) -> None:
    standing, told = begin(opened()), [("package.opened", opened(), 1)]
    refusals: list[str | None] = []
    for minute, (type_, fields) in enumerate(acts):
        body = of.BODIES[type_, 1](at=AT + timedelta(minutes=minute), **fields)
        try:
            now = after(standing, type_, body, 1)
        except NotPossible as why:
            refusals.append(package_refused(why).code)  # words for each
            continue
        if now.items != standing.items and type_ not in ("package.receipt", "package.receipt_undone"):
            assert standing.state == "open"
        standing = now
        told.append((type_, body, 1))
        assert len({item.specimen_id for item in standing.items}) == len(standing.items)
        assert (standing.seal is None) == (standing.state == "open")
        assert bool(standing.items) or standing.state == "open"
        assert standing.state not in {"open", "sealed"} or not any(item.receipt for item in standing.items)
        assert standing.state != "reconciled" or not standing.unanswered
    assert fold(told) == standing
    assert len(refusals) + len(told) == len(acts) + 1


def test_an_earlier_time_is_refused() -> None:
    with pytest.raises(NotPossible) as told:
        after(begin(opened()), "package.checked", of.Checked(at=AT - timedelta(seconds=1), line="x", ticked=True), 1)
    assert told.value.code == "before_last"


@pytest.mark.parametrize(
    ("now", "comes"),
    [
        ("2026-05-06T15:00Z", "2026-05-06T21:30Z"),
        ("2026-05-06T21:30Z", "2026-05-06T21:30Z"),
        ("2026-05-06T21:30:01Z", "2026-05-07T21:30Z"),
        # the day after the clock goes forward: 16:30 is an hour earlier in UTC
        ("2026-03-08T00:00Z", "2026-03-08T21:30Z"),
        ("2026-11-01T23:00Z", "2026-11-02T22:30Z"),
    ],
)
def test_the_courier_comes_by_the_clock_of_the_place(now, comes) -> None:
    assert next_cutoff("16:30", "America/Chicago", datetime.fromisoformat(now)) == datetime.fromisoformat(comes)


def test_an_hour_shown_twice_is_the_first_and_one_never_shown_is_later() -> None:
    twice = next_cutoff("01:30", "America/Chicago", datetime(2026, 11, 1, 5, 0, tzinfo=UTC))
    assert twice == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    never = next_cutoff("02:30", "America/Chicago", datetime(2026, 3, 8, 7, 0, tzinfo=UTC))
    assert never == datetime(2026, 3, 8, 8, 30, tzinfo=UTC)


def test_once_the_courier_has_gone_the_next_one_counts() -> None:
    fixed = AT + timedelta(hours=1)
    assert still_to_come(fixed, "16:30", "UTC", AT) == fixed
    assert still_to_come(fixed, "16:30", "UTC", fixed + timedelta(hours=1)) == datetime(2026, 5, 7, 16, 30, tzinfo=UTC)
    assert still_to_come(None, None, "UTC", AT) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("2026-11-01T01:30", "time_ambiguous"), ("2026-03-08T02:30", "time_missing"), ("yesterday", "bad_field")],
)
def test_local_times_that_are_none(text, code) -> None:
    with pytest.raises(NotPossible) as told:
        read_local(text, "America/Chicago")
    assert told.value.code == code


def test_local_times() -> None:
    assert read_local("2026-05-06T10:00", "America/Chicago") == AT
    assert read_local("2026-11-01T01:30-06:00", "America/Chicago") == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
    assert read_local(" ", "America/Chicago") is None


def asked_by(**fields) -> set[str]:
    items = fields.pop("items", ({},))
    standing = begin(opened(**fields))
    for number, item in enumerate(items, 1):
        body = of.ItemAdded(at=AT, specimen_id=number, number=f"C{number}", **item)
        standing = after(standing, "package.item_added", body, 1)
    return {line.key for line in lines_for(standing)}


def test_the_checklist_follows_what_is_packed_and_how() -> None:
    plain = {"primary", "absorbent", "secondary", "papers", "outer", "mark", "responsible"}
    assert asked_by() == plain
    assert asked_by(by_air=True) == plain | {"pressure", "air_volume"}
    assert asked_by(condition="frozen") == plain | {"dry_ice"}
    assert asked_by(condition="refrigerated") == plain | {"cold"}
    assert asked_by(items=({}, {"formalin": True})) == plain | {"apart", "formalin"}
    assert asked_by(items=({"dry": True},), by_air=True) == (plain - {"absorbent"}) | {"siftproof"}
    exempt = asked_by(category="exempt", by_air=True)
    assert exempt == {"primary", "absorbent", "secondary", "papers", "outer_exempt", "mark_exempt", "judged"}


def test_dry_ice_is_not_done_without_its_mass() -> None:
    standing = begin(opened(condition="frozen"))
    tick = of.Checked(at=AT, line="dry_ice", ticked=True)
    assert "dry_ice" in {line.key for line in open_lines(after(standing, "package.checked", tick, 1))}
    weighed = of.Checked(at=AT, line="dry_ice", ticked=True, dry_ice_g=1500)
    assert "dry_ice" not in {line.key for line in open_lines(after(standing, "package.checked", weighed, 1))}


def test_what_is_put_in_later_is_checked_again() -> None:
    standing = after(begin(opened()), "package.checked", of.Checked(at=AT, line="primary", ticked=True), 1)
    added = of.ItemAdded(at=AT, specimen_id=1, number="C1")
    assert after(standing, "package.item_added", added, 1).ticks == ()


def test_words_stand_for_all_there_is() -> None:
    assert len({line.key for line in LINES}) == len(LINES)
    assert all(REMARKS.values())

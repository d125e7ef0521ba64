"""Replay files: what is read of them, what is refused of them, and that nothing makes the reader stumble."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.domain.refusal import Refused
from clinic.settings import ROOT
from lab.domain.replay_event import VERBS
from lab.domain.replay_file import read_replay
from tests.counts import count

SMALL: dict[str, Any] = {"timezone": "America/New_York", "tests": {"T1": ["cmp"]}, "events": []}


def read_one(event: Any) -> Any:
    return read_replay(json.dumps(SMALL | {"events": [event]}).encode()).events[0]


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"timezone": "Mars/Olympus", "tests": {}, "events": []}',
        b'{"timezone": "../etc/passwd", "tests": {}, "events": []}',
        b'{"timezone": "UTC", "tests": {"T1": []}, "events": []}',
        b'{"timezone": "UTC", "tests": {}, "events": {}}',
        b'{"timezone": "UTC", "tests": {}, "events": [], "ask_at": ["soon"]}',
        b'{"timezone": "UTC", "tests": {}, "events": [], "sets": [["A", "B"]]}',
        b'{"timezone": "America/New_York", "tests": {}, "events": [], "now": "2025-11-02T01:30"}',
        b"[" * 100_000,
    ],
)
def test_a_file_that_is_none_is_refused_in_one_line(wrong: bytes) -> None:
    with pytest.raises(Refused) as refused:
        read_replay(wrong, "morning.json")
    assert str(refused.value).startswith("morning.json")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("event", "fault"),
    [
        ("collected", "bad_field"),
        ({"t": "2026-03-03T08:00", "do": "shake"}, "unknown_verb"),
        ({"t": "2026-03-03", "do": "mixed", "container": "T1"}, "bad_field"),
        ({"t": "0001-01-01T00:00:00+14:00", "do": "mixed", "container": "T1"}, "bad_field"),
        ({"t": "2025-11-02T01:10", "do": "mixed", "container": "T1"}, "time_ambiguous"),
        ({"t": "2026-03-08T02:30", "do": "mixed", "container": "T1"}, "time_missing"),
        ({"t": "2026-03-03T08:00", "do": "packed", "container": "T1"}, "bad_field"),
        ({"t": "2026-03-03T08:00", "do": "spin_start", "container": "T1", "rpm": 3400}, "bad_field"),
        ({"t": "2026-03-03T08:00", "do": "undo", "reason": "no"}, "bad_field"),
        ({"t": "2026-03-03T08:00", "do": "scan", "step": "spin"}, "bad_field"),
        ({"t": "2026-03-03T08:00", "do": "scan", "container": "T1", "step": "spin", "place": "room"}, "bad_field"),
    ],
)
def test_an_event_that_cannot_be_read_says_why(event: Any, fault: str) -> None:
    assert read_one(event).fault == fault


@pytest.mark.parametrize(
    ("told", "microlitres"),
    [(1, 1000), (1.5, 1500), ("0.001", 1), ("2.0000", 2000), (2.001, 2001), (-1, -1000), (0, 0)],
)
def test_millilitres_become_microlitres_without_a_float(told: Any, microlitres: int) -> None:
    event = {"t": "2026-03-03T08:00", "do": "collected", "container": "T1", "volume_ml": told}
    assert read_one(event).volume_ul == microlitres


@pytest.mark.parametrize("told", [1.0005, "much", "NaN", "Infinity", True, [1], "1e400", 10**30])
def test_what_is_no_volume_is_a_fault(told: Any) -> None:
    event = {"t": "2026-03-03T08:00", "do": "collected", "container": "T1", "volume_ml": told}
    assert read_one(event).fault == "bad_field"


def test_a_sample_is_read_for_what_goes_in() -> None:
    assert read_replay(json.dumps({"about": "x", "in": SMALL, "out": {}}).encode()).tests == {"T1": ("cmp",)}


KEYS = st.sampled_from(
    ["t", "do", "container", "volume_ml", "volume_ul", "place", "step", "event", "tests", "g", "rpm", "code", "x"]
)
WORDS = st.sampled_from([*VERBS, "T1", "2026-03-03T08:00", "2025-11-02T01:10Z", "room"])
ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=8,
)
EVENTS = st.lists(st.dictionaries(KEYS, WORDS | ANY, max_size=8) | ANY, max_size=4)


@settings(max_examples=count(200, 5000))
@given(st.dictionaries(st.sampled_from([*SMALL, "ask_at", "visits", "sets", "lab", "in"]), ANY, max_size=5), EVENTS)
def test_no_file_makes_the_reader_stumble(keys: dict[str, Any], events: list[Any]) -> None:
    for tree in (keys, SMALL | {"events": events}):
        try:
            read = read_replay(json.dumps(tree).encode("utf-8", "surrogatepass"))
        except Refused:
            assert tree is keys
        else:
            assert all(event.fault or event.at for event in read.events)


def said_of(raw: bytes) -> str:
    """What is said of a file that cannot be read; nothing of one that can."""
    try:
        read_replay(raw)
    except Refused as refused:
        return str(refused)
    return ""


@settings(max_examples=count(200, 5000))
@given(st.data())
def test_no_bytes_make_the_reader_stumble(data: st.DataObject) -> None:
    whole = bytearray((ROOT / "tests/samples/replays/79-a-morning.json").read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    assert "\n" not in said_of(bytes(whole))

"""Orders from their facts: each body ever written loads; what does not fit is refused; lines have axes of their own."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.domain.refusal import Refused
from clinic.domain.value import as_json
from lab.domain.order_refusals import WORDS, refused
from lab.domain.order_story import (
    _AFTER,
    BODIES,
    Cancelled,
    Changed,
    Entered,
    LineAdded,
    LineChanged,
    LineHeld,
    LineReported,
    LineSent,
    NotSo,
    OfLine,
    Signed,
    Told,
    after,
    begin,
    body_of,
    fold,
)

SAMPLES = Path(__file__).parents[2] / "samples" / "facts"
AT = datetime(2026, 5, 6, 15, 0, tzinfo=UTC)
ENTERED = Entered(number="L000001", patient_id=1, location_id=1, ordered_on=date(2026, 5, 6), priority="routine")
SIGNED = ("order.signed", Signed(provider_id=7))


def added(line_id: int = 1) -> tuple[str, LineAdded]:
    body = LineAdded(line_id=line_id, position=line_id, test="cmp", in_house=False, laboratory_id=3, facts={})
    return "order.line_added", body


def of_line(type_: str, line_id: int = 1) -> tuple[str, OfLine]:
    return f"order.line_{type_}", OfLine(line_id=line_id)


def reported(state: str, line_id: int = 1) -> tuple[str, LineReported]:
    return "order.line_reported", LineReported(line_id=line_id, state=state)


def told(*acts):
    return [Told("order.entered", ENTERED, AT), *(Told(type_, body, AT) for type_, body in acts)]


@pytest.mark.parametrize(("type_", "version"), sorted(BODIES))
def test_each_body_ever_written_loads(type_, version) -> None:
    kept = json.loads((SAMPLES / f"{type_}-{version}.json").read_text("utf-8"))
    assert as_json(body_of(type_, version, kept)) == kept


def test_every_fact_has_its_effect() -> None:
    assert set(_AFTER) == {type_ for type_, _ in BODIES} - {"order.entered"}


def test_a_line_goes_its_way() -> None:
    held = ("order.line_held", LineHeld(line_id=1, missing=("diagnosis",)))
    acts = [added(), held, SIGNED, of_line("released"), of_line("active")]
    sent = ("order.line_sent", LineSent(line_id=1, sent_on=date(2026, 5, 6), due_on=date(2026, 5, 8)))
    acts += [sent, reported("preliminary"), reported("final"), of_line("reviewed"), of_line("told")]
    states = [fold(told(*acts[:count])).lines[0].state for count in range(1, len(acts) + 1)]
    expected = ["draft", "held", "held", "held", "active", "active", "preliminary", "final", "reviewed", "told"]
    assert states == expected
    order = fold(told(*acts))
    assert (order.state, order.provider_id, order.sequence) == ("signed", 7, len(acts) + 1)
    assert (order.lines[0].sent_on, order.lines[0].resulted_at) == (date(2026, 5, 6), AT)


def test_a_correction_is_reviewed_again() -> None:
    acts = [added(), SIGNED, of_line("active"), reported("final"), of_line("told"), reported("corrected")]
    assert fold(told(*acts)).lines[0].state == "corrected"


def test_a_report_keeps_its_own_time() -> None:
    body = LineReported(line_id=1, state="final", at=AT - timedelta(hours=2))
    order = fold(told(added(), SIGNED, of_line("active"), ("order.line_reported", body)))
    assert order.lines[0].resulted_at == AT - timedelta(hours=2)


ELSEWHERE = ("order.line_changed", LineChanged(line_id=1, in_house=True))


@pytest.mark.parametrize(
    ("acts", "code"),
    [
        ([added(), added()], "known_line"),
        ([of_line("active")], "unknown_line"),
        ([SIGNED], "no_lines"),
        ([added(), SIGNED, SIGNED], "signed"),
        ([added(), of_line("active")], "unsigned"),
        ([added(), reported("final")], "line_state"),
        ([added(), of_line("released")], "line_state"),
        ([added(), SIGNED, of_line("active"), of_line("reviewed")], "line_state"),
        ([added(), SIGNED, of_line("active"), ELSEWHERE], "line_active"),
        ([added(), SIGNED, of_line("active"), reported("final"), reported("preliminary")], "line_state"),
        ([added(), SIGNED, of_line("active"), reported("final"), of_line("cancelled")], "line_state"),
        ([added(), SIGNED, of_line("active"), reported("final"), ("order.cancelled", Cancelled())], "reported"),
        ([("order.cancelled", Cancelled()), added()], "cancelled"),
        ([added(), SIGNED, ("order.changed", Changed(priority="stat", provider_id=8))], "signed"),
    ],
)
def test_what_does_not_fit_is_refused(acts, code) -> None:
    before = told(*acts[:-1])
    fold(before)
    with pytest.raises(NotSo) as why:
        fold(told(*acts))
    assert why.value.code == code
    said = refused(why.value)
    assert isinstance(said, Refused)
    assert said.code == code
    assert code in WORDS


_ACTS = st.lists(
    st.one_of(
        st.integers(1, 3).map(added),
        st.just(SIGNED),
        st.builds(of_line, st.sampled_from(["active", "released", "reviewed", "told", "cancelled"]), st.integers(1, 3)),
        st.builds(reported, st.sampled_from(["preliminary", "final", "corrected"]), st.integers(1, 3)),
        st.just(("order.line_held", LineHeld(line_id=1, missing=("diagnosis",)))),
        st.just(("order.cancelled", Cancelled())),
    ),
    max_size=14,
)


@given(_ACTS)
def test_no_sequence_makes_a_line_ready_without_a_signature(acts) -> None:
    order = begin(ENTERED)
    for type_, body in acts:
        try:
            now = after(order, Told(type_, body, AT))
        except NotSo:
            continue
        assert now.sequence == order.sequence + 1
        order = now
        open_ = [line for line in order.lines if line.state not in ("draft", "held", "cancelled")]
        assert not open_ or order.state == "signed"
        assert all(line.state == "held" or not line.held_for for line in order.lines)
        assert len({line.line_id for line in order.lines}) == len(order.lines)

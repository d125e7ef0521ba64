"""No sequence of acts, fitting or not, breaks what must always be true of containers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count as counting

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.domain import events as of
from lab.domain.container import ENDS, HERE, OPEN, Container, NotPossible
from lab.domain.container_acts import after
from lab.domain.container_story import Told, begin, fold, last_to_undo
from lab.domain.need import Need
from lab.domain.stability import use_by
from lab.steps.registry import flags_of, steps, task_of
from tests.counts import count

T0 = datetime(2026, 5, 4, 13, 0, tzinfo=UTC)
STATES = OPEN | HERE | ENDS
MINUTES = st.one_of(st.none(), st.sampled_from([0, 15, 60, 24 * 60]))
CONDITIONS = ["room", "refrigerated", "frozen", "on_ice"]

needs = st.builds(
    Need,
    test=st.sampled_from(["a", "b"]),
    in_house=st.booleans(),
    clot_minutes=st.sampled_from([None, 30]),
    spin_minutes=st.sampled_from([None, 10]),
    separate_within_minutes=st.sampled_from([None, 15, 120]),
    separated_by=st.sampled_from([None, "spin", "aliquot"]),
    pour_off=st.booleans(),
    read_from_minutes=st.sampled_from([None, 5]),
    read_until_minutes=st.sampled_from([None, 10]),
    incubate_within_minutes=st.sampled_from([None, 960]),
    incubate_minutes=st.sampled_from([None, 960]),
    storage=st.sampled_from([(), ("refrigerated",), ("frozen", "room")]),
    room_minutes=MINUTES,
    refrigerated_minutes=MINUTES,
    frozen_minutes=MINUTES,
)


def _acts(at: datetime):
    """Every act there is, at an instant."""
    instant = st.just(at)
    package = st.builds(of.Packed, at=instant, package_id=st.sampled_from([1, 2]))
    step = st.sampled_from([step.key for step in steps()])
    bodies = {
        "specimen.labeled": st.builds(of.Labeled, at=instant),
        "specimen.collected": st.builds(of.Collected, at=instant, volume_ul=st.sampled_from([None, 0, 1, 5000])),
        "specimen.step_started": st.builds(of.StepStarted, step=step, at=instant),
        "specimen.step_ended": st.builds(of.StepEnded, step=step, at=instant),
        "specimen.step_done": st.builds(of.StepDone, step=step, at=instant),
        "specimen.aliquoted": st.builds(
            of.Aliquoted,
            at=instant,
            child_id=st.just(0),
            child_number=st.just("C1-1"),
            volume_ul=st.sampled_from([-5, 0, 1, 2500, 6000]),
            tests=st.sampled_from([("a",), ("b",), ("a", "b")]),
        ),
        "specimen.stored": st.builds(of.Stored, at=instant, condition=st.sampled_from(CONDITIONS)),
        "specimen.noted": st.builds(of.Noted, at=instant, condition=st.just("HEM")),
        "specimen.packed": package,
        "specimen.unpacked": package,
        "specimen.sent": package,
        "specimen.recalled": package,
        "specimen.received": st.builds(of.Received, at=instant, state=st.sampled_from(["good", "missing"])),
        "specimen.rejected": st.builds(of.Rejected, at=instant, code=st.just("RH")),
        "specimen.resulted": st.builds(of.Resulted, at=instant, test=st.sampled_from(["a", "b"])),
    } | {
        f"specimen.{end}": st.builds(of.Ended, at=instant)
        for end in ("missed", "lost", "found", "used_up", "disposed", "voided")
    }
    return st.one_of(*(st.tuples(st.just(type_), body) for type_, body in bodies.items()))


def _holds(container: Container, before: Container | None, at: datetime) -> None:
    assert container.state in STATES
    assert container.remaining_ul is None or 0 <= container.remaining_ul <= (container.volume_ul or 0)
    assert sum(run.ended_at is None for run in container.runs) <= 1
    assert (container.collected_at is None) == (container.state in {"planned", "labeled", "missed"})
    assert all(a.since <= b.since for a, b in zip(container.stays, container.stays[1:], strict=False))
    if before is not None:
        assert container.sequence == before.sequence + 1
        assert before.needs == container.needs
    for need in container.needs:
        limit = use_by(container, need)
        keeps = need.keeps(container.stays[-1].condition) if container.stays else None
        if container.collected_at is None:
            assert limit is None
        elif keeps is not None:
            assert limit is not None
            assert limit <= container.collected_at + keeps
        if limit is not None and before is not None and before.collected_at is not None:
            was = use_by(before, need)
            # what had run out stays run out, wherever it is put
            assert was is None or was >= at or limit <= was
    task = task_of(container)
    if container.state in ENDS:
        assert task is None
    assert all(flag.minutes >= 0 for flag in flags_of(container, at))


@settings(max_examples=count(60, 4000))
@given(data=st.data(), asked=st.lists(needs, min_size=1, max_size=2, unique_by=lambda need: need.test))
def test_no_sequence_of_acts_breaks_a_container(data, asked) -> None:
    body = of.Planned(number="C1", holder="sst", cap="gold", patient_id=1, needs=tuple(asked))
    told = [Told("specimen.planned", body, 7)]
    now = begin(*told[0])
    at = T0
    for _ in range(data.draw(st.integers(1, 25))):
        at += timedelta(minutes=data.draw(st.sampled_from([-30, 0, 0, 1, 5, 20, 90, 1500])))
        if data.draw(st.integers(0, 9)) == 0:
            try:
                sequence = last_to_undo(told)
            except NotPossible:
                continue
            told.append(Told("specimen.undone", of.Undone(sequence=sequence, at=at), 7))
            now = fold(told)
            continue
        type_, act = data.draw(_acts(at))
        try:
            then = after(now, type_, act, 7)
        except NotPossible:
            continue
        told.append(Told(type_, act, 7))
        _holds(then, now, at)
        now = then
    assert fold(told) == now


@settings(max_examples=count(60, 2000))
@given(
    asked=st.lists(needs, min_size=1, max_size=1),
    parts=st.lists(st.integers(1, 3000), min_size=1, max_size=6),
    held=st.integers(1, 9000),
)
def test_what_is_poured_off_never_adds_up_to_more_than_was_there(asked, parts, held) -> None:
    planned = of.Planned(number="C1", holder="sst", cap="gold", patient_id=1, needs=tuple(asked))
    now = after(begin("specimen.planned", planned, 7), "specimen.collected", of.Collected(at=T0, volume_ul=held), 7)
    poured = []
    for number in counting(1):
        if number > len(parts):
            break
        volume = parts[number - 1]
        at = T0 + timedelta(minutes=number)
        told = of.Aliquoted(
            at=at, child_id=number, child_number=f"C1-{number}", volume_ul=volume, tests=(asked[0].test,)
        )
        if sum(poured) + volume > held:
            with pytest.raises(NotPossible, match="volume"):
                after(now, "specimen.aliquoted", told, 7)
            continue
        now = after(now, "specimen.aliquoted", told, 7)
        poured.append(volume)
        child = begin(
            "specimen.poured",
            of.Poured(
                number=told.child_number,
                holder="vial",
                cap="none",
                patient_id=now.patient_id,
                parent_id=1,
                at=at,
                collected_at=T0,
                volume_ul=volume,
                needs=tuple(asked),
                stays=now.stays,
            ),
            7,
        )
        assert (child.collected_at, child.patient_id, child.stays) == (now.collected_at, now.patient_id, now.stays)
        assert use_by(child, asked[0]) == use_by(now, asked[0])
    assert now.remaining_ul == held - sum(poured)

"""What a replay leaves in the practice besides containers: orders taken over as they were, and their results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from clinic.domain.refusal import Refused
from clinic.services.acting import Work
from clinic.services.find import one
from lab.domain.catalogue import TestFacts
from lab.domain.container import NotPossible
from lab.domain.need import Need, need_of
from lab.domain.order_story import Entered, OfLine, Report, TakenOver
from lab.domain.replay_event import Event
from lab.domain.result_story import Reported
from lab.domain.results import Measured
from lab.models import LabOrder, OrderLine, Specimen
from lab.services.at_the_bench import Hand
from lab.services.billing_facts import asked_of
from lab.services.enter_result import bench_of, measured
from lab.services.order_facts import add_line, begin_order, number_for
from lab.services.order_facts import tell as tell_order
from lab.services.result_facts import last_report, line_in_hand, next_version, report
from lab.services.scratch_bench import Bench
from lab.services.specimens import container_of


def take_over(
    work: Work,
    bench: Bench,
    patient_id: int,
    *,
    on: date,
    tests: Sequence[tuple[TestFacts, bool]],
    answers: dict[str, str],
) -> tuple[LabOrder, tuple[Need, ...]]:
    """An order for the tests of one container, inside an act under way: whoever signed it did so elsewhere.

    Args:
        work: the act.
        bench: where it is handled, and to which laboratory what is not run in house goes.
        patient_id: whose.
        on: the day it was ordered, as far as the file tells.
        tests: each with whether it is run in house.
        answers: to what the tests ask.
    """
    body = Entered(
        number=number_for(work),
        patient_id=patient_id,
        location_id=bench.location_id,
        ordered_on=on,
        priority="routine",
    )
    order = begin_order(work, body)
    for facts, in_house in tests:
        kept = {key: answers[key] for key in facts.ask if key in answers}
        add_line(work, order, facts, in_house=in_house, laboratory_id=bench.laboratory_id, answers=kept)
    tell_order(work, order, "order.taken_over", TakenOver(source="replay"))
    lines = list(order.lines)
    for line in lines:
        tell_order(work, order, "order.line_active", OfLine(line_id=line.id))
    needs = (need_of(asked_of(line), line_id=line.id, in_house=line.in_house, answers=answers) for line in lines)
    return order, tuple(needs)


def report_kept(hand: Hand, event: Event, status: Report) -> None:
    """Report the result of an event for the line that its container serves; a correction corrects the last report.

    A further final result of a test is a further line: what was run twice was done twice.

    Raises:
        NotPossible: there is nothing to correct.
    """
    need = next(need for need in container_of(hand.row).needs if need.test == event.test)
    if need.line_id is None:
        return
    line = _line(hand, need, status)
    before = last_report(hand.work, line)
    if status == "corrected" and before is None:
        raise NotPossible("state")
    body = Reported(
        line_id=line.id,
        patient_id=hand.row.patient_id,
        test=line.test_key,
        version=next_version(hand.work, line),
        status=status,
        in_house=line.in_house if event.in_house is None else event.in_house,
        values=_values(hand, line, event),
        performed_at=before.performed_at if before else hand.at,
        reported_at=hand.at,
        source="replay",
        specimen_id=hand.row.id,
    )
    report(hand.work, line, body, event.reason or None)


def _line(hand: Hand, need: Need, status: Report) -> OrderLine:
    """The last line of the test; a new one where that has its final result already."""
    first = line_in_hand(hand.work, need.line_id or 0)
    order = one(hand.work.actor, LabOrder, first.order_id)
    last = [line for line in order.lines if line.test_key == need.test][-1]
    if status == "corrected" or last_report(hand.work, last) is None:
        return last
    again = add_line(
        hand.work,
        order,
        asked_of(first),
        in_house=first.in_house,
        laboratory_id=first.laboratory_id,
        reason=first.reason,
    )
    tell_order(hand.work, order, "order.line_active", OfLine(line_id=again.id))
    return line_in_hand(hand.work, again.id)


def _values(hand: Hand, line: OrderLine, event: Event) -> tuple[Measured, ...]:
    """The value as the house would judge it where it can, else as it was told; none where none was told."""
    if event.value is None:
        return ()
    bench = bench_of(hand.work.actor, line)
    only = bench.analytes[0] if len(bench.analytes) == 1 else None
    if only is not None and event.unit in (None, only.unit):
        try:
            return measured(bench, {only.key: event.value}, one(hand.work.actor, Specimen, hand.row.id))
        except Refused:
            pass  # another house's words for a value stand as they are
    name, loinc = (only.name, only.loinc) if only is not None else (bench.facts.name, None)
    return (Measured(analyte=name, loinc=loinc, value=event.value, unit=event.unit),)

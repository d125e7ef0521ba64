"""The tube plan as containers: what is to be filled for some lines of an order, in the order it is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from clinic.services.acting import Work
from lab.domain.catalogue import Holder, TestFacts
from lab.domain.events import Planned
from lab.domain.need import Need, need_of
from lab.domain.tube_plan import IN_HOUSE, Plan, plan
from lab.domain.tube_plan import Planned as Tube
from lab.models import LabOrder, OrderLine, Specimen
from lab.services.shipped import shipped
from lab.services.specimens import begin_specimen, number_for

SITE = "site"
"""The question that tells where on the body it is taken."""


def facts_of(line: OrderLine) -> TestFacts:
    """The test as the catalogue had it when it was ordered."""
    return msgspec.convert(line.facts, TestFacts, strict=True)


def place_of(line: OrderLine) -> str:
    """Where a line is run, as the tube plan names it: ``in_house`` or the laboratory's id."""
    return IN_HOUSE if line.in_house else f"laboratory:{line.laboratory_id}"


def plan_of(lines: Sequence[OrderLine], *, pediatric: bool, winged: bool = False) -> Plan:
    """The tube plan of some lines. Nothing is written."""
    answers: dict[str, str] = {}
    for line in lines:
        answers.update(line.answers)
    return plan(
        [facts_of(line) for line in lines],
        holders(),
        pediatric=pediatric,
        winged=winged,
        answers=answers,
        places={line.test_key: place_of(line) for line in lines},
    )


def holders() -> dict[str, Holder]:
    """The kinds of containers, by their key: one table for all practices."""
    return shipped().holders


class Vessel(NamedTuple):
    """One tube or set of the plan with the lines it serves."""

    tube: Tube
    serving: tuple[OrderLine, ...]
    needs: tuple[Need, ...]

    @property
    def caps(self) -> tuple[str, ...]:
        """The cap of each of its pieces."""
        return self.tube.pieces or (self.tube.cap,)

    @property
    def site(self) -> str | None:
        """Where on the body it is taken, as far as that was said."""
        return next((line.answers[SITE] for line in self.serving if line.answers.get(SITE)), None)


def plan_vessels(lines: Sequence[OrderLine], *, pediatric: bool, winged: bool = False) -> list[Vessel]:
    """The tube plan of some lines, each tube with the lines it serves. Nothing is written.

    A test that two orders of one visit ask is drawn for each of them: what is ordered twice is run and billed twice.
    """
    first, *further = _rounds(lines) or [[]]
    found = _vessels(first, pediatric=pediatric, winged=winged)
    return found + [vessel for again in further for vessel in _vessels(again, pediatric=pediatric)]


def _rounds(lines: Sequence[OrderLine]) -> list[list[OrderLine]]:
    """The lines of which no two ask the same test, then those that ask one again, and so on, as they were ordered."""
    rounds: list[list[OrderLine]] = []
    asked: Counter[str] = Counter()
    for line in sorted(lines, key=lambda each: (each.order_id, each.position)):
        place = asked[line.test_key]
        asked[line.test_key] += 1
        if place == len(rounds):
            rounds.append([])
        rounds[place].append(line)
    return rounds


def _vessels(lines: Sequence[OrderLine], *, pediatric: bool, winged: bool = False) -> list[Vessel]:
    by_test = {line.test_key: line for line in lines}
    found: list[Vessel] = []
    for tube in plan_of(lines, pediatric=pediatric, winged=winged).containers:
        serving = tuple(by_test[test] for test in tube.tests)
        needs = tuple(
            need_of(facts_of(line), line_id=line.id, in_house=line.in_house, answers=line.answers, pediatric=pediatric)
            for line in serving
        )
        found.append(Vessel(tube, serving, needs))
    return found


def plan_containers(work: Work, order: LabOrder, lines: Sequence[OrderLine], *, winged: bool = False) -> list[Specimen]:
    """Plan the containers for some lines inside an act under way: planned, not labeled, not collected.

    Args:
        work: the act.
        order: whose containers they are.
        lines: what they are for; those of another order of the same visit may be among them.
        winged: drawn with a winged set: a discard tube goes before a light blue that is first.

    Returns:
        Their rows in the order of draw; the pieces of a set one after another.
    """
    vessels = plan_vessels(lines, pediatric=order.pediatric, winged=winged)
    return [row for vessel in vessels for row in put_up(work, order, vessel)]


def put_up(work: Work, order: LabOrder, vessel: Vessel) -> list[Specimen]:
    """The planned container of one tube, or those of a set."""
    numbers = [number_for(work) for _ in vessel.caps]
    a_set = numbers[0] if vessel.tube.pieces else None
    return [
        begin_specimen(
            work,
            "specimen.planned",
            Planned(
                number=number,
                holder=vessel.tube.holder,
                cap=cap,
                patient_id=order.patient_id,
                needs=vessel.needs,
                visit_id=order.visit_id,
                order_id=order.id,
                piece=piece if a_set else None,
                set_number=a_set,
                site=vessel.site,
            ),
            order.location_id,
        )
        for piece, (number, cap) in enumerate(zip(numbers, vessel.caps, strict=True), start=1)
    ]

"""Entering a result at the bench: with what it was run, by whom, and what it gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from clinic.models import Patient
from clinic.policy import RoleName
from clinic.services.acting import Actor, Work, acting
from clinic.services.clock import now
from lab.domain.catalogue import TestFacts
from lab.domain.controls import Moment, against_lot, against_operator, levels_of, needs_lot
from lab.domain.order_story import Report
from lab.domain.ranges import Analyte, age_in_months
from lab.domain.result_refusals import result_refused
from lab.domain.result_story import Reported
from lab.domain.results import Measured, measure
from lab.models import KitLot, OrderLine, Specimen
from lab.services.analytes import analytes_of
from lab.services.kit_lots import Shelf, among, scanned
from lab.services.plan_containers import facts_of
from lab.services.qualify import held_by
from lab.services.result_facts import containers_of, line_in_hand, next_version, report

ENTERED_IN = frozenset({"active", "preliminary"})
"""States of a line whose result is still to be entered; what is reported is corrected."""


def enter_result(
    actor: Actor,
    line_id: int,
    said: Mapping[str, str],
    *,
    lot: str = "",
    performed_at: datetime | None = None,
    status: Report = "final",
    note: str | None = None,
) -> int:
    """Report what a test of the house gave; gives the report's id. Nobody may pass over lot, control or qualification.

    Args:
        actor: who ran it.
        line_id: the order's line.
        said: by the analyte's key what was read; with a point for the decimals.
        lot: of the kit, scanned or typed; blank where the test uses none.
        performed_at: when it was run; now if it is not said.
        status: ``final`` or ``preliminary``.
        note: words that go with it.

    Raises:
        Refused: no result is awaited, nothing was collected, the lot, its control or the operator's qualification
            speak against it, or a value is none.
        Unknown: there is no such line.
    """
    with acting(actor, "lab.result") as work:
        line = line_in_hand(work, line_id)
        if not line.in_house:
            raise result_refused("not_in_house")
        if line.state not in ENTERED_IN or status == "corrected":
            raise result_refused("line_state")
        at = performed_at or work.at
        specimen = run_on(work, line, at)
        bench = bench_of(work.actor, line)
        kit = may_run(work.actor, bench, lot, at)
        body = Reported(
            line_id=line.id,
            patient_id=line.order.patient_id,
            test=line.test_key,
            version=next_version(work, line),
            status=status,
            in_house=True,
            values=measured(bench, said, specimen),
            performed_at=at,
            reported_at=work.at,
            source="bench",
            specimen_id=specimen.id,
            kit_lot_id=kit.id if kit else None,
            performed_by=actor.staff_id,
            note=" ".join((note or "").split()) or None,
        )
        return report(work, line, body).id


class Bench(NamedTuple):
    """A test about to be run: what it is, what it gives, for whom and where."""

    facts: TestFacts
    analytes: tuple[Analyte, ...]
    patient: Patient
    zone: str


def bench_of(actor: Actor, line: OrderLine) -> Bench:
    """What is needed to run a line. One statement where the line came with its patient and place."""
    facts = facts_of(line)
    return Bench(facts, analytes_of(actor.practice_id, facts), line.order.patient, line.order.location.time_zone)


def measured(bench: Bench, said: Mapping[str, str], specimen: Specimen | None) -> tuple[Measured, ...]:
    """The values, each judged by the patient's sex and age on the day of the draw.

    Raises:
        Refused: one is missing or none.
    """
    drawn = (specimen.collected_at if specimen else None) or now()
    day = Moment(at=drawn, zone=bench.zone).day
    return measure(bench.analytes, said, bench.patient.sex, age_in_months(bench.patient.birth, day))


def run_on(work: Work, line: OrderLine, at: datetime) -> Specimen:
    """The container a line was run on.

    Raises:
        Refused: none was collected, or not before it was run.
    """
    rows = containers_of(work, line)
    if not rows:
        raise result_refused("not_drawn")
    drawn = rows[0].collected_at
    if at > work.at or (drawn is not None and at < drawn):
        raise result_refused("performed", "performed_at")
    return rows[0]


def may_run(actor: Actor, bench: Bench, lot: str, at: datetime) -> KitLot | None:
    """The lot a test is run with, where it uses one.

    Raises:
        Refused: the operator, the lot or its control speak against it.
    """
    why, where, kit = obstacle(actor, bench, lot, at)
    if why is not None:
        raise result_refused(why, where)
    return kit


def obstacle(
    actor: Actor, bench: Bench, lot: str, at: datetime, known: Sequence[Shelf] = ()
) -> tuple[str | None, str, KitLot | None]:
    """Why the test may not be run by this person with this lot now, at which field; and the lot.

    ``known`` are lots that were read already: the one meant is looked for among them first.
    """
    moment = Moment(at=at, zone=bench.zone)
    key, settings = bench.facts.key, bench.facts.settings
    why = against_operator(
        settings,
        is_provider=RoleName.PROVIDER.value in actor.roles,
        held=held_by(actor.practice_id, actor.staff_id, key),
        on=moment.day,
        known=actor.staff_id is not None,
    )
    if why is not None:
        return why, "", None
    if not needs_lot(settings):
        return None, "", None
    if not lot.strip():
        return "no_lot", "lot", None
    shelf = among(known, lot) or scanned(actor.practice_id, key, lot)
    if shelf is None:
        return "unknown_lot", "lot", None
    why = against_lot(shelf.lot, key, shelf.controls, levels_of(bench.analytes), moment)
    return why, "lot", shelf.row

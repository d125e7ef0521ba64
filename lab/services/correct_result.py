"""Correcting a reported result: a further report with the reason; the one before stays as it was told."""

from __future__ import annotations

from collections.abc import Mapping

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.acting import Actor, acting
from clinic.services.find import one
from lab.domain.container import NotPossible
from lab.domain.refusals import refused
from lab.domain.result_refusals import result_refused
from lab.domain.result_story import Reported
from lab.domain.results import Measured
from lab.models import Specimen
from lab.services.enter_result import bench_of, measured
from lab.services.result_facts import line_in_hand, next_version, report, result_in_hand, standing_of

CORRECTED_IN = frozenset({"final", "corrected", "reviewed", "told"})


def correct_result(actor: Actor, result_id: int, said: Mapping[str, str], reason: str) -> int:
    """Report a test of the house once more, with other values; gives the new report's id.

    Whoever knew the old values has to be told again: what was reviewed or told stands with the old report.

    Raises:
        Refused: the reason is missing, a later report stands in its place, it is another laboratory's, or nothing
            is different.
        Unknown: there is no such report.
    """
    with acting(actor, "lab.result") as work:
        row = result_in_hand(work, result_id)
        why = " ".join(reason.split())
        if not why:
            raise refused(NotPossible("reason"), "reason")
        before = standing_of(work, row)
        if before.superseded is not None:
            raise result_refused("superseded")
        if not row.in_house:
            raise result_refused("not_in_house")
        line = line_in_hand(work, row.line_id)
        if line.state not in CORRECTED_IN:
            raise result_refused("line_state")
        was = before.report
        specimen = one(actor, Specimen, was.specimen_id) if was.specimen_id is not None else None
        values = measured(bench_of(actor, line), said, specimen)
        if _said(values) == _said(was.values):
            raise Refused(N_("Nothing is different."), remedy=N_("Change a value, or leave it."))
        body = Reported(
            line_id=line.id,
            patient_id=was.patient_id,
            test=was.test,
            version=next_version(work, line),
            status="corrected",
            in_house=True,
            values=values,
            performed_at=was.performed_at,
            reported_at=work.at,
            source="bench",
            specimen_id=was.specimen_id,
            kit_lot_id=was.kit_lot_id,
            performed_by=was.performed_by,
        )
        return report(work, line, body, why).id


def _said(values: tuple[Measured, ...]) -> list[tuple[str, str]]:
    return [(each.analyte, each.value) for each in values]

"""The record of a claim's visits as suggestions read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import select

from billing.coding.suggest.written import DoneAct, ListedProblem, MeasuredValue, Written, WrittenNote
from billing.services.visits_written import fill_in
from clinic.base import db
from clinic.domain.code import ICD10CM, Code
from clinic.models import Observation, Visit
from clinic.services.mappings import Mapped, mapped
from lab.domain.results import Measured
from lab.models import LabOrder, LabResult, OrderLine

_LOINC = "loinc"
_IN_ERROR = "entered-in-error"


def written(practice_id: int, visits: Sequence[Visit]) -> Written:
    """Notes, problems, acts, observations and reported results of some visits: three statements."""
    fill_in(practice_id, visits)
    names = mapped(practice_id, visits)
    return Written(
        notes=tuple(WrittenNote(id=note.id, text=note.text) for visit in visits for note in visit.notes),
        problems=_problems(visits, names),
        acts=tuple(
            DoneAct(
                id=act.id,
                words=act.words,
                quantity=act.quantity,
                code=names.act(act) or (Code(act.system, act.code) if act.system and act.code else None),
                billed=not names.not_billed(act),
            )
            for visit in visits
            for act in visit.acts
        ),
        results=(*_observed(visits), *_reported(practice_id, [visit.id for visit in visits])),
    )


def _problems(visits: Sequence[Visit], names: Mapped) -> tuple[ListedProblem, ...]:
    return tuple(
        ListedProblem(
            id=problem.id,
            words=problem.words,
            code=Code(ICD10CM, problem.code.replace(".", ""))
            if problem.system == ICD10CM and problem.code
            else names.problem(problem),
            active=problem.status == "active",
        )
        for visit in visits
        for problem in visit.problems
        if problem.status != _IN_ERROR
    )


def _observed(visits: Iterable[Visit]) -> Iterable[MeasuredValue]:
    rows: list[Observation] = [row for visit in visits for row in visit.observations]
    for row in rows:
        loinc = row.code if row.system == _LOINC else None
        yield MeasuredValue(
            source="observation", id=row.id, words=row.words, value=row.value, unit=row.unit, loinc=loinc
        )


def _reported(practice_id: int, visit_ids: list[int]) -> Iterable[MeasuredValue]:
    """The values of the last report of each ordered test, as the laboratory judged them; no preliminary ones."""
    if not visit_ids:
        return
    rows = db.session.execute(
        select(LabResult.id, LabResult.line_id, LabResult.values)
        .join(OrderLine, (OrderLine.practice_id == LabResult.practice_id) & (OrderLine.id == LabResult.line_id))
        .join(LabOrder, (LabOrder.practice_id == OrderLine.practice_id) & (LabOrder.id == OrderLine.order_id))
        .where(
            LabResult.practice_id == practice_id,
            LabOrder.visit_id.in_(visit_ids),
            LabResult.status.in_(("final", "corrected")),
        )
        .order_by(LabResult.line_id, LabResult.version)
    )
    last: dict[int, tuple[int, Any]] = {line_id: (result_id, values) for result_id, line_id, values in rows}
    for result_id, values in last.values():
        for each in msgspec.convert(values, list[Measured]):
            yield MeasuredValue(
                source="result",
                id=result_id,
                words=each.analyte,
                value=each.value,
                unit=each.unit,
                loinc=each.loinc,
                flag=each.flag,
            )

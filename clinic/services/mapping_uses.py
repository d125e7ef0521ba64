"""What other systems call things, as visits that are not billed yet use it: read from the record, a query a kind."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Select, and_, exists, func, null, or_, select, union_all
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import Subquery

from clinic.domain.code import ICD10CM
from clinic.domain.mapping import KINDS, LONGEST
from clinic.models import Charge, Coverage, ForeignResource, Mapping, Payer, Problem, Provider, Visit, VisitAct
from clinic.ports import ports

Uses = list[Select[Any]]
"""Of one kind: several where it stands in several tables."""
IN_ERROR: Final = "entered-in-error"


def uses(practice_id: int, kind: str) -> Uses:
    """A row for each use of something foreign: ``key``, ``words``, ``visit_id``, ``on``, ``since``."""
    return _OF_KIND[kind](practice_id)


def keyed_uses(practice_id: int, kind: str, *, decided: bool = False) -> Subquery:
    """The same by key: ``key``, ``words``, ``visits`` (how many), ``first`` and ``last`` (days), ``since``.

    ``decided`` adds what was decided and is used by no such visit any more.
    """
    found: list[Select[Any]] = [*uses(practice_id, kind)]
    if decided:
        nothing = (null().label("visit_id"), null().label("on"), null().label("since"))
        named: tuple[Any, ...] = (Mapping.key, Mapping.words, *nothing)
        kept = select(*named).where(Mapping.practice_id == practice_id, Mapping.kind == kind, ~undecided())
        found.append(kept)
    every = union_all(*found).subquery()
    return (
        select(
            every.c.key,
            func.min(every.c.words).label("words"),
            func.count(every.c.visit_id.distinct()).label("visits"),
            func.min(every.c.on).label("first"),
            func.max(every.c.on).label("last"),
            func.min(every.c.since).label("since"),
        )
        .group_by(every.c.key)
        .subquery()
    )


def undecided() -> ColumnElement[bool]:
    """That a row of ``Mapping`` says nothing: a decision was taken back."""
    chosen = (Mapping.provider_id, Mapping.location_id, Mapping.payer_id, Mapping.charge_id, Mapping.code)
    return and_(~Mapping.not_ours, *(column.is_(None) for column in chosen))


def of_key(practice_id: int, kind: str, key: Any) -> ColumnElement[bool]:
    """That a row of ``Mapping`` is that of a key."""
    return and_(Mapping.practice_id == practice_id, Mapping.kind == kind, Mapping.key == key)


def foreign_key(system: Any, code: Any, words: Any) -> ColumnElement[str]:
    """``clinic.domain.mapping.coded_key`` in SQL."""
    coded = func.coalesce(system, "").concat("|").concat(code)
    return func.substr(func.coalesce(func.nullif(coded, func.coalesce(system, "").concat("|")), words), 1, LONGEST)


def _columns(key: Any, words: Any) -> tuple[Any, ...]:
    return (
        key.label("key"),
        words.label("words"),
        Visit.id.label("visit_id"),
        Visit.on.label("on"),
        Visit.created_at.label("since"),
    )


def _waiting(practice_id: int) -> ColumnElement[bool]:
    return and_(Visit.practice_id == practice_id, ports().visits_unbilled(practice_id))


def _practitioners(practice_id: int) -> Uses:
    """Colleagues whom an import brought and who treated at a visit."""
    name = func.trim(func.coalesce(Provider.first, "").concat(" ").concat(Provider.last))
    return [
        select(*_columns(ForeignResource.key, name))
        .join(Provider, and_(Provider.practice_id == Visit.practice_id, Provider.id == Visit.provider_id))
        .join(ForeignResource, came_as(Provider.practice_id, "provider", Provider.id))
        .where(_waiting(practice_id), Provider.outside)
    ]


def came_as(practice_id: Any, thing: str, thing_id: Any) -> ColumnElement[bool]:
    """That a kept resource is what a row of ours was made of."""
    return and_(
        ForeignResource.practice_id == practice_id,
        ForeignResource.thing == thing,
        ForeignResource.thing_id == thing_id,
    )


def _places(practice_id: int) -> Uses:
    words = func.coalesce(Visit.place_words, Visit.place_key)
    named = (Visit.location_id.is_(None), Visit.place_key.is_not(None))
    return [select(*_columns(Visit.place_key, words)).where(_waiting(practice_id), *named)]


def payer_key() -> ColumnElement[str]:
    """By what a payer is known there: its resource's key; where it came inside another resource, its name."""
    return func.coalesce(ForeignResource.key, Payer.name)


def without_number() -> ColumnElement[bool]:
    """That a payer is not one to whom claims can go: as an import enters those it finds."""
    return func.coalesce(Payer.payer_number, "") == ""


def _payers(practice_id: int) -> Uses:
    in_force = and_(
        or_(Coverage.starts.is_(None), Coverage.starts <= Visit.on),
        or_(Coverage.ends.is_(None), Coverage.ends >= Visit.on),
    )
    return [
        select(*_columns(payer_key(), Payer.name))
        .join(Coverage, and_(Coverage.practice_id == Visit.practice_id, Coverage.patient_id == Visit.patient_id))
        .join(Payer, and_(Payer.practice_id == Coverage.practice_id, Payer.id == Coverage.payer_id))
        .outerjoin(ForeignResource, came_as(Payer.practice_id, "payer", Payer.id))
        .where(_waiting(practice_id), in_force, without_number())
    ]


def _acts(practice_id: int) -> Uses:
    """Acts that do not stand on the charge list as they are."""
    listed = exists().where(
        Charge.practice_id == VisitAct.practice_id,
        Charge.system == VisitAct.system,
        Charge.code == VisitAct.code,
        Charge.active,
    )
    return [
        select(*_columns(foreign_key(VisitAct.system, VisitAct.code, VisitAct.words), VisitAct.words))
        .join(VisitAct, and_(VisitAct.practice_id == Visit.practice_id, VisitAct.visit_id == Visit.id))
        .where(_waiting(practice_id), ~listed)
    ]


def _problems(practice_id: int) -> Uses:
    """Problems that are no codes of ICD-10-CM; of a visit that came in without any, the reason it gives."""
    known = and_(func.coalesce(Problem.system, "") == ICD10CM, Problem.code.is_not(None))
    coded = (
        select(*_columns(foreign_key(Problem.system, Problem.code, Problem.words), Problem.words))
        .join(Problem, and_(Problem.practice_id == Visit.practice_id, Problem.visit_id == Visit.id))
        .where(_waiting(practice_id), Problem.status != IN_ERROR, ~known)
    )
    has = exists().where(
        Problem.practice_id == Visit.practice_id, Problem.visit_id == Visit.id, Problem.status != IN_ERROR
    )
    came = exists().where(came_as(Visit.practice_id, "visit", Visit.id))
    reasons = select(*_columns(func.substr(Visit.reason, 1, LONGEST), Visit.reason)).where(
        _waiting(practice_id), Visit.reason.is_not(None), came, ~has
    )
    return [coded, reasons]


_OF_KIND: Final = {
    "practitioner": _practitioners,
    "place": _places,
    "payer": _payers,
    "act": _acts,
    "problem": _problems,
}
if set(_OF_KIND) != set(KINDS):
    raise RuntimeError("a kind of mapping without its query")

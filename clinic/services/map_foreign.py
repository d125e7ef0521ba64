"""Deciding what things of another system are here, several at once, and taking a decision back.

What is decided is remembered by its key and read whenever a claim is made; the record stays as it came.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select, union

from clinic.codes.release import keyed
from clinic.domain.code import ICD10CM
from clinic.domain.mapping import KINDS, TARGETS, UNDECIDED, Decision
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Charge, Fact, Location, Mapping, Payer, Provider
from clinic.services.acting import Actor, Work, acting
from clinic.services.changing import Overtaken, facts_of, said
from clinic.services.clock import today
from clinic.services.find import Unknown, one
from clinic.services.library import library
from clinic.services.mapping_standing import forget
from clinic.services.mapping_uses import keyed_uses, without_number

RIGHT: Final = "mapping.write"
THING: Final = "mapping"
MOST: Final = 500
"""Decided at once: each leaves a fact and a journal row, and others wait meanwhile."""


def map_foreign(actor: Actor, kind: str, keys: Sequence[str], decision: Decision, *, seen: int | None = None) -> int:
    """Say what the things of these keys are here; gives how many were not that already.

    Args:
        actor: who decides.
        kind: one of ``KINDS``.
        keys: what they are called there.
        decision: one target, or that they are nothing of ours.
        seen: the last fact about mappings that was known when the choice was made (``last_fact``); None asks nothing.

    Raises:
        Refused: nothing was chosen, or a code cannot stand on a claim.
        Unknown: a key that nothing here goes by, or a target the practice does not have.
        Overtaken: someone else has decided about one of them meanwhile.
    """
    if kind not in KINDS:
        raise Unknown(kind)
    if not keys:
        raise Refused(N_("Choose at least one row."), where="pick")
    if decision == UNDECIDED:
        raise Refused(N_("Say what it is here, or that it is not ours."), where="target")
    with acting(actor, RIGHT) as work:
        return _decide(work, kind, keys, _checked(work, kind, keys, decision), seen)


def take_back(actor: Actor, kind: str, keys: Sequence[str], *, seen: int | None = None) -> int:
    """Take back what was decided of these keys; gives of how many something was.

    Raises:
        Refused: nothing was chosen.
        Unknown: a key that nothing here goes by.
        Overtaken: someone else has decided about one of them meanwhile.
    """
    if kind not in KINDS:
        raise Unknown(kind)
    if not keys:
        raise Refused(N_("Choose at least one row."), where="pick")
    with acting(actor, RIGHT) as work:
        return _decide(work, kind, keys, UNDECIDED, seen)


def last_fact(practice_id: int) -> Any:
    """The id of the last fact about mappings, as a query: what a page says it has seen."""
    return select(func.coalesce(func.max(Fact.id), 0)).where(Fact.practice_id == practice_id, Fact.thing == THING)


def decision_of(row: Mapping | None) -> Decision:
    """What a row says."""
    return UNDECIDED if row is None else facts_of(Decision, row)


def _decide(work: Work, kind: str, keys: Sequence[str], decision: Decision, seen: int | None) -> int:
    practice_id = work.actor.practice_id
    type_ = "mapping.taken_back" if decision == UNDECIDED else "mapping.decided"
    wanted = sorted(set(keys))
    if len(wanted) > MOST:
        raise Refused(N_("At most %(most)s rows at once."), where="pick", most=MOST)
    words = _words(work, kind, wanted)
    rows = {
        row.key: row
        for row in work.session.scalars(
            select(Mapping)
            .where(Mapping.practice_id == practice_id, Mapping.kind == kind, Mapping.key.in_(wanted))
            .execution_options(populate_existing=True)
        )
    }
    _not_overtaken(work, list(rows.values()), seen)
    changed = 0
    for key in wanted:
        row = rows.get(key)
        before = decision_of(row)
        if before == decision:
            continue
        if row is None:
            row = Mapping(practice_id=practice_id, kind=kind, key=key)
            work.session.add(row)
        row.words = words[key]
        for name, value in said(decision).items():
            setattr(row, name, value)
        row.decided_by_id, row.decided_at = work.actor.staff_id, work.at
        work.session.flush()
        body = {"kind": kind, "key": key, "words": row.words, "before": said(before), "after": said(decision)}
        work.fact(THING, row.id, type_, body)
        work.journal(THING, row.id, detail=f"{type_} {kind}")
        changed += 1
    if not changed:
        work.journal("practice", practice_id, detail=f"{THING} unchanged")
    forget(practice_id)
    return changed


def _words(work: Work, kind: str, keys: list[str]) -> dict[str, str]:
    """What the things are called there.

    Raises:
        Unknown: nothing of the practice goes by a key, and nothing was decided of it.
    """
    practice_id = work.actor.practice_id
    used = keyed_uses(practice_id, kind)
    kept = select(Mapping.key, Mapping.words).where(
        Mapping.practice_id == practice_id, Mapping.kind == kind, Mapping.key.in_(keys)
    )
    found = union(kept, select(used.c.key, used.c.words).where(used.c.key.in_(keys)))
    words = {key: said_there for key, said_there in work.session.execute(found)}  # noqa: C416  rows are tuples
    if set(words) != set(keys):
        raise Unknown(kind)
    return words


def _not_overtaken(work: Work, rows: list[Mapping], seen: int | None) -> None:
    if seen is None or not rows:
        return
    newer = select(Fact.thing_id).where(
        Fact.practice_id == work.actor.practice_id,
        Fact.thing == THING,
        Fact.thing_id.in_([row.id for row in rows]),
        Fact.id > seen,
    )
    changed = work.session.scalars(newer.limit(1)).first()
    if changed is not None:
        raise Overtaken(decision_of(next(row for row in rows if row.id == changed)))


def _checked(work: Work, kind: str, keys: Sequence[str], decision: Decision) -> Decision:
    """The decision as it is kept: one target of the kind, of this practice.

    Raises:
        Refused: the target is of another kind, or cannot be billed with.
        Unknown: there is no such target.
    """
    target = getattr(decision, TARGETS[kind])
    if decision.not_ours:
        return Decision(not_ours=True)
    if target is None:
        raise Refused(N_("Say what it is here, or that it is not ours."), where="target")
    if kind == "practitioner":
        if one(work.actor, Provider, target).outside:
            raise Refused(N_("Only a provider of the house can render here."), where="target")
        return Decision(provider_id=target)
    if kind == "place":
        return Decision(location_id=one(work.actor, Location, target).id)
    if kind == "act":
        if not one(work.actor, Charge, target).active:
            raise Refused(
                N_("This charge is no longer in use."),
                where="target",
                remedy=N_("Choose one that is, or bring it back."),
            )
        return Decision(charge_id=target)
    if kind == "payer":
        return Decision(payer_id=_payer(work, target))
    return Decision(system=ICD10CM, code=_diagnosis(work, kind, keys, target))


def _payer(work: Work, payer_id: int) -> int:
    one(work.actor, Payer, payer_id)
    nameless = select(Payer.id).where(Payer.id == payer_id, without_number())
    if work.session.scalar(nameless) is not None:
        raise Refused(
            N_("This payer has no number itself."),
            where="target",
            remedy=N_("Give it the one from the clearinghouse's list, or choose another."),
        )
    return payer_id


def _diagnosis(work: Work, kind: str, keys: Sequence[str], text: str) -> str:
    """A code that may stand on a claim, judged on the last day on which it is needed (law 11)."""
    used = keyed_uses(work.actor.practice_id, kind)
    on: date = work.session.scalar(select(func.max(used.c.last)).where(used.c.key.in_(list(keys)))) or today()
    entry = library().lookup(ICD10CM, keyed(ICD10CM, text), on)
    if entry is None:
        raise Refused(
            N_("“%(code)s” is no code of ICD-10-CM."), where="target", remedy=N_("Choose one of the list."), code=text
        )
    if not entry.billable:
        raise Refused(
            N_("“%(code)s” is a group of codes."),
            where="target",
            remedy=N_("Choose a code below it that says more."),
            code=text,
        )
    return entry.value

"""What a practice remembers of suggestions: read for a claim, carried along with each fact, forgotten when asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import select

from billing.coding.story import body_of
from billing.coding.suggest.memory import Count, Habit, Key, Told, Verdict, habit
from billing.models import SuggestionMemory
from billing.services.telling import THING
from clinic.base import db
from clinic.domain.code import Code
from clinic.domain.value import Value, as_json
from clinic.models import Fact
from clinic.services.acting import Actor, Work, acting
from clinic.services.changing import held

SAID = ("claim.changed", "claim.suggestion_refused")
"""Facts that may tell of a suggestion."""
MOST = 300
"""Rows that are listed."""


class Forgotten(Value, frozen=True, kw_only=True):
    """``suggestion_memory.forgotten`` version 1: what was not to be remembered any longer."""

    words: str
    suggested: Code
    chosen: Code | None = None
    times: int


def told_of(practice_id: int, claim_id: int) -> list[Told]:
    """The facts of a claim that may tell of suggestions, in order."""
    rows = db.session.execute(
        select(Fact.type, Fact.version, Fact.body, Fact.at)
        .where(
            Fact.practice_id == practice_id,
            Fact.thing == THING,
            Fact.thing_id == claim_id,
            Fact.type.in_(SAID),
        )
        .order_by(Fact.sequence)
    )
    return [Told(body_of(type_, version, body), at) for type_, version, body, at in rows if "grounds" in body]


def habits(practice_id: int, keys: Collection[Key]) -> dict[Key, Habit]:
    """What the practice usually makes of these suggestions. One statement, none where there are none."""
    if not keys:
        return {}
    rows = db.session.scalars(
        select(SuggestionMemory).where(
            SuggestionMemory.practice_id == practice_id,
            SuggestionMemory.times > 0,
            SuggestionMemory.suggested.in_(sorted({suggested.value for _, suggested in keys})),
            SuggestionMemory.words.in_(sorted({words for words, _ in keys})),
        )
    )
    found: dict[Key, list[Count]] = defaultdict(list)
    for row in rows:
        key = row.words, Code(row.system, row.suggested)
        if key in keys:
            found[key].append(Count(_chosen(row), row.times, row.last_on))
    return {key: usual for key, counts in found.items() if (usual := habit(counts)) is not None}


def learn(work: Work, before: Mapping[Key, Verdict], after: Mapping[Key, Verdict]) -> None:
    """Carry the counts along with what was just said of a claim's suggestions."""
    for key in {*before, *after}:
        was, now = before.get(key), after.get(key)
        if was == now:
            continue
        if was is not None:
            row = _row(work, key, was.chosen)
            if row is not None and row.times and (row.forgotten_at is None or was.at > row.forgotten_at):
                row.times -= 1
        if now is not None:
            _count(work, key, now)


def forget(actor: Actor, row_id: int) -> None:
    """Count a choice from nothing again: what was made of it until now says nothing any more.

    Raises:
        Unknown: there is no such row.
    """
    with acting(actor, "suggestion.forget") as work:
        row = held(work, SuggestionMemory, row_id)
        body = Forgotten(
            words=row.words, suggested=Code(row.system, row.suggested), chosen=_chosen(row), times=row.times
        )
        work.fact("suggestion_memory", row.id, "suggestion_memory.forgotten", as_json(body))
        row.times, row.forgotten_at = 0, work.at
        work.journal("suggestion_memory", row.id, detail="forgotten")


def remembered(actor: Actor) -> list[SuggestionMemory]:
    """All that is remembered, what was chosen most often first."""
    return list(
        db.session.scalars(
            select(SuggestionMemory)
            .where(SuggestionMemory.practice_id == actor.practice_id, SuggestionMemory.times > 0)
            .order_by(SuggestionMemory.times.desc(), SuggestionMemory.words, SuggestionMemory.id)
            .limit(MOST)
        )
    )


def _count(work: Work, key: Key, verdict: Verdict) -> None:
    row = _row(work, key, verdict.chosen)
    if row is None:
        words, suggested = key
        chosen = verdict.chosen
        row = SuggestionMemory(
            practice_id=work.actor.practice_id,
            system=suggested.system,
            suggested=suggested.value,
            words=words,
            chosen_system=chosen.system if chosen else "",
            chosen=chosen.value if chosen else "",
            times=0,
            last_on=verdict.at.date(),
            forgotten_at=None,
        )
        work.session.add(row)
    row.times += 1
    row.last_on = verdict.at.date()
    work.session.flush()


def _row(work: Work, key: Key, chosen: Code | None) -> SuggestionMemory | None:
    words, suggested = key
    return work.session.scalar(
        select(SuggestionMemory).where(
            SuggestionMemory.practice_id == work.actor.practice_id,
            SuggestionMemory.system == suggested.system,
            SuggestionMemory.suggested == suggested.value,
            SuggestionMemory.words == words,
            SuggestionMemory.chosen_system == (chosen.system if chosen else ""),
            SuggestionMemory.chosen == (chosen.value if chosen else ""),
        )
    )


def _chosen(row: SuggestionMemory) -> Code | None:
    return Code(row.chosen_system, row.chosen) if row.chosen else None

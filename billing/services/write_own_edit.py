"""Writing an edit of the practice's own, and changing it: what it says now is a new version, off until it was tried."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from billing.edits.own import Rule
from billing.edits.own.rule import in_order
from billing.models import OwnEdit
from billing.services.own_edits import tell_that_they_changed
from clinic.domain.value import Value
from clinic.services.acting import Actor, Work, acting
from clinic.services.changing import enter, facts_of, held, tell_change
from clinic.services.number import next_number


class OwnEditFacts(Value, frozen=True, kw_only=True):
    """What is told of one."""

    rule: Rule
    version: int
    active: bool


def write_own_edit(actor: Actor, rule: Rule) -> int:
    """Write one; gives its id. It is off.

    Raises:
        Refused: the rule is none.
    """
    kept = in_order(rule)
    with acting(actor, "edits.write") as work:
        return _write(work, kept)


def take_own_edits(actor: Actor, rules: Sequence[Rule]) -> int:
    """Write all of them, as they came in a file; gives how many.

    Raises:
        Refused: one of them is none. Nothing is written.
    """
    kept = [in_order(each) for each in rules]
    with acting(actor, "edits.write") as work:
        for each in kept:
            _write(work, each)
        if not kept:
            work.journal("practice", actor.practice_id, detail="no edits")
    return len(kept)


def change_own_edit(actor: Actor, edit_id: int, rule: Rule, seen: str) -> None:
    """Change what one says. It goes off: what it says now was not tried.

    Raises:
        Refused: the rule is none.
        Unknown: there is no such edit.
        Overtaken: someone else changed it meanwhile.
    """
    kept = in_order(rule)
    with acting(actor, "edits.write") as work:
        row = held(work, OwnEdit, edit_id)
        before = facts_of(OwnEditFacts, row)
        same = before.rule == kept
        after = before if same else OwnEditFacts(rule=kept, version=before.version + 1, active=False)
        if tell_change(work, row, before, after, seen):
            row.rule, row.version, row.active, row.tried = msgspec.to_builtins(kept), after.version, False, None
            if before.active:
                tell_that_they_changed(work)


def _write(work: Work, rule: Rule) -> int:
    number = next_number(work, "own_edit")
    facts = OwnEditFacts(rule=rule, version=1, active=False)
    row = OwnEdit(
        practice_id=work.actor.practice_id, number=number, rule=msgspec.to_builtins(rule), version=1, active=False
    )
    return enter(work, row, facts)

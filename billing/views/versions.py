"""Two versions of a claim side by side: as it was held, as it left, as it is now; what differs, field by field."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import Blueprint, render_template, request

from billing.coding.narrate import Ref, refs, shown
from billing.domain.differences import Difference
from billing.edits.places import Place, place
from billing.models import ClaimRecord
from billing.services.claim_versions import NOW, Compared, Listed, listed, pair, submitted
from billing.services.history import Event, history
from billing.views.claims import READ
from billing.views.saying import Sayer
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.services.find import Unknown, one
from clinic.views.guard import actor
from clinic.views.shell import practice_name

screens = Blueprint("versions", __name__, url_prefix="/claims")


class Row(NamedTuple):
    """A field that differs, with where it stands on paper and in the file."""

    path: str
    place: Place
    before: Any
    after: Any


@screens.get("/<int:claim_id>/versions")
@requires("claim.read")
def show(claim_id: int) -> str:
    """The two versions chosen; without a choice the last that was held or left beside that of now."""
    record = one(actor(), ClaimRecord, claim_id, *READ)
    seen(record.patient_id)
    practice_name()  # the shell holds the practice for the request: nobody asks for it again
    events = history(record)
    left = {kept.digest: kept for _submission, kept in submitted(record)}
    first = request.args.get("a") or _last_held(events)
    second = request.args.get("b") or NOW
    try:
        found = pair(record, events, left, (first, second))
    except KeyError:
        raise Unknown("version") from None
    choices = listed(events, None)
    for side in (found.before.listed, found.after.listed):
        if side.key not in {each.key for each in choices}:
            choices.append(side)
    rows = [_row(record, found, difference) for difference in found.found]
    wanted = {ref for choice in choices if choice.event for ref in refs(choice.event.tellings)}
    wanted |= {value for row in rows for value in (row.before, row.after) if isinstance(value, Ref)}
    wanted |= {Ref("staff", each.fact.actor_id) for each in events if each.fact.actor_id is not None}
    return render_template(
        "billing/claim_versions.html",
        record=record,
        found=found,
        rows=rows,
        choices=sorted(choices, key=_newest_first),
        say=Sayer(record.practice_id, wanted),
    )


def _last_held(events: list[Event]) -> str:
    """What was held or left last; of a claim that never was, its first fact."""
    held = [choice for choice in listed(events, None) if choice.event is not None]
    return held[0].key if held else str(events[0].fact.sequence)


def _newest_first(choice: Listed) -> tuple[bool, int]:
    return choice.event is not None, 0 if choice.event is None else -choice.event.fact.sequence


def _row(record: ClaimRecord, found: Compared, difference: Difference) -> Row:
    path, before, after = difference.path, difference.before, difference.after
    if found.level == "coding":
        name = path.rsplit(".", 1)[-1]
        return Row(path, Place(), shown(name, before), shown(name, after))
    claim: Any = found.after.claim
    where = place(record.kind, path, patient_is_subscriber=claim.coverage.relationship == "18")
    if path.endswith(".pointers"):
        before, after = (shown("pointers", value) for value in (before, after))
    elif path.removeprefix("part.") in {"frequency", "assignment", "accident"}:
        before, after = (shown(path.removeprefix("part."), value) for value in (before, after))
    return Row(path, where, before, after)

"""Where a claim stands: the fold of its facts (law 2). Four axes, never one status (law 4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from billing.coding.changes import Change, PutLines, TakeLines, apply
from billing.coding.coding import Coding
from billing.coding.grounds import Grounds, SuggestionRefused
from billing.coding.level.found import LevelFound
from billing.coding.questions import QuestionAnswered, QuestionAsked, QuestionClosed
from clinic.domain.value import Value

Preparation = Literal["coding", "coded", "reviewed", "signed"]
Journey = Literal["none", "printed", "sent", "withdrawn"]
"""``printed``: on paper that nobody has said was mailed. ``withdrawn``: given up here before it left."""
Adjudication = Literal["none"]
Owes = Literal["payer", "patient", "nobody"]


class Stop(Value, frozen=True, kw_only=True):
    """Why a claim could not leave: a message id with its parameters, and what to do."""

    what: str
    params: dict[str, str | int] | None = None
    remedy: str | None = None


class Standing(Value, frozen=True, kw_only=True):
    """A claim as its facts leave it."""

    number: str
    kind: str
    patient_id: int
    service_on: str
    """ISO date of the first service day."""
    visits: tuple[int, ...]
    """The visits it bills; none where there was no visit, as for a laboratory's specimen."""
    coding: Coding
    preparation: Preparation
    journey: Journey
    adjudication: Adjudication
    owes: Owes
    blocks: int
    warnings: int
    open_questions: int
    """Questions on it that are not closed: their answer is awaited, or nobody has taken it up yet."""
    sequence: int
    digest: str | None = None
    assigned_to_id: int | None = None
    coded_by: int | None = None
    """Who finished the coding last: the first pair of eyes."""
    reviewed_by: int | None = None
    signed_by: int | None = None
    due_on: str | None = None
    """ISO date by which its payer must have it, None where the payer sets no limit."""
    returned: bool = False
    """Sent back, and its coding not finished since."""
    stopped: Stop | None = None
    """Why it stayed behind when it was last sent; any change or step takes that back."""


class Opened(Value, frozen=True, kw_only=True):
    """``claim.opened``; since version 2 with its deadline and the claim it was divided from."""

    number: str
    kind: str
    patient_id: int
    service_on: str
    visits: tuple[int, ...]
    coding: Coding
    blocks: int
    warnings: int
    due_on: str | None = None
    divided_from: int | None = None
    """The claim whose lines these were."""


class Changed(Value, frozen=True, kw_only=True):
    """``claim.changed``: what the biller did, and what the edits said; since 2 the deadline, since 3 grounds."""

    change: Change
    blocks: int
    warnings: int
    due_on: str | None = None
    grounds: Grounds | None = None
    """The suggestion that the change came of, and the words it rests on."""


class Held(Value, frozen=True, kw_only=True):
    """``claim.coded``, ``claim.reviewed``, ``claim.signed`` version 1: bound to the digest of what was seen."""

    digest: str


class Sent(Value, frozen=True, kw_only=True):
    """``claim.sent``, ``claim.printed`` version 1: what left, or lies in the tray."""

    submission_id: int
    digest: str


class OfSubmission(Value, frozen=True, kw_only=True):
    """``claim.mailed``, ``claim.spoiled`` version 1: what became of a printed claim's paper."""

    submission_id: int


class Stopped(Value, frozen=True, kw_only=True):
    """``claim.stopped`` version 1: it was to be sent and stayed behind."""

    why: Stop


class OfVisit(Value, frozen=True, kw_only=True):
    """``claim.visit_added``, ``claim.visit_removed`` version 1."""

    visit_id: int


class Withdrawn(Value, frozen=True, kw_only=True):
    """``claim.withdrawn``: given up before it left, for the reason the fact holds or for another claim.

    It bills nothing any more, so its visits wait to be coded again where no other claim bills them; since version 2
    unless it says that they are done.
    """

    into: int | None = None
    """The claim that its lines went to."""
    visit_done: bool = False
    """Nothing is to be billed for its visits: they stay with it."""


class Assigned(Value, frozen=True, kw_only=True):
    """``claim.assigned`` version 1."""

    staff_id: int | None = None


class DueMoved(Value, frozen=True, kw_only=True):
    """``claim.due_moved`` version 1: its payer's limit is another one than when the claim was last changed."""

    due_on: str | None = None


class Returned(Value, frozen=True, kw_only=True):
    """``claim.returned`` version 1: back to coding, for the reason the fact holds."""


BODIES: dict[tuple[str, int], type[Value]] = {
    ("claim.opened", 1): Opened,
    ("claim.opened", 2): Opened,
    ("claim.changed", 1): Changed,
    ("claim.changed", 2): Changed,
    ("claim.changed", 3): Changed,
    ("claim.suggestion_refused", 1): SuggestionRefused,
    ("claim.coded", 1): Held,
    ("claim.reviewed", 1): Held,
    ("claim.signed", 1): Held,
    ("claim.sent", 1): Sent,
    ("claim.assigned", 1): Assigned,
    ("claim.returned", 1): Returned,
    ("claim.printed", 1): Sent,
    ("claim.mailed", 1): OfSubmission,
    ("claim.spoiled", 1): OfSubmission,
    ("claim.stopped", 1): Stopped,
    ("claim.visit_added", 1): OfVisit,
    ("claim.visit_removed", 1): OfVisit,
    ("claim.due_moved", 1): DueMoved,
    ("claim.withdrawn", 1): Withdrawn,
    ("claim.withdrawn", 2): Withdrawn,
    ("claim.asked", 1): QuestionAsked,
    ("claim.answered", 1): QuestionAnswered,
    ("claim.question_closed", 1): QuestionClosed,
    ("claim.level_found", 1): LevelFound,
}
"""Every body ever written. What a shape said is never changed: a field added is a new version, read by the same class
(it is absent from the older ones), any other change a new class beside it."""

LATEST = dict(sorted(BODIES))
"""The version in which each fact is written now."""


def body_of(type_: str, version: int, body: dict[str, Any]) -> Value:
    """A kept body as the value it was.

    Raises:
        KeyError: a fact this release has never written.
    """
    return msgspec.convert(body, BODIES[type_, version], strict=True)


def begin(opened: Opened) -> Standing:
    """A claim with its first fact."""
    return Standing(
        number=opened.number,
        kind=opened.kind,
        patient_id=opened.patient_id,
        service_on=opened.service_on,
        visits=opened.visits,
        coding=opened.coding,
        preparation="coding",
        journey="none",
        adjudication="none",
        owes="payer",
        blocks=opened.blocks,
        warnings=opened.warnings,
        open_questions=0,
        sequence=1,
        due_on=opened.due_on,
    )


def after(standing: Standing, type_: str, body: Value, actor_id: int | None) -> Standing:
    """The claim with one more fact. A change of the coding undoes what was coded, reviewed or signed."""
    stopped = standing.stopped if type_ in UNMOVED else None
    standing = replace(standing, sequence=standing.sequence + 1, stopped=stopped)
    return _AFTER[type_](standing, body, actor_id)


def _in_coding(standing: Standing) -> Standing:
    return replace(standing, preparation="coding", digest=None, coded_by=None, reviewed_by=None, signed_by=None)


def _changed(standing: Standing, body: Changed, _actor_id: int | None) -> Standing:
    coding = apply(standing.coding, body.change)
    return replace(
        _in_coding(standing),
        coding=coding,
        service_on=_first_day(standing, coding)
        if isinstance(body.change, PutLines | TakeLines)
        else standing.service_on,
        blocks=body.blocks,
        warnings=body.warnings,
        due_on=body.due_on,
    )


def _first_day(standing: Standing, coding: Coding) -> str:
    """Lines that come or go take their day along."""
    return min((line.service.start.isoformat() for line in coding.lines), default=standing.service_on)


def _held(preparation: Preparation, by: str) -> Transition:
    def held(standing: Standing, body: Held, actor_id: int | None) -> Standing:
        return replace(standing, preparation=preparation, digest=body.digest, **{by: actor_id})

    return held


def _visit_removed(standing: Standing, body: OfVisit, _actor_id: int | None) -> Standing:
    return replace(_in_coding(standing), visits=tuple(visit for visit in standing.visits if visit != body.visit_id))


def _withdrawn(standing: Standing, body: Withdrawn, _actor_id: int | None) -> Standing:
    visits = standing.visits if body.visit_done else ()
    return replace(standing, journey="withdrawn", owes="nobody", visits=visits)


UNMOVED = frozenset(
    {
        "claim.assigned",
        "claim.due_moved",
        "claim.asked",
        "claim.answered",
        "claim.level_found",
        "claim.suggestion_refused",
    }
)
"""Facts that say nothing about the claim itself: it has waited as long as before, and stays held."""

ASIDE = UNMOVED | {"claim.question_closed"}
"""Facts after which a claim's codes are still what a person sees: they do not come between a page and its acts."""

Transition = Callable[[Standing, Any, int | None], Standing]
"""From a claim, a fact's body and who told it, to the claim after it."""

_AFTER: dict[str, Transition] = {
    "claim.changed": _changed,
    "claim.visit_added": lambda claim, body, _: replace(_in_coding(claim), visits=(*claim.visits, body.visit_id)),
    "claim.visit_removed": _visit_removed,
    "claim.returned": lambda claim, _body, _: replace(_in_coding(claim), returned=True),
    "claim.coded": lambda claim, body, by: replace(_held("coded", "coded_by")(claim, body, by), returned=False),
    "claim.reviewed": _held("reviewed", "reviewed_by"),
    "claim.signed": _held("signed", "signed_by"),
    "claim.printed": lambda claim, body, _: replace(claim, journey="printed", digest=body.digest),
    "claim.mailed": lambda claim, _body, _: replace(claim, journey="sent"),
    "claim.spoiled": lambda claim, _body, _: replace(claim, journey="none"),
    "claim.sent": lambda claim, body, _: replace(claim, journey="sent", digest=body.digest),
    "claim.withdrawn": _withdrawn,
    "claim.stopped": lambda claim, body, _: replace(claim, stopped=body.why),
    "claim.due_moved": lambda claim, body, _: replace(claim, due_on=body.due_on),
    "claim.assigned": lambda claim, body, _: replace(claim, assigned_to_id=body.staff_id),
    "claim.asked": lambda claim, _body, _: replace(claim, open_questions=claim.open_questions + 1),
    "claim.answered": lambda claim, _body, _: claim,
    "claim.question_closed": lambda claim, _body, _: replace(claim, open_questions=claim.open_questions - 1),
    "claim.level_found": lambda claim, _body, _: claim,
    "claim.suggestion_refused": lambda claim, _body, _: claim,
}
"""What each fact does to a claim (law 7)."""

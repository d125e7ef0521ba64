"""A case of a dental laboratory as its facts leave it, and the one table of what each act may follow.

Its state is one axis: prepared, sent, back to be tried in, received, seated; or made again, or cancelled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from msgspec.structs import replace

from clinic.domain.value import Value
from lab.domain import dental_case_events as of
from lab.domain.container import NotPossible
from lab.domain.working_days import working_days_before

State = Literal["prepared", "sent", "try_in", "received", "seated", "remade", "cancelled"]
UNDER_WAY: frozenset[State] = frozenset({"prepared", "sent", "try_in", "received"})


class Case(Value, frozen=True, kw_only=True):
    """A case under way or done."""

    number: str
    patient_id: int
    location_id: int
    prescription: of.Prescription
    state: State
    sequence: int
    last_at: datetime
    provider_id: int | None = None
    soiled: bool = False
    """What would go out was in a mouth and is not disinfected since."""
    disinfected_at: datetime | None = None
    disinfected_by: int | None = None
    product: str | None = None
    sent_at: datetime | None = None
    """The last time."""
    sends: int | None = None
    courier: str | None = None
    tracking: str | None = None
    try_ins: int | None = None
    tried: bool = False
    """The present try-in was in the mouth."""
    received_at: datetime | None = None
    lot: str | None = None
    seated_at: datetime | None = None
    remake_id: int | None = None
    remake_code: str | None = None
    remakes: int | None = None
    first: int | None = None
    remake_reason: str | None = None

    @property
    def send_by(self) -> date | None:
        """The day by which it must leave: the laboratory's working days before the seat visit."""
        asked = self.prescription
        return None if asked.seat_on is None else working_days_before(asked.seat_on, asked.days)

    @property
    def back_by(self) -> date | None:
        """The day by which it must be back: the working day before the seat visit."""
        asked = self.prescription
        return None if asked.seat_on is None else working_days_before(asked.seat_on, 1)

    @property
    def due_on(self) -> date | None:
        """The day that counts now; None where there is none, or nothing is due any more."""
        if self.state in {"prepared", "try_in"}:
            return self.send_by
        if self.state == "sent":
            return self.back_by
        return self.prescription.seat_on if self.state == "received" else None


class Told(NamedTuple):
    """One fact as it is folded."""

    type: str
    body: Any
    actor_id: int | None


class Act(NamedTuple):
    """A row of the table: in which states an act may be told, and what it does."""

    follows: frozenset[State]
    does: Callable[[Case, Any, int | None], Case]


def begin(body: of.Opened) -> Case:
    """A case with its first fact."""
    return Case(
        number=body.number,
        patient_id=body.patient_id,
        location_id=body.location_id,
        provider_id=body.provider_id,
        prescription=body.prescription,
        state="prepared",
        sequence=1,
        last_at=body.at,
        soiled=body.prescription.record == "impression",
        remakes=body.remakes,
        first=body.first,
        remake_reason=body.remake_reason,
    )


def after(was: Case, type_: str, body: Any, actor_id: int | None) -> Case:
    """The case with one more fact.

    Raises:
        NotPossible: it does not fit what happened before.
    """
    act = ACTS[type_]
    _must(was.state in act.follows, "case_state")
    beside = type_ == "case.noted"
    _must(beside or body.at >= was.last_at, "before_last")
    told = act.does(was, body, actor_id)
    return replace(told, sequence=was.sequence + 1, last_at=was.last_at if beside else body.at)


def may(was: Case, type_: str) -> bool:
    """Whether an act of that kind fits where the case stands; what it says is looked at when it is told."""
    return was.state in ACTS[type_].follows


def fold(told: Sequence[Told]) -> Case:
    """The case that its facts make, in their order; what was undone is left out."""
    standing = begin(told[0].body)
    gone = undone(told)
    for sequence, fact in enumerate(told[1:], start=2):
        if sequence in gone or fact.type == "case.undone":
            standing = replace(standing, sequence=sequence)
        else:
            standing = after(standing, *fact)
    return standing


def undone(told: Sequence[Told]) -> frozenset[int]:
    """Sequences of the facts that were taken back."""
    return frozenset(fact.body.sequence for fact in told if fact.type == "case.undone")


KEPT = frozenset({"case.opened", "case.remade"})
"""What undoing never takes back: the beginning, and what another case stands on. Notes are passed over."""


def last_to_undo(told: Sequence[Told]) -> int:
    """The sequence of the last act that can be taken back.

    Raises:
        NotPossible: there is none.
    """
    gone = undone(told)
    for sequence in range(len(told), 1, -1):
        type_ = told[sequence - 1].type
        if sequence in gone or type_ in {"case.undone", "case.noted"}:
            continue
        if type_ in KEPT:
            break
        return sequence
    raise NotPossible("nothing_to_undo")


def _must(fits: bool, code: str) -> None:
    if not fits:
        raise NotPossible(code)


def _changed(was: Case, body: of.Changed, _by: int | None) -> Case:
    if body.prescription.record == was.prescription.record:
        return replace(was, prescription=body.prescription)
    # another impression, or a scan in its stead: what was disinfected is not what goes
    soiled = body.prescription.record == "impression"
    return replace(
        was, prescription=body.prescription, soiled=soiled, disinfected_at=None, disinfected_by=None, product=None
    )


def _moved(was: Case, body: of.Moved, _by: int | None) -> Case:
    return replace(was, prescription=replace(was.prescription, seat_on=body.seat_on))


def _disinfected(was: Case, body: of.Disinfected, by: int | None) -> Case:
    _must(was.soiled, "clean")
    return replace(was, soiled=False, disinfected_at=body.at, disinfected_by=by, product=body.product)


def _sent(was: Case, body: of.Sent, _by: int | None) -> Case:
    _must(was.state != "try_in" or was.tried, "not_tried")
    _must(not was.soiled, "not_disinfected")
    return replace(
        was,
        state="sent",
        tried=False,
        sent_at=body.at,
        sends=(was.sends or 0) + 1,
        courier=body.courier,
        tracking=body.tracking,
    )


def _returned(was: Case, body: of.Returned, _by: int | None) -> Case:
    lot = body.lot or was.lot
    if body.finished:
        return replace(was, state="received", received_at=body.at, lot=lot)
    return replace(was, state="try_in", try_ins=(was.try_ins or 0) + 1, tried=False, lot=lot)


def _tried(was: Case, _body: of.Tried, _by: int | None) -> Case:
    _must(not was.tried, "tried")
    return replace(was, tried=True, soiled=True)


def _seated(was: Case, body: of.Passed, _by: int | None) -> Case:
    return replace(was, state="seated", seated_at=body.at)


def _remade(was: Case, body: of.Remade, _by: int | None) -> Case:
    return replace(was, state="remade", remake_id=body.remake_id, remake_code=body.code)


def _cancelled(was: Case, _body: of.Passed, _by: int | None) -> Case:
    return replace(was, state="cancelled")


def _noted(was: Case, _body: of.Noted, _by: int | None) -> Case:
    return was


EVERY: frozenset[State] = UNDER_WAY | {"seated", "remade", "cancelled"}

ACTS: dict[str, Act] = {
    "case.changed": Act(frozenset({"prepared"}), _changed),
    "case.moved": Act(UNDER_WAY, _moved),
    "case.disinfected": Act(frozenset({"prepared", "try_in"}), _disinfected),
    "case.sent": Act(frozenset({"prepared", "try_in"}), _sent),
    "case.returned": Act(frozenset({"sent"}), _returned),
    "case.tried": Act(frozenset({"try_in"}), _tried),
    "case.seated": Act(frozenset({"received"}), _seated),
    "case.remade": Act(frozenset({"sent", "try_in", "received", "seated"}), _remade),
    "case.cancelled": Act(UNDER_WAY, _cancelled),
    "case.noted": Act(EVERY, _noted),
}
"""The table of acts (law 7): what each may follow, and what it does."""

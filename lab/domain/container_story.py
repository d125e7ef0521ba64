"""A container from its facts: the first, the fold of all, and what of it can be taken back (law 2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from lab.domain.container import Container, NotPossible
from lab.domain.container_acts import after


class Told(NamedTuple):
    """One fact as it is folded."""

    type: str
    body: Any
    actor_id: int | None


def begin(type_: str, body: Any, actor_id: int | None) -> Container:
    """A container with its first fact: planned, or poured off another."""
    common = {
        "number": body.number,
        "holder": body.holder,
        "cap": body.cap,
        "patient_id": body.patient_id,
        "needs": body.needs,
        "visit_id": body.visit_id,
        "order_id": body.order_id,
        "site": body.site,
        "sequence": 1,
    }
    if type_ == "specimen.planned":
        return Container(
            **common, state="planned", piece=body.piece, set_number=body.set_number, recollects=body.recollects
        )
    return Container(
        **common,
        state="collected",
        parent_id=body.parent_id,
        child=body.child,
        collected_at=body.collected_at,
        collected_by=body.collected_by if body.collected_by is not None else actor_id,
        method=body.method,
        volume_ul=body.volume_ul,
        remaining_ul=body.volume_ul,
        stays=body.stays,
        last_at=body.at,
        poured_at=body.at,
    )


def fold(told: Sequence[Told]) -> Container:
    """The container that the facts make, in the order of their sequence; what was undone is left out."""
    standing = begin(*told[0])
    gone = undone(told)
    for sequence, fact in enumerate(told[1:], start=2):
        if sequence in gone or fact.type == "specimen.undone":
            standing = replace(standing, sequence=sequence)
        else:
            standing = after(standing, *fact)
    return standing


def undone(told: Iterable[Told]) -> frozenset[int]:
    """Sequences of the facts that were taken back."""
    return frozenset(fact.body.sequence for fact in told if fact.type == "specimen.undone")


KEPT = frozenset(
    {
        "specimen.planned",
        "specimen.poured",
        "specimen.packed",
        "specimen.unpacked",
        "specimen.sent",
        "specimen.recalled",
        "specimen.received",
        "specimen.rejected",
        "specimen.resulted",
        "specimen.voided",
    }
)
"""What undoing never takes back: beginnings, what others were told (a wrong result is corrected), and what a package
has its own acts for. A label that was printed lies about: undoing passes over it."""


def last_to_undo(told: Sequence[Told]) -> int:
    """The sequence of the last act that can be taken back.

    Raises:
        NotPossible: there is none, or it is one that others know of.
    """
    gone = undone(told)
    for sequence in range(len(told), 1, -1):
        fact = told[sequence - 1]
        if sequence in gone or fact.type == "specimen.undone":
            continue
        if fact.type == "specimen.labeled":
            continue
        if fact.type in KEPT:
            break
        return sequence
    raise NotPossible("nothing_to_undo")

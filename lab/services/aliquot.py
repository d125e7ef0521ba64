"""Aliquots: poured off a container, they inherit whose it is, when it was drawn, and its clock."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import func, select

from clinic.services.acting import Actor
from lab.domain.container import Container, NotPossible
from lab.domain.events import Aliquoted, Poured
from lab.domain.need import Need
from lab.domain.refusals import refused
from lab.models import Specimen
from lab.services.at_the_bench import Hand, in_hand
from lab.services.specimens import begin_specimen, container_of, offer, tell

VIAL = "vial"
"""The holder of an aliquot, unless another is named."""


def aliquot(
    actor: Actor,
    specimen_id: int,
    volume_ul: int,
    at: datetime | None = None,
    *,
    tests: Collection[str] = (),
    number: str | None = None,
    holder: str = VIAL,
    cap: str = "none",
) -> int:
    """Pour some off into a container of its own, for all tests still to be done or for those named; gives its id.

    Raises:
        Refused: it is more than is left, none, or the container is not there to be poured from.
    """
    with in_hand(actor, specimen_id, at) as hand:
        parent = container_of(hand.row)
        if parent.collected_at is None:
            raise refused(NotPossible("not_collected"), hand.row.number)
        order = 1 + _poured(hand)
        needs = _asked(parent, tests)
        told = Aliquoted(
            at=hand.at,
            child_id=0,
            child_number=number or f"{parent.number}-{order}",
            volume_ul=volume_ul,
            tests=tuple(need.test for need in needs),
        )
        offer(hand.work, parent, "specimen.aliquoted", told)
        poured = Poured(
            number=told.child_number,
            holder=holder,
            cap=cap,
            patient_id=parent.patient_id,
            parent_id=hand.row.id,
            at=hand.at,
            collected_at=parent.collected_at,
            volume_ul=volume_ul,
            needs=needs,
            stays=parent.stays,
            visit_id=parent.visit_id,
            order_id=parent.order_id,
            child=order,
            collected_by=parent.collected_by,
            method=parent.method,
            site=parent.site,
        )
        child = begin_specimen(hand.work, "specimen.poured", poured, hand.row.location_id)
        tell(hand.work, hand.row, "specimen.aliquoted", replace(told, child_id=child.id))
        return child.id


def _poured(hand: Hand) -> int:
    """How many were ever poured off it; those taken back keep their numbers."""
    wanted = select(func.count()).where(Specimen.practice_id == hand.row.practice_id, Specimen.parent_id == hand.row.id)
    return hand.work.session.scalar(wanted) or 0


def _asked(parent: Container, tests: Collection[str]) -> tuple[Need, ...]:
    left = tuple(need for need in parent.needs if need.test not in parent.moved)
    if not tests:
        return left
    if not set(tests) <= {need.test for need in parent.needs}:
        raise refused(NotPossible("unknown_test"), parent.number)
    return tuple(need for need in parent.needs if need.test in tests)

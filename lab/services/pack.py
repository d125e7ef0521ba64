"""Putting a container into a package. What keeps it out is said by name; what is only warned of needs a reason."""

from __future__ import annotations

from datetime import datetime

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Location
from clinic.services.acting import Actor
from clinic.services.find import one
from lab.domain.container import Container, NotPossible
from lab.domain.events import Packed, Stored
from lab.domain.package_events import ItemAdded
from lab.domain.package_refusals import package_refused
from lab.domain.packing import DRY, FORMALIN, Remark, blocked, remarks
from lab.models import Laboratory, Specimen
from lab.services.fitting import asked_of, going_of, lies_in, pieces_of
from lab.services.package_facts import InHand, consignment_of, package_in_hand, tell_package
from lab.services.specimens import container_of, tell
from lab.services.training import must_be_trained


class NotFit(Refused):
    """A container that does not go in: the remarks say why. ``warned``: it goes once a reason is given."""

    def __init__(self, number: str, found: tuple[Remark, ...]) -> None:
        """``number`` is the container's."""
        block = blocked(found)
        super().__init__(
            N_("%(number)s cannot go into this package.") if block else N_("%(number)s goes only with a reason."),
            where=number,
            number=number,
        )
        self.code = found[0].code
        self.remarks = found
        self.warned = not block


def pack(
    actor: Actor, package_id: int, specimen_id: int, at: datetime | None = None, *, reason: str | None = None
) -> None:
    """Put a container into a package. It stands from then on at what the package is kept at.

    Raises:
        NotFit: something keeps it out, or was warned of and no reason was given.
        Refused: the package is not open, or holds it already.
        Unknown: there is no such package or container.
    """
    with package_in_hand(actor, package_id, at) as hand:
        row = one(actor, Specimen, specimen_id)
        hand.work.session.refresh(row)
        must_be_trained(hand.work, hand.row.location_id)
        sent = consignment_of(hand.row)
        if sent.state != "open":
            raise package_refused(NotPossible("package_state"), sent.number)
        if sent.item(row.id) is not None:
            raise package_refused(NotPossible("inside"), row.number)
        container, said = container_of(row), " ".join((reason or "").split())
        found = _against(hand, row, container)
        if found and (blocked(found) or not said):
            raise NotFit(row.number, found)
        _lay_down(hand, row, container)
        put_in(hand, row, reason=said or None, accepted=tuple(remark.code for remark in found))


def put_in(hand: InHand, row: Specimen, *, reason: str | None = None, accepted: tuple[str, ...] = ()) -> None:
    """The fact of both, nothing weighed: also how what happened elsewhere is told.

    Raises:
        Refused: the container is not collected, has no label, is under way, or lies in another package.
    """
    if lies_in(row.practice_id, row.id, hand.row.id):
        raise package_refused(NotPossible("elsewhere"), row.number)
    tell(hand.work, row, "specimen.packed", Packed(at=hand.at, package_id=hand.row.id), reason=reason)
    body = ItemAdded(
        at=hand.at,
        specimen_id=row.id,
        number=row.number,
        set_number=row.set_number,
        dry=row.holder in DRY,
        formalin=row.holder in FORMALIN,
        accepted=accepted,
    )
    tell_package(hand.work, hand.row, "package.item_added", body, reason=reason)


def _against(hand: InHand, row: Specimen, container: Container) -> tuple[Remark, ...]:
    sent = consignment_of(hand.row)
    laboratory = one(hand.work.actor, Laboratory, sent.laboratory_id)
    location = one(hand.work.actor, Location, sent.location_id)
    sets = pieces_of(row.practice_id, [row.set_number]) if row.set_number else {}
    return remarks(
        container,
        asked_of(row.practice_id, [row.id]).get(row.id, {}),
        going_of(sent, laboratory, location, hand.at),
        hand.at,
        [container_of(each) for each in sets.get(row.set_number or "", ()) if each.id != row.id],
    )


def _lay_down(hand: InHand, row: Specimen, container: Container) -> None:
    """The box is a place: its condition is the container's from now on."""
    now = "refrigerated" if container.condition == "on_ice" else container.condition
    kept = consignment_of(hand.row).condition
    if now is not None and now != kept:
        tell(hand.work, row, "specimen.stored", Stored(at=hand.at, condition=kept))

"""Taking a container out of an open package."""

from __future__ import annotations

from datetime import datetime

from clinic.services.acting import Actor
from clinic.services.find import one
from lab.domain.events import Packed
from lab.domain.package_events import ItemRemoved
from lab.models import Specimen
from lab.services.package_facts import package_in_hand, tell_package
from lab.services.specimens import container_of, tell


def unpack(
    actor: Actor, package_id: int, specimen_id: int, at: datetime | None = None, *, reason: str | None = None
) -> None:
    """Take a container out. One that was rejected or lost meanwhile leaves the package and stays what it is.

    Raises:
        Refused: the package is not open, or the container is not in it.
        Unknown: there is no such package or container.
    """
    with package_in_hand(actor, package_id, at) as hand:
        row = one(actor, Specimen, specimen_id)
        hand.work.session.refresh(row)
        tell_package(hand.work, hand.row, "package.item_removed", ItemRemoved(at=hand.at, specimen_id=row.id))
        container = container_of(row)
        if container.state == "packed" and container.package_id == hand.row.id:
            tell(hand.work, row, "specimen.unpacked", Packed(at=hand.at, package_id=hand.row.id), reason=reason)

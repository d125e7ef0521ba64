"""Ticking a line of a package's checklist, or taking the tick back."""

from __future__ import annotations

from datetime import datetime

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.acting import Actor
from lab.domain.checklist import DRY_ICE, lines_for
from lab.domain.container import NotPossible
from lab.domain.package_events import Checked
from lab.domain.package_refusals import package_refused
from lab.services.package_facts import consignment_of, package_in_hand, tell_package


def check_line(
    actor: Actor,
    package_id: int,
    line: str,
    at: datetime | None = None,
    *,
    ticked: bool = True,
    dry_ice_g: int | None = None,
) -> None:
    """Tick a line, or take its tick back. Dry ice is told with its net mass in grams.

    Raises:
        Refused: the package does not ask for that line, is not open, or the mass is missing.
    """
    with package_in_hand(actor, package_id, at) as hand:
        sent = consignment_of(hand.row)
        if line not in {each.key for each in lines_for(sent)}:
            raise Refused(N_("This package does not ask for that."), where="line", remedy=N_("Choose one of the list."))
        if ticked and line == DRY_ICE and not (dry_ice_g or sent.dry_ice_g):
            raise package_refused(NotPossible("dry_ice"), "dry_ice_g")
        body = Checked(at=hand.at, line=line, ticked=ticked, dry_ice_g=dry_ice_g if line == DRY_ICE else None)
        tell_package(hand.work, hand.row, "package.checked", body)

"""Take a release of codes out of use, or bring it back."""

from __future__ import annotations

from clinic.codes.release import Release
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.acting import Actor, acting
from clinic.services.codes_journal import RIGHT, leave_rows
from clinic.services.library import library


def withdraw_codes(actor: Actor, system: str, name: str) -> Release:
    """Out of use from now on; its file is kept.

    Raises:
        NotAllowed: the actor may not.
        Refused: there is no such release.
    """
    found = library().has(system, name)
    if found is None:
        raise Refused(N_("there is no release %(name)s."), where=system, name=name)
    with acting(actor, RIGHT) as work:
        leave_rows(work, "withdrawn", found)
        library().withdraw(system, name)
    return found


def restore_codes(actor: Actor, system: str, name: str) -> Release:
    """In use again, as it was.

    Raises:
        NotAllowed: the actor may not.
        Refused: none of that name is withdrawn, or another has its name.
    """
    kept = {(release.system, release.name): release for release in library().withdrawn()}
    found = kept.get((system, name))
    if found is None:
        raise Refused(N_("no release %(name)s is withdrawn."), where=system, name=name)
    with acting(actor, RIGHT) as work:
        leave_rows(work, "restored", found)
        library().restore(system, name)
    return found

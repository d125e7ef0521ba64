"""Load an official file of codes: read and made ready first, then put in place in one act."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from clinic.codes.kind import Wish
from clinic.codes.loading import Loaded, carry_out, plan
from clinic.codes.source_file import Tell
from clinic.policy import allows
from clinic.services.acting import Actor, NotAllowed, acting
from clinic.services.codes_journal import RIGHT, leave_rows
from clinic.services.library import library


def load_codes(actor: Actor, kind: str, paths: Sequence[Path], wish: Wish, tell: Tell | None = None) -> list[Loaded]:
    """The releases that the files hold, each new or there already. The writer's place is taken only to put them there.

    Raises:
        NotAllowed: the actor may not load code sets.
        Refused: a file cannot be loaded. Nothing is changed.
    """
    if not allows(RIGHT, actor.roles):
        raise NotAllowed(RIGHT)
    planned = plan(library(), kind, paths, wish, tell)
    with acting(actor, RIGHT) as work:
        for prepared in planned.ready:
            leave_rows(work, "loaded", prepared.release)
        for release in planned.there:
            leave_rows(work, "unchanged", release)
        # Last: what cannot be put there rolls its rows back.
        return carry_out(library(), planned)

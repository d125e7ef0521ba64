"""Which releases would judge next: what is loaded ahead of its day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from clinic.codes.release import Release


def coming(releases: Iterable[Release], today: date) -> dict[str, Release]:
    """Of each system its newest release that begins after today; where no system has one, the newest of each.

    Starter lists are no releases of their own: they confirm beside the others.
    """
    newest: dict[str, Release] = {}
    for each in sorted(releases, key=lambda release: (release.start, release.effective, release.name)):
        if each.complete:
            newest[each.system] = each
    ahead = {system: each for system, each in newest.items() if each.start > today}
    return dict(sorted((ahead or newest).items()))

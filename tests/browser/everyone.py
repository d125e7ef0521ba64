"""What every screen must be for everyone, and which of them one test looks at."""

from __future__ import annotations

from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe

from tests.counts import count

BAD = {"serious", "critical"}


def serious(page) -> list[str]:
    """What axe calls serious or critical, with the places."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in found if each["impact"] in BAD]


def in_turn(screens: Sequence[str], turn: int) -> Sequence[str]:
    """Of two looks at the same screens (day and night), what this one sees: each screen has one look in `sh run test`,
    both in `sh run prove`.
    """
    step = count(2, 1)
    return screens[turn % step :: step]

"""The demo's week for tests: visits at which something was ordered, and one of everybody who comes in its morning."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from billing.cli.demo import DAY
from billing.demo import day
from billing.demo.founding import found_demo
from billing.demo.record import visits
from clinic.services.clock import running_from
from lab.demo.plan import mornings, order_at
from tests.fixtures.house import FOR_TESTS
from tests.fixtures.lending import lent


@contextmanager
def a_week(home: Path, folder: Path, database: str) -> Iterator[int]:
    """The demo on an empty database, inside its context; gives its practice."""
    asked = {each["who"]: each for each in reversed(visits()) if each["who"] in {plan["who"] for plan in mornings()}}
    ordered = [each for each in visits() if order_at(each["who"], each["at"].date()) or each in asked.values()]
    with (
        lent("for tests", home, folder, database, **FOR_TESTS) as application,
        application.app_context(),
        pytest.MonkeyPatch.context() as patch,
        running_from(DAY),
    ):
        patch.setattr(day, "visits", lambda: ordered)
        practice_id, _ = found_demo()
        for _ in day.walk(practice_id):
            pass
        day.morning(practice_id, DAY)
        yield practice_id

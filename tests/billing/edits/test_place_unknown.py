from datetime import date

import pytest

from billing.edits.place_unknown import exists


@pytest.mark.parametrize(
    ("place", "day", "there"),
    [
        ("10", date(2021, 12, 31), False),
        ("10", date(2022, 1, 1), True),
        ("02", date(2016, 12, 31), False),
        ("11", date(2012, 1, 1), True),
        ("99", date(2026, 1, 1), True),
        ("28", date(2026, 1, 1), False),
        ("", date(2026, 1, 1), False),
    ],
)
def test_a_place_holds_from_its_first_day(place, day, there):
    assert exists(place, day) is there

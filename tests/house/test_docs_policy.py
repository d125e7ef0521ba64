"""docs/policy.md is the table the guard reads, with the queues and sections it opens.

After a change of a row: ``CABINET_UPDATE_DOCS=1 pytest tests/house/test_docs_policy.py``.
"""

from __future__ import annotations

from datetime import timedelta

from clinic import queues, sections
from clinic.policy import RIGHTS, RoleName
from tests.house.blocks import table, written

PAGE = "docs/policy.md"


def rights_table() -> str:
    head = ("right", "means", *RoleName, "journalled")
    return "\n" + table(
        head,
        (
            (f"`{row.name}`", row.words, *("●" if role in row.roles else "" for role in RoleName), "●" * row.acts)
            for row in sorted(RIGHTS.values())
        ),
    )


def limit_of(row: queues.Queue) -> str:
    return f"{row.limit / timedelta(days=1):g} d" if row.limit else ""


def test_every_right_is_told_as_it_is(app) -> None:
    assert written(PAGE, "rights", rights_table()) == rights_table()


def test_every_queue_is_told_as_it_is(app) -> None:
    rows = [
        (row.words, queues.GROUPS[row.group], f"`{row.right}`", limit_of(row), "●" * (row.count is not None))
        for row in queues.in_order()
    ]
    expected = "\n" + table(("row of the rail", "group", "right", "limit", "counts"), rows)
    assert written(PAGE, "queues", expected) == expected


def test_every_section_is_told_as_it_is(app) -> None:
    rows = [(row.words, f"`{row.right}`") for row in sections.in_order()]
    expected = "\n" + table(("tab", "right"), rows)
    assert written(PAGE, "sections", expected) == expected

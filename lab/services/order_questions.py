"""What the tests of an order ask, as fields: one for all lines, but for what each line answers by itself."""

from __future__ import annotations

from collections.abc import Iterator

from clinic.domain.words import N_
from lab.domain.order_answers import PER_LINE
from lab.domain.order_check import FASTING
from lab.domain.order_story import REPORTED
from lab.domain.questions import Question
from lab.models import LabOrder, OrderLine
from lab.services.in_order import standing
from lab.services.plan_containers import facts_of
from lab.services.shipped import shipped

FASTS = Question(key=FASTING, words=N_("Is the patient fasting as the tests need it?"), kind="yes_no")
PREFIX = "answer_"


def question(key: str) -> Question:
    """A question by its key.

    Raises:
        KeyError: there is none.
    """
    return FASTS if key == FASTING else shipped().questions[key]


def asks(line: OrderLine) -> tuple[str, ...]:
    """Keys of what a line asks, fasting among them where the test needs it."""
    test = facts_of(line)
    return (*((FASTING,) if test.fasting in ("required", "preferred") else ()), *test.ask)


def field_of(line: OrderLine, key: str) -> str:
    """The name of the field that answers a question for a line."""
    return f"{PREFIX}{line.id}_{key}" if key in PER_LINE else f"{PREFIX}{key}"


def open_lines(order: LabOrder) -> Iterator[OrderLine]:
    """Lines that may still be answered for: neither reported nor cancelled."""
    return (line for line in standing(order) if line.state not in REPORTED)


def asked_fields(order: LabOrder) -> dict[str, tuple[str, list[OrderLine]]]:
    """By the name of each field: the key of its question, and the lines it is for."""
    found: dict[str, tuple[str, list[OrderLine]]] = {}
    for line in open_lines(order):
        for key in asks(line):
            found.setdefault(field_of(line, key), (key, []))[1].append(line)
    return found

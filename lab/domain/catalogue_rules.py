"""What a row of the catalogue must keep to, beyond the shape of its cells."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from clinic.domain.words import N_
from lab.domain.catalogue import Holder, TestFacts
from lab.domain.catalogue_fields import Told
from lab.domain.check_digits import loinc_ok, snomed_ok

Fault = tuple[str, Told]
"""A field's name and what is wrong with it."""

_PAIRS = (
    ("incubate_minutes", "incubate_most_minutes"),
    ("read_from_minutes", "read_until_minutes"),
    ("fix_minutes", "fix_most_minutes"),
    ("pediatric_volume_ul", "min_volume_ul"),
)
_STABILITY = {
    "room": "room_minutes",
    "refrigerated": "refrigerated_minutes",
    "on_ice": "refrigerated_minutes",
    "frozen": "frozen_minutes",
}
SETTINGS = ("reference", "poc", "ppm")


def faults(
    test: TestFacts, holders: Mapping[str, Holder], questions: Collection[str], tests: Collection[str]
) -> Iterator[Fault]:
    """What is wrong with one test, field by field. ``tests`` are the keys its companions may name."""
    yield from _references(test, holders, questions, tests)
    if test.loinc is not None and not loinc_ok(test.loinc):
        yield "loinc", (N_("The check digit of %(code)s is wrong."), (("code", test.loinc[:20]),))
    if test.snomed is not None and not snomed_ok(test.snomed):
        yield "snomed", (N_("The check digit of %(code)s is wrong."), (("code", test.snomed[:20]),))
    for low, high in _PAIRS:
        least, most = _number(test, low), _number(test, high)
        if least is not None and most is not None and least > most:
            yield low, (N_("It is more than %(field)s."), (("field", high),))
    for condition in test.storage:
        if _number(test, _STABILITY[condition]) == 0:
            yield "storage", (N_("It is kept %(condition)s, where it is not acceptable."), (("condition", condition),))
    holder = holders.get(test.container)
    smallest = test.min_volume_ul
    if holder is not None and holder.capacity_ul is not None and smallest is not None and smallest > holder.capacity_ul:
        yield "min_volume_ul", (N_("The container holds only %(volume)s µL."), (("volume", str(holder.capacity_ul)),))
    if test.procedures and test.choices:
        yield "choices", (N_("A test has numbers billed together or numbers to choose from, not both."), ())


def _references(
    test: TestFacts, holders: Mapping[str, Holder], questions: Collection[str], tests: Collection[str]
) -> Iterator[Fault]:
    if test.container not in holders:
        yield "container", (N_("There is no container %(key)s."), (("key", test.container[:40]),))
    for name, keys, known in (("ask", test.ask, questions), ("companions", test.companions, tests)):
        for key in keys:
            if key not in known:
                yield name, (N_("There is no %(key)s to refer to."), (("key", key[:40]),))
    if test.separate_if is not None and test.separate_if not in questions:
        yield "separate_if", (N_("There is no %(key)s to refer to."), (("key", test.separate_if[:40]),))
    for setting in test.settings:
        if setting not in SETTINGS:
            yield (
                "settings",
                (
                    N_("“%(text)s” is not one of %(options)s."),
                    (("text", setting[:40]), ("options", ", ".join(SETTINGS))),
                ),
            )


def _number(test: TestFacts, name: str) -> int | None:
    value: Any = getattr(test, name)
    return value if isinstance(value, int) else None

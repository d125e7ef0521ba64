"""The catalogue as it holds on one day: tests, containers, questions, and who said which field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from lab.domain.catalogue import Holder, TestFacts
from lab.domain.catalogue_csv import assemble
from lab.domain.likely import nearest
from lab.domain.questions import Question

Origin = Literal["base", "practice", "laboratory"]


class Catalogue(Value, frozen=True, kw_only=True):
    """Frozen: made once, read by all. Tests stand in the order of their keys."""

    tests: dict[str, TestFacts]
    holders: dict[str, Holder]
    questions: dict[str, Question]
    origins: dict[str, dict[str, Origin]]
    """By test and field: what does not come from the shipped table."""
    retired: tuple[str, ...] = ()
    """Keys of tests no longer offered; they are not in ``tests``."""

    def test(self, key: str, where: str = "") -> TestFacts:
        """One test.

        Raises:
            Refused: nobody knows it, or it is no longer offered.
        """
        found = self.tests.get(key)
        if found is not None:
            return found
        if key in self.retired:
            raise Refused(N_("The test %(key)s is no longer offered."), where=where, key=key)
        near = nearest(key, self.tests)
        if near is None:
            raise Refused(
                N_("There is no test %(key)s in the catalogue."),
                where=where,
                remedy=N_("Give a test's key, such as cbc_diff."),
                key=key[:40],
            )
        raise Refused(
            N_("There is no test %(key)s in the catalogue."),
            where=where,
            remedy=N_("Did you mean %(near)s?"),
            key=key[:40],
            near=near,
        )

    def with_companions(self, tests: Iterable[TestFacts]) -> tuple[TestFacts, ...]:
        """The tests with those that are ordered along with them (a Michel vial and its formalin bottle)."""
        given = tuple(tests)
        found = {test.key: test for test in given}
        waiting = list(given)
        added = []
        while waiting:
            for key in waiting.pop().companions:
                if key not in found and key in self.tests:
                    found[key] = self.tests[key]
                    added.append(self.tests[key])
                    waiting.append(self.tests[key])
        return (*given, *added)

    def holder(self, test: TestFacts) -> Holder:
        """The container a test is taken in."""
        return self.holders[test.container]


class Layer(Value, frozen=True, kw_only=True):
    """What a practice or a laboratory says differently of one test."""

    key: str
    origin: Origin
    facts: dict[str, Any]
    retired: bool = False


def lay_over(base: Catalogue, layers: Sequence[Layer]) -> Catalogue:
    """The catalogue with some layers over it, in their order. One that leaves a needed field open is passed over."""
    tests = dict(base.tests)
    origins = {key: dict(fields) for key, fields in base.origins.items()}
    retired = dict.fromkeys(base.retired)
    for layer in layers:
        if layer.retired:
            tests.pop(layer.key, None)
            retired[layer.key] = None
            continue
        before = tests.get(layer.key) or base.tests.get(layer.key)
        test, _ = assemble(before, {**layer.facts, "key": layer.key})
        if test is None:
            continue
        retired.pop(layer.key, None)
        tests[layer.key] = test
        origins.setdefault(layer.key, {}).update(dict.fromkeys(layer.facts, layer.origin))
    return Catalogue(
        tests=dict(sorted(tests.items())),
        holders=base.holders,
        questions=base.questions,
        origins=origins,
        retired=tuple(retired),
    )


def differing(base: TestFacts | None, test: TestFacts) -> dict[str, Any]:
    """The fields in which a test differs from a base: all that are stated where there is none. ``None`` clears one."""
    after = _stated(test)
    before = {} if base is None else _stated(base)
    changed: dict[str, Any] = {name: value for name, value in after.items() if before.get(name) != value}
    changed.update(dict.fromkeys(name for name in before if name not in after))
    changed.pop("key", None)
    return changed


def _stated(test: TestFacts) -> Mapping[str, Any]:
    built: dict[str, Any] = msgspec.to_builtins(test)
    return built

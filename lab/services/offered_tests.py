"""The tests a place may order, each with where it is run: in house only where the CLIA certificate allows it."""

from __future__ import annotations

from typing import NamedTuple

from clinic.models import Location
from clinic.services.acting import Actor
from clinic.services.clock import today
from lab.domain.catalogue import TestFacts
from lab.domain.find_tests import find_tests
from lab.domain.order_check import may_run, sent_out
from lab.models import Laboratory
from lab.services.catalogue import catalogue_on
from lab.services.order_choices import laboratories


class Offered(NamedTuple):
    """One test at one place."""

    test: TestFacts
    laboratory: Laboratory | None
    """None in house."""

    @property
    def value(self) -> str:
        """What its button sends."""
        return f"{self.test.key}@{self.laboratory.id if self.laboratory else 'in_house'}"


def offered(actor: Actor, location: Location, typed: str, most: int) -> list[Offered]:
    """What of the catalogue fits what is typed, in two statements.

    A test that may be run here comes first in house, unless it is meant to be sent; one that may neither be run here
    nor be sent is not offered.
    """
    catalogue = catalogue_on(actor.practice_id, today(location.time_zone))
    labs = laboratories(actor)
    found: list[Offered] = []
    for test in find_tests(catalogue.tests.values(), typed, most):
        here = [Offered(test, None)] if may_run(test.settings, location.clia_kind) else []
        away = [Offered(test, labs[0])] if labs and sent_out(test.settings) else []
        own = {"poc", "ppm"} & set(test.settings)
        found += [*here, *away] if own else [*away, *here]
    return found[:most]


def places_for(test: TestFacts, location: Location, labs: list[Laboratory]) -> list[Laboratory | None]:
    """Where a test may be run: None stands for in house."""
    here: list[Laboratory | None] = [None] if may_run(test.settings, location.clia_kind) else []
    return here + (list(labs) if sent_out(test.settings) else [])

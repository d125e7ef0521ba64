"""Putting a test on an order, with those that go along with it."""

from __future__ import annotations

from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.models import Location
from clinic.services.acting import Actor, Work
from lab.domain.catalogue import TestFacts
from lab.domain.order_answers import PER_LINE
from lab.domain.order_check import FASTING, may_run, sent_out
from lab.models import LabOrder, OrderLine
from lab.services.in_order import standing
from lab.services.order_choices import laboratory, test_at
from lab.services.order_facts import add_line
from lab.services.shipped import shipped

BY_SITE = frozenset({"jar", "swab", "slide"})
"""Kinds of containers of which one test may be asked twice, once a site."""


class Choice(Value, frozen=True, kw_only=True):
    """A test and where it is run: in house where no laboratory is named."""

    test: str
    laboratory_id: int | None = None


def put_on(
    work: Work,
    order: LabOrder,
    where: Location,
    choice: Choice,
    *,
    diagnoses: tuple[str, ...] = (),
    reason: str | None = None,
) -> OrderLine:
    """A test and its companions, each as a line. Gives the line of the test itself.

    Raises:
        Refused: there is no such test, it may not be run there, or it is ordered already.
    """
    test = chosen(work.actor, choice, where)
    known: dict[str, str] = {}
    for line in standing(order):
        known.update(line.answers)
    ordered = {line.test_key for line in standing(order)}
    if test.key in ordered and shipped().holder(test).kind not in BY_SITE:
        raise Refused(N_("This test is ordered already."), where="test", remedy=N_("Choose another one."))
    along = [test_at(work.actor, key, where, choice.laboratory_id) for key in test.companions if key not in ordered]
    rows = [
        add_line(
            work,
            order,
            each,
            in_house=choice.laboratory_id is None,
            laboratory_id=choice.laboratory_id,
            diagnoses=diagnoses,
            reason=reason,
            answers={key: known[key] for key in (*each.ask, FASTING) if key in known and key not in PER_LINE},
        )
        for each in (test, *along)
    ]
    return rows[0]


def chosen(actor: Actor, choice: Choice, where: Location) -> TestFacts:
    """The test as that laboratory has it, or as it is run in house.

    Raises:
        Refused: there is no such test or laboratory, or the place's certificate does not allow it.
    """
    if choice.laboratory_id is not None:
        laboratory(actor, choice.laboratory_id)
    test = test_at(actor, choice.test, where, choice.laboratory_id)
    if choice.laboratory_id is None and not may_run(test.settings, where.clia_kind):
        raise Refused(
            N_("The CLIA certificate of this place does not allow the test in house."),
            where="test",
            remedy=N_("Send it to a laboratory."),
        )
    if choice.laboratory_id is not None and not sent_out(test.settings):
        raise Refused(N_("This test is not sent to a laboratory."), where="test", remedy=N_("Run it in house."))
    return test

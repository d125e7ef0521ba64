"""What is said where an act does not fit an order: a permanent code, one sentence, and what to do."""

from __future__ import annotations

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from lab.domain.order_story import NotSo

WORDS: dict[str, tuple[str, str]] = {
    "cancelled": (N_("This order was cancelled."), N_("Enter a new one.")),
    "unknown_line": (N_("This order has no such line."), N_("Look at its page.")),
    "known_line": (N_("This line is there already."), N_("Look at its page.")),
    "signed": (N_("This order is signed."), N_("Cancel it and enter a new one.")),
    "unsigned": (N_("This order is not signed."), N_("A provider signs the order.")),
    "no_lines": (N_("No test is ordered."), N_("Choose a test.")),
    "line_state": (N_("That does not go with where this test stands."), N_("Look at the page of the order.")),
    "line_active": (N_("Its container is planned already."), N_("Take the line off and order the test again.")),
    "reported": (N_("A result of this order was reported."), N_("Take off the lines that are still open.")),
    "last_diagnosis": (N_("A test that is to be drawn keeps a diagnosis."), N_("Add another one first.")),
    "other_signs": (
        N_("This order is in the name of another provider."),
        N_("That provider signs it, or the order is changed to your name first."),
    ),
    "no_provider": (N_("You are not entered as a provider."), N_("A provider signs the order.")),
    "drawn": (N_("Something was drawn for this test already."), N_("Reject the container instead.")),
    "reason": (N_("A reason is needed."), N_("Say why.")),
    "no_notice": (N_("No notice was printed for this test."), N_("Print it first: the patient chooses on paper.")),
    "draft": (N_("This order is not signed."), N_("A provider signs the order.")),
    "incomplete": (N_("Something is still missing."), N_("Look at what each test is held for.")),
}
"""Every code an act on an order may be refused with."""


def refused(why: NotSo, where: str = "") -> Refused:
    """The refusal as it is said to a person; ``code`` stays with it."""
    what, remedy = WORDS[why.code]
    said = Refused(what, where=where, remedy=remedy)
    said.code = why.code
    return said

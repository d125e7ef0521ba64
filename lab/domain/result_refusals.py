"""What is said where an act does not fit a report or the bench may not run a test (law: bad input)."""

from __future__ import annotations

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from lab.domain.refusals import Words

WORDS: dict[str, Words] = {
    "superseded": Words(N_("A later report stands in its place."), N_("Look at the later one.")),
    "reviewed": Words(N_("This was reviewed already."), N_("Take the next one.")),
    "preliminary": Words(N_("This report is preliminary."), N_("Wait for the final one.")),
    "not_critical": Words(N_("Nothing in this report is critical."), N_("Take the next one.")),
    "line_state": Words(
        N_("No result is expected for this test."), N_("It is reported already, cancelled, or not signed.")
    ),
    "not_in_house": Words(N_("This test is not run in house."), N_("Its result comes from the laboratory.")),
    "not_drawn": Words(N_("This test has no container that was collected."), N_("Tell its collection first.")),
    "performed": Words(N_("The test was run before the specimen was collected, or later than now."), N_("Look at it.")),
    "no_lot": Words(N_("The lot of the kit is missing."), N_("Scan the lot of the kit.")),
    "unknown_lot": Words(N_("There is no such lot."), N_("Enter the lot under House, Kits.")),
    "wrong_lot": Words(N_("This lot is of another test's kit."), N_("Scan the lot of this test's kit.")),
    "lot_closed": Words(N_("This lot is no longer in use."), N_("Take another lot.")),
    "lot_expired": Words(N_("This lot has expired."), N_("Take another lot and throw this one away.")),
    "control_due": Words(
        N_("A control is due on this lot before patients are tested."), N_("Run it and enter what it gave.")
    ),
    "control_failed": Words(
        N_("The last control of this lot failed."), N_("Repeat it; until it passes nobody is tested with this lot.")
    ),
    "not_qualified": Words(
        N_("You are not recorded as qualified for this test."), N_("Whoever is may enter it, or record it in Kits.")
    ),
    "qualification_ended": Words(
        N_("Your qualification for this test has ended."), N_("Have it renewed under House, Kits.")
    ),
    "provider_only": Words(
        N_("Only a provider may run this test: microscopy has a certificate of its own."), N_("Ask the provider.")
    ),
}
"""Every code these acts may be refused with (law 7)."""


def result_refused(code: str, where: str = "") -> Refused:
    """The refusal as it is said to a person; ``code`` stays with it."""
    words = WORDS[code]
    said = Refused(words.what, where=where, remedy=words.remedy)
    said.code = code
    return said

"""What is said where an act on a package does not fit: its own codes beside those of containers."""

from __future__ import annotations

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from lab.domain.container import NotPossible
from lab.domain.refusals import WORDS, Words

PACKAGE_WORDS: dict[str, Words] = {
    "package_state": Words(N_("That does not go with where this package stands."), N_("Look at its page.")),
    "inside": Words(N_("This container is in the package already."), N_("Scan it out if it is to leave it.")),
    "not_inside": Words(N_("This container is not in the package."), N_("Look at the number.")),
    "elsewhere": Words(N_("This container is in another package."), N_("Scan it out there first.")),
    "empty": Words(N_("There is nothing in the package."), N_("Scan what goes in.")),
    "seal": Words(N_("The number of the seal is missing."), N_("Type or scan it.")),
    "seal_differs": Words(
        N_("This is not the number it was sealed with."), N_("Read it again; if it was broken, open the package.")
    ),
    "courier": Words(N_("Who takes it is missing."), N_("Write the courier's name.")),
    "dry_ice": Words(N_("The net mass of dry ice is missing."), N_("Give it in kilograms, as in 1.5.")),
    "answered": Words(N_("The laboratory has answered already."), N_("Look at its page.")),
    "unanswered": Words(N_("Not every container has its receipt."), N_("Say of each how it arrived.")),
    "followed": Words(
        N_("Something was done with this container since its receipt."), N_("Look at its page: that is undone first.")
    ),
    "unchecked": Words(N_("The checklist is not done."), N_("Tick what was checked.")),
    "unfit": Words(N_("A container cannot go like this."), N_("Scan it out, or see what it lacks.")),
    "expired": Words(
        N_("A container is past its use-by."), N_("Open the package and take it out, or say why it goes.")
    ),
    "untrained": Words(
        N_("Your training to pack specimens is missing or has ended."), N_("Ask someone whose training holds.")
    ),
}


def package_refused(why: NotPossible, where: str = "") -> Refused:
    """The refusal as it is said to a person; ``code`` stays with it."""
    words = PACKAGE_WORDS.get(why.code) or WORDS[why.code]
    said = Refused(words.what, where=where, remedy=words.remedy)
    said.code = why.code
    return said

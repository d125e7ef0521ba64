"""What is said where an act on a dental case does not fit: its own codes beside those of containers."""

from __future__ import annotations

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from lab.domain.container import NotPossible
from lab.domain.refusals import WORDS, Words

CASE_WORDS: dict[str, Words] = {
    "case_state": Words(N_("That does not go with where this case stands."), N_("Look at its page.")),
    "before_last": Words(
        N_("Something later was told of this case already."), N_("Look at the time, or undo what was told last.")
    ),
    "not_disinfected": Words(
        N_("What was in the mouth is not disinfected yet."), N_("Disinfect it and tell it, then send it.")
    ),
    "clean": Words(N_("There is nothing here that has to be disinfected."), N_("Look at its page.")),
    "not_tried": Words(N_("It was not tried in yet."), N_("Tell the try-in first.")),
    "tried": Words(N_("This try-in was told already."), N_("Send it back, or undo it.")),
    "shade": Words(N_("The shade is missing."), N_("Give it before the case is sent.")),
    "laboratory": Words(
        N_("This is no dental laboratory in use."), N_("Choose one of the list, or enter one in the House.")
    ),
}


def case_refused(why: NotPossible, where: str = "") -> Refused:
    """The refusal as it is said to a person; ``code`` stays with it."""
    words = CASE_WORDS.get(why.code) or WORDS[why.code]
    said = Refused(words.what, where=where, remedy=words.remedy)
    said.code = why.code
    return said

"""What is said where an act does not fit: a permanent code, one sentence, and what to do (law: bad input)."""

from __future__ import annotations

from typing import NamedTuple

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from lab.domain.container import NotPossible


class Words(NamedTuple):
    """What, and the remedy; message ids."""

    what: str
    remedy: str


WORDS: dict[str, Words] = {
    "future": Words(N_("This time is still to come."), N_("Look at the time.")),
    "before_collection": Words(N_("This is before the collection."), N_("Look at the time.")),
    "before_last": Words(
        N_("Something later was told of this container already."), N_("Look at the time, or undo what was told last.")
    ),
    "time_ambiguous": Words(
        N_("The clock shows this time twice that day."), N_("Give it with its offset from UTC, as in 01:30-05:00.")
    ),
    "time_missing": Words(N_("The clock never shows this time."), N_("Look at the time.")),
    "already_planned": Words(N_("This container is known already."), N_("Take another number.")),
    "already_collected": Words(N_("This container was collected already."), N_("Scan another one.")),
    "not_collected": Words(N_("This container is not collected yet."), N_("Tell its collection first.")),
    "state": Words(N_("That does not go with where this container stands."), N_("Look at its page.")),
    "running": Words(N_("A step is under way on this container."), N_("End it first, or undo it.")),
    "not_running": Words(N_("This step is not under way."), N_("Start it first.")),
    "volume": Words(N_("There is not so much in this container."), N_("Look at the volume.")),
    "patient": Words(
        N_("This container belongs to someone else than the one in hand."), N_("Put the one in hand down first.")
    ),
    "reason": Words(N_("A reason is needed."), N_("Say why.")),
    "set": Words(N_("The pieces of a kit stay together."), N_("Scan the ones that are missing.")),
    "unlabeled": Words(N_("This container has no label."), N_("Print its label first.")),
    "child_used": Words(N_("Something was done with the aliquot already."), N_("Look at its page.")),
    "nothing_to_undo": Words(N_("There is nothing here that can be undone."), N_("Look at its page.")),
    "unknown_container": Words(N_("There is no such container."), N_("Look at the number.")),
    "unknown_test": Words(N_("There is no such test."), N_("Look at its name.")),
    "unknown_verb": Words(N_("There is no such act."), N_("Look at the list of verbs.")),
    "bad_field": Words(N_("Something of this act is missing or not readable."), N_("Look at its fields.")),
}
"""Every code an act may be refused with (law 7)."""


def refused(why: NotPossible, where: str = "") -> Refused:
    """The refusal as it is said to a person; ``code`` stays with it."""
    words = WORDS[why.code]
    said = Refused(words.what, where=where, remedy=words.remedy)
    said.code = why.code
    return said

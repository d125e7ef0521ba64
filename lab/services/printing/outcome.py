"""How far a batch of labels got, and what stopped it."""

from __future__ import annotations

from typing import NamedTuple

from clinic.domain.words import N_

FAULTS = {
    "refused": N_("The printer takes no connection. Look whether it is on and in the network."),
    "unknown_host": N_("The printer's address is not known in this network. Look at its set-up."),
    "timeout": N_("The printer did not answer in time. Look whether it is busy or out of labels."),
    "broken": N_("The connection broke off. Look which label came out last."),
    "paper_out": N_("The printer is out of labels. What it holds comes out when they are loaded."),
    "paused": N_("The printer is paused. What it holds comes out when it goes on."),
    "head_open": N_("The printer's head is open. What it holds comes out when it is closed."),
    "ribbon_out": N_("The printer is out of ribbon. What it holds comes out when it is loaded."),
    "no_queue_program": N_("This server has no program lp: print queues cannot be used here."),
    "queue": N_("The print queue did not take the labels. Look at its name and whether it is on."),
    "interrupted": N_("Printing was interrupted. Look which label came out last."),
    "left": N_("Left unprinted."),
}
"""Permanent codes and their sentences (message ids)."""


class Outcome(NamedTuple):
    """What became of a batch."""

    taken: int
    """How many labels, from the first on, the printer has."""
    fault: str | None = None
    """A key of ``FAULTS``: why it went no further."""

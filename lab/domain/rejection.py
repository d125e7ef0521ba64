"""Why a specimen is not taken: HL7 table 0490 with sub-codes of our own, and what may be done about it.

The codes are HL7's (table 0490, CC0), the words ours. Sub-codes name faults of preparation that the table does not know
(large-study practice, reference/lab.md section 5).
"""

from __future__ import annotations

from typing import NamedTuple

from clinic.domain.words import N_


class Reason(NamedTuple):
    """One code: its words, its sub-codes, whether the test may go on with a note instead."""

    code: str
    words: str
    subs: tuple[str, ...] = ()
    may_proceed: bool = False


SUBS: dict[str, str] = {
    "clot_short": N_("did not clot long enough"),
    "spin_short": N_("not spun long enough"),
    "spin_long": N_("spun too long"),
    "force_low": N_("spun with too little force"),
    "force_high": N_("spun with too much force"),
    "gel_failed": N_("the gel did not close"),
    "too_warm": N_("too warm"),
    "too_cold": N_("too cold"),
    "light": N_("not kept from light"),
    "under_filled": N_("not filled to its line"),
    "over_filled": N_("filled above its line"),
    "lipemic": N_("lipemic"),
    "icteric": N_("icteric"),
    "wrong_tube": N_("the wrong container"),
    "leaked": N_("leaked"),
    "lost": N_("not found"),
    "unlabeled": N_("without a label"),
    "mislabeled": N_("with the wrong label"),
    "read_late": N_("read after its time"),
    "separated_late": N_("not off the cells in time"),
}
"""What happened, more closely: a key and its words."""

REASONS: tuple[Reason, ...] = (
    Reason("RH", N_("hemolyzed"), may_proceed=True),
    Reason("RC", N_("clotted"), ("clot_short",)),
    Reason("QS", N_("too little"), ("under_filled", "over_filled"), may_proceed=True),
    Reason("RM", N_("label missing or not readable"), ("unlabeled", "mislabeled")),
    Reason("RI", N_("not clear whose it is"), ("unlabeled", "mislabeled")),
    Reason("RE", N_("the patient's name is missing")),
    Reason("RA", N_("the patient's number is missing")),
    Reason("RS", N_("the name is misspelt"), may_proceed=True),
    Reason("RD", N_("the time of collection is missing")),
    Reason("RP", N_("who collected it is missing"), may_proceed=True),
    Reason("EX", N_("past its use-by"), ("separated_late", "read_late")),
    Reason("RR", N_("not kept as it must be"), ("too_warm", "too_cold", "light", "separated_late")),
    Reason(
        "RN",
        N_("contaminated, or not fit for the test"),
        ("lipemic", "icteric", "wrong_tube", "spin_short", "spin_long", "force_low", "force_high", "gel_failed"),
        may_proceed=True,
    ),
    Reason("RB", N_("broken, leaked or lost"), ("leaked", "lost")),
)
"""In the order in which they happen at a bench."""

BY_CODE: dict[str, Reason] = {reason.code: reason for reason in REASONS}

CONTACTED: dict[str, str] = {"patient": N_("patient"), "clinician": N_("clinician"), "laboratory": N_("laboratory")}
WAYS: dict[str, str] = {"phone": N_("by phone"), "message": N_("by message"), "in_person": N_("in person")}
OUTCOMES: dict[str, str] = {
    "reached": N_("reached"),
    "no_answer": N_("no answer"),
    "left_word": N_("left word"),
    "declines": N_("declines"),
}

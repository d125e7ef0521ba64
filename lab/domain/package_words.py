"""The words of packages that papers and screens share; message ids (law 7)."""

from __future__ import annotations

from clinic.domain.words import N_

STATES = {
    "open": N_("being packed"),
    "sealed": N_("sealed"),
    "handed_over": N_("handed over"),
    "delivered": N_("delivered"),
    "reconciled": N_("reconciled"),
    "lost": N_("lost"),
}
CATEGORIES = {
    "B": N_("UN3373, Biological substance, Category B"),
    "exempt": N_("Exempt human specimen"),
}
RECEIPTS = {
    "good": N_("good"),
    "damaged": N_("damaged"),
    "leaked": N_("leaked"),
    "missing": N_("missing"),
    "rejected": N_("rejected"),
}
PRIORITIES = {"routine": N_("routine"), "urgent": N_("urgent"), "stat": N_("stat")}

"""What a container's states, conditions and draws are called: one table each, for every screen and paper (law 7)."""

from __future__ import annotations

from clinic.domain.words import N_

STATES: dict[str, str] = {
    "planned": N_("planned"),
    "labeled": N_("labeled, not collected"),
    "collected": N_("collected"),
    "processing": N_("in preparation"),
    "ready": N_("ready"),
    "packed": N_("packed"),
    "sent": N_("sent"),
    "received": N_("received"),
    "used_up": N_("used up"),
    "disposed": N_("thrown away"),
    "rejected": N_("rejected"),
    "missed": N_("not collected"),
    "lost": N_("lost"),
    "void": N_("taken back"),
}
"""The container's axis. ``processing`` and ``ready`` are told from what is left to do, never kept."""

CONDITIONS: dict[str, str] = {
    "room": N_("room temperature"),
    "refrigerated": N_("refrigerated"),
    "frozen": N_("frozen"),
    "on_ice": N_("on ice"),
}

METHOD_WORDS: dict[str, str] = {
    "venipuncture": N_("from a vein"),
    "capillary": N_("from a fingertip or heel"),
    "swab": N_("with a swab"),
    "void": N_("voided"),
    "catheter": N_("by catheter"),
    "biopsy": N_("biopsy"),
    "scraping": N_("scraped off"),
}
"""How it was drawn."""

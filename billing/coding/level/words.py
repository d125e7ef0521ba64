"""What the parts of a visit's level are called on the screen: plain words of our own. Message ids."""

from __future__ import annotations

from clinic.domain.words import N_

PROBLEMS: dict[str, str] = {
    "minor": N_("pass by themselves"),
    "stable": N_("lasting, at goal"),
    "acute": N_("acute, simple"),
    "worse": N_("lasting, not at goal"),
    "uncertain": N_("new, outcome open"),
    "systemic": N_("acute, whole body"),
    "complicated": N_("injury, complicated"),
    "severe": N_("lasting, much worse"),
    "threat": N_("danger to life or function"),
}
"""Kinds of problems, those of a lesser degree first."""

COUNTED: dict[str, str] = {
    "tests": N_("tests ordered"),
    "results": N_("other results read"),
    "outside_notes": N_("outside sources read"),
}
"""Data that are counted."""

TICKED: dict[str, str] = {
    "historian": N_("history told by someone else"),
    "interpreted": N_("test looked at anew"),
    "discussed": N_("talked over with someone outside"),
}
"""Data that are there or not."""

RISK: dict[str, str] = {
    "minimal": N_("minimal"),
    "low": N_("low"),
    "moderate": N_("moderate, as for a prescribed drug"),
    "high": N_("high, as for going to hospital"),
}

DEGREE: dict[int, str] = {
    1: N_("none"),
    2: N_("minimal"),
    3: N_("low"),
    4: N_("moderate"),
    5: N_("high"),
}

ELEMENTS: dict[str, str] = {"problems": N_("Problems"), "data": N_("Data"), "risk": N_("Risk")}

WAY: dict[str, str] = {
    "decision": N_("by decision-making: two of the three elements"),
    "time": N_("by time on the date"),
    "both": N_("by decision-making and by time alike"),
    "staff": N_("seen by clinical staff only"),
}

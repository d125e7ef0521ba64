"""To whom a result is told, and how."""

from __future__ import annotations

from clinic.domain.words import N_

WHOM = {
    "provider": N_("the provider"),
    "on_call": N_("the provider on call"),
    "nurse": N_("a nurse"),
    "patient": N_("the patient"),
    "caregiver": N_("a caregiver"),
}
WAYS = {"phone": N_("phone"), "in_person": N_("in person")}
"""A critical value is spoken: someone has to answer."""
PATIENT_WAYS = {**WAYS, "message": N_("message"), "letter": N_("letter")}

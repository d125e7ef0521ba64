"""What the fields of a claim that can be written cannot be, each with its rule."""

from __future__ import annotations

ONE_VALUE = {
    "kind": "there is one kind of professional claim",
    "total.currency": "the 837P has no place for another currency",
    "patient_paid.currency": "the 837P has no place for another currency",
    "acts[].charge.currency": "the 837P has no place for another currency",
    "other_coverages[].adjudication.paid.currency": "the 837P has no place for another currency",
    "other_coverages[].adjudication.adjustments[].amount.currency": "the 837P has no place for another currency",
    "authority.clia.system": "a CLIA number is one by definition",
    "acts[].part.drug.ndc.system": "a drug is named by its NDC (LIN02 N4)",
    **{
        f"{place}.identifier.system": "a National Provider Identifier by definition"
        for place in (
            *("billing", "part.rendering", "part.referring", "part.supervising", "part.facility"),
            "acts[].part.rendering",
        )
    },
    **{
        f"{place}.taxonomy.system": "a taxonomy code by definition"
        for place in ("billing", "part.rendering", "acts[].part.rendering")
    },
}
NEVER_ABSENT = {
    "acts": "a claim without acts cannot be written (2400 LX is required)",
    "part.diagnoses": "HI is required",
    "acts[].part.pointers": "SV107 is required",
    "patient.birth": "2010CA DMG is required, and so is 2010BA DMG where the patient is the subscriber",
    "patient.sex": "DMG03 is required with it",
    "patient.address": "2010CA N3 and N4 are required",
    "billing.address.postal_code": "2010AA N403 is required in the United States",
    "billing.address.state": "2010AA N402 is required in the United States",
    "part.facility.address.postal_code": "2310C N403 is required in the United States",
    "part.facility.address.state": "2310C N402 is required in the United States",
    "billing.contact.phone": "PER03 and PER04 are required of the segment",
}
ALWAYS_ABSENT = {
    "billing.address.country": "N404 is sent only outside the United States",
    "part.facility.address.country": "N404 is sent only outside the United States",
}

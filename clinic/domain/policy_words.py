"""The codes a policy is described by, in plain words of our own (message ids), in the order people choose from.

The codes are facts of X12 005010 as used in claims; ``reference/codes`` holds the same codes for the code sets.
"""

from __future__ import annotations

from clinic.domain.words import N_

RANKS: dict[str, str] = {"P": N_("first"), "S": N_("second"), "T": N_("third")}
"""In which order payers answer (SBR01)."""

FILINGS: dict[str, str] = {
    "CI": N_("Commercial insurance"),
    "BL": N_("Blue Cross or Blue Shield"),
    "HM": N_("Health maintenance organization"),
    "12": N_("Preferred provider organization"),
    "13": N_("Point of service plan"),
    "14": N_("Exclusive provider organization"),
    "15": N_("Indemnity insurance"),
    "16": N_("Medicare Advantage as an HMO"),
    "17": N_("Dental HMO"),
    "MA": N_("Medicare Part A"),
    "MB": N_("Medicare Part B"),
    "MC": N_("Medicaid"),
    "CH": N_("TRICARE"),
    "VA": N_("Veterans affairs"),
    "FI": N_("Federal employees"),
    "TV": N_("Title V, maternal and child health"),
    "WC": N_("Workers' compensation"),
    "AM": N_("Car insurance"),
    "LM": N_("Liability insurance"),
    "DS": N_("Disability insurance"),
    "11": N_("Other federal programme"),
    "OF": N_("Other federal plan"),
    "ZZ": N_("Not known"),
}
"""Claim filing indicators (SBR09)."""

RELATIONS: dict[str, str] = {
    "18": N_("The patient is the insured"),
    "01": N_("Husband or wife"),
    "19": N_("Child"),
    "53": N_("Partner for life"),
    "20": N_("Employee"),
    "39": N_("Organ donor"),
    "40": N_("Donor after death"),
    "21": N_("Not known"),
    "G8": N_("Another relationship"),
}
"""What the patient is to the insured person (SBR02, PAT01)."""

INSURANCE_TYPES: dict[str, str] = {
    "12": N_("Works, or the spouse works, with an employer's plan"),
    "13": N_("Kidney failure, with an employer's plan"),
    "14": N_("An accident that no-fault or car insurance pays first"),
    "15": N_("An accident at work"),
    "16": N_("The Public Health Service or another federal agency"),
    "41": N_("Black lung"),
    "42": N_("Veterans affairs"),
    "43": N_("Disabled, under 65, with a large employer's plan"),
    "47": N_("Another's liability"),
}
"""Why Medicare is not first (SBR05)."""

ASSIGNMENTS: dict[str, str] = {
    "Y": N_("Yes, signed"),
    "N": N_("No, the insured is paid"),
    "W": N_("Does not apply"),
}
"""Whether the payer may pay the practice (CLM08)."""

RELEASES: dict[str, str] = {"Y": N_("Signed"), "I": N_("Informed consent by law")}
"""The patient's consent to tell the payer (CLM09)."""

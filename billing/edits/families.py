"""The families of edits: the three letters a code begins with, and what they are about."""

from __future__ import annotations

from clinic.domain.words import N_

FAMILIES: dict[str, str] = {
    "ACC": N_("Accidents"),
    "ADD": N_("Add-on codes"),
    "ADR": N_("Addresses"),
    "AGE": N_("Age and diagnosis"),
    "BAL": N_("Amounts and sums"),
    "BOX": N_("What fits the form"),
    "CLI": N_("Laboratory certificates"),
    "COB": N_("Several payers"),
    "DAT": N_("Dates and filing limits"),
    "DIA": N_("Diagnoses"),
    "DRG": N_("Drugs"),
    "DSC": N_("Descriptions"),
    "DUP": N_("Duplicates"),
    "ENR": N_("Enrolment"),
    "FRQ": N_("Replacements and voids"),
    "GLB": N_("Days around a surgery"),
    "HOS": N_("Hospital stays"),
    "LIN": N_("Lines"),
    "MCR": N_("Medicare"),
    "MOD": N_("Modifiers"),
    "MUE": N_("Units that are paid"),
    "NCC": N_("Acts that are part of another"),
    "NPI": N_("Provider numbers"),
    "NUM": N_("Claim numbers"),
    "PAT": N_("Patient"),
    "POS": N_("Places of service"),
    "PRV": N_("Providers"),
    "PTR": N_("Pointers"),
    "REF": N_("Referrals and orders"),
    "RUL": N_("Rule tables"),
    "SEX": N_("Sex and diagnosis"),
    "SIG": N_("Signatures"),
    "SUB": N_("Subscriber"),
    "TAX": N_("Tax ids"),
    "TXT": N_("Characters and lengths"),
}

FILE_FAMILIES: dict[str, str] = {
    "ENV": N_("Envelopes of the file"),
    "SYN": N_("Syntax of the file"),
}
"""Of faults that the file has before any claim is looked at."""


def family_of(code: str) -> str:
    """The family of an edit's code, or of a fault of the file: ``BAL-01`` is ``BAL``."""
    return code.partition("-")[0]

"""The families of edits: the three letters a code begins with, and what they are about."""

from __future__ import annotations

from clinic.domain.words import N_

FAMILIES: dict[str, str] = {
    "ACC": N_("Accidents"),
    "ADD": N_("Add-on codes"),
    "ADR": N_("Addresses"),
    "AGE": N_("Age and diagnosis"),
    "ANE": N_("Anaesthesia"),
    "AUT": N_("Prior authorization"),
    "BAL": N_("Amounts and sums"),
    "BOX": N_("What fits the form"),
    "CFS": N_("What stands first"),
    "CLI": N_("Laboratory certificates"),
    "COB": N_("Several payers"),
    "COV": N_("Coverage rules and notices"),
    "DAT": N_("Dates and filing limits"),
    "DEN": N_("Teeth and dental acts"),
    "DIA": N_("Diagnoses"),
    "DRG": N_("Drugs"),
    "DSC": N_("Descriptions"),
    "DUP": N_("Duplicates"),
    "ENR": N_("Enrolment"),
    "EXC": N_("Diagnoses that exclude each other"),
    "EXT": N_("External causes"),
    "FRQ": N_("Replacements and voids"),
    "GLB": N_("Days around a surgery"),
    "HCP": N_("Codes of acts"),
    "HOS": N_("Hospital stays"),
    "INJ": N_("Injuries and their episodes"),
    "LAT": N_("Sides of the body"),
    "LIN": N_("Lines"),
    "MCR": N_("Medicare"),
    "MOD": N_("Modifiers"),
    "MUE": N_("Units that are paid"),
    "NCC": N_("Acts that are part of another"),
    "NPI": N_("Provider numbers"),
    "NUM": N_("Claim numbers"),
    "PAT": N_("Patient"),
    "POS": N_("Places of service"),
    "PRG": N_("Pregnancy and birth"),
    "PRV": N_("Providers"),
    "PSN": N_("Drugs that harmed"),
    "PTR": N_("Pointers"),
    "REF": N_("Referrals and orders"),
    "RUL": N_("Rule tables"),
    "SEX": N_("Sex and diagnosis"),
    "SIG": N_("Signatures"),
    "SUB": N_("Subscriber"),
    "TAX": N_("Tax ids"),
    "TEL": N_("Telehealth"),
    "TXT": N_("Characters and lengths"),
    "UAD": N_("What is added"),
}

FILE_FAMILIES: dict[str, str] = {
    "ENV": N_("Envelopes of the file"),
    "SYN": N_("Syntax of the file"),
}
"""Of faults that the file has before any claim is looked at."""


def family_of(code: str) -> str:
    """The family of an edit's code, or of a fault of the file: ``BAL-01`` is ``BAL``."""
    return code.partition("-")[0]

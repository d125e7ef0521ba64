"""Element lists that stand in several loops of the 837 guides, in the notation of ``grammar``."""

from __future__ import annotations

from billing.x12.grammar import seg

N4 = "R S S S - - S"
REF = "R={0} R"
REF_FOR_PAYER = "R={0} R - S( R=2U R )"
"""At line level a number may name the payer it is meant for."""

PERSON = "R={0} R={1} R S S - S S=XX S"
"""NM1 of a provider: code, person or not, name, first, middle, suffix, NPI."""

PHONE = "R=IC S R=TE R S=EX S"
RELATED = "01|19|20|21|39|40|53|G8"
"""PAT01; where a subscriber may also be the patient, ``RELATIONSHIP``."""

RELATIONSHIP = "01|18|19|20|21|39|40|53|G8"
RANK = "A|B|C|D|E|F|G|H|P|S|T|U"
"""SBR01."""

REPORTED = "12|13|14|15|16|41|42|43|47"
"""SBR05, why Medicare is not the first to pay."""

SBR09 = "S=11|12|13|14|15|16|17|AM|BL|CH|CI|DS|FI|HM|LM|MA|MB|MC|OF|TV|VA|WC|ZZ"
CAS = "R=CO|CR|OA|PI|PR R R S" + " S S S" * 5
DAY = "R={0} R=D8 R"
CODED = "ER|HC|IV|WK"
PROCEDURE_CODED = "R( R={0} R S S S S S )"
PROCEDURE = PROCEDURE_CODED.format(CODED)
SENT = "AA|BM|EL|EM|FT|FX"
"""PWK02, how a paper goes."""

PAPERWORK = (
    "R=03|04|05|06|07|08|09|10|11|13|15|21|A3|A4|AM|AS|B2|B3|B4|BR|BS|BT|CB|CK|CT|D2|DA|DB|DG|DJ|DS|EB|HC|HR|I5|IR|LA"
    "|M1|MT|NN|OB|OC|OD|OE|OX|OZ|P4|P5|PE|PN|PO|PQ|PY|PZ|RB|RR|RT|RX|SG|V5|XP R=" + SENT + " - - S=AC S"
)
CONTRACT = "R=01|02|03|04|05|06|09 S S S S S"
AMBULANCE = "S=LB S - R=A|B|C|D|E R=DH R - - S S"
AMBULANCE_CONDITION = "R=07 R=N|Y R={0} S={0} S={0} S={0} S={0}".format("01|04|05|06|07|08|09|12")
"""CRC*07 on claim and line."""

REPRICING = "R={0} R S S S S S -"
REPRICING_METHODS = "00|01|02|03|04|05|07|08|09|10|11|12|13|14"
"""HCP01 of the claim; the line has 06 as well."""

REPRICING_REASONS = "S=T1|T2|T3|T4|T5|T6 S=1|2|3|4|5 S=1|2|3|4|5|6"

ADDRESS = (seg("N3", 250, "R", 1, "R S"), seg("N4", 300, "R", 1, N4))
ADDRESS_IF_KNOWN = (seg("N3", 250, "S", 1, "R S"), seg("N4", 300, "S", 1, N4))
"""Of a party of 2010."""


def diagnoses(first: str, others: str, count: int) -> str:
    """HI: the first code under its own qualifiers, further ones under theirs, so many at most."""
    return f"R( R={first} R )" + f" S( R={others} R )" * (count - 1)

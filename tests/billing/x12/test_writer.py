"""What cannot be written is refused with claim and element; what is written is never wrong."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from billing.domain.canonical import from_json
from billing.domain.claim import Adjustment, Authority
from billing.domain.professional import ClaimDate
from billing.x12 import Delimiters, read_837p, write_837p
from clinic.domain.code import Code, Identifier
from clinic.domain.money import Money
from clinic.domain.period import Period
from clinic.domain.person import Address, Contact, OrganizationName, PersonName
from clinic.domain.quantity import Quantity
from clinic.domain.refusal import Refused
from tests.billing.x12.files import TRANSMISSION, sendable, written
from tests.counts import count

_GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "x12"


def changed(value: Any, path: str, new: Any) -> Any:
    """A value with another at the end of a path such as ``acts.0.part.place``."""
    head, _, rest = path.partition(".")
    if isinstance(value, tuple):
        at = int(head)
        return (*value[:at], changed(value[at], rest, new) if rest else new, *value[at + 1 :])
    inner = changed(getattr(value, head), rest, new) if rest else new
    return msgspec.structs.replace(value, **{head: inner})


def golden(name: str) -> Any:
    return from_json((_GOLDEN / f"{name}.json").read_bytes())


@dataclass
class Case:
    """A change to a good claim, and the place that must be named."""

    file: str
    path: str
    new: Any
    place: str


_LONG = Period(golden("simple").acts[0].service.start, golden("whole").acts[0].service.start)
_TWICE = (ClaimDate("439", golden("whole").part.dates[0].on), ClaimDate("439", golden("whole").part.dates[0].on))
_MANY = tuple(Adjustment("CO" if at % 2 else "PR", "45", Money(100)) for at in range(6))
CASES = {
    "delimiter": Case("simple", "patient.name.last", "O*HARA", "NM103"),
    "terminator": Case("simple", "billing.address.street", "1 ELM~", "N301"),
    "component": Case("simple", "acts.0.part.description", "A:B", "SV101"),
    "repetition": Case("simple", "number", "A^1", "CLM01"),
    "our separator": Case("simple", "patient.name.last", "A\x1dB", "patient.name.last"),
    "line break": Case("simple", "part.note", "A\nB", "part.note"),
    "accent": Case("simple", "patient.name.first", "RENÉ", "patient.name.first"),
    "blank at the end": Case("simple", "patient.name.first", "RENE ", "NM104"),
    "empty claim number": Case("simple", "number", "", "number"),
    "empty optional": Case("simple", "coverage.group_number", "", "coverage.group_number"),
    "empty line number": Case("simple", "acts.1.number", "", "acts[1].number"),
    "long name": Case("simple", "patient.name.last", "A" * 61, "2010CA NM103"),
    "long claim number": Case("simple", "number", "A" * 39, "2300 CLM01"),
    "long note": Case("simple", "part.note", "A" * 81, "2300 NTE02"),
    "large amount": Case("simple", "total", Money(10**10), "2300 CLM02"),
    "long quantity": Case("simple", "acts.0.quantity", Quantity(Decimal(10) ** 16), "2400 SV104"),
    "no number": Case("simple", "acts.0.quantity", Quantity(Decimal("NaN")), "2400 SV104"),
    "unit": Case("simple", "acts.0.quantity", Quantity(Decimal(1), "XX"), "2400 SV103"),
    "short city": Case("simple", "patient.address.city", "X", "2010CA N401"),
    "state": Case("simple", "patient.address.state", "ILL", "2010CA N402"),
    "no patient address": Case("simple", "patient.address", None, "2010CA N301"),
    "no birth": Case("simple", "patient.birth", None, "2010CA DMG02"),
    "no sex": Case("secondary", "patient.sex", None, "2010BA DMG03"),
    "no subscriber": Case("simple", "coverage.subscriber", None, "2010BA NM103"),
    "two subscribers": Case("simple", "coverage.relationship", "18", "2000B SBR02"),
    "relationship": Case("simple", "coverage.relationship", "77", "2000C PAT01"),
    "filing": Case("simple", "coverage.filing", "XX", "2000B SBR09"),
    "payer system": Case("simple", "coverage.payer.identifier", Identifier("npi", "1234567893"), "2010BB NM108"),
    "tax system": Case("simple", "billing.tax", Identifier("npi", "1234567893"), "2010AA REF01"),
    "npi system": Case("simple", "billing.identifier", Identifier("ein", "123456789"), "2010AA NM108"),
    "taxonomy system": Case("simple", "billing.taxonomy", Code("cpt", "99213"), "2000A PRV03"),
    "contact without phone": Case("simple", "billing.contact", Contact("A"), "2010AA PER04"),
    "certificate system": Case("whole", "authority", Authority(clia=Identifier("npi", "1234567893")), "2300 REF02"),
    "number system": Case("whole", "part.rendering.other", Identifier("ssn", "123456789"), "2310B REF01"),
    "diagnosis system": Case("simple", "part.diagnoses", (Code("cim10", "I10"),), "2300 HI01-1"),
    "no diagnosis": Case("simple", "part.diagnoses", (), "2300 HI01"),
    "thirteen diagnoses": Case("simple", "part.diagnoses", (Code("icd10cm", "I10"),) * 13, "2300 HI"),
    "procedure system": Case("simple", "acts.0.code", Code("cdt", "D1110"), "2400 SV101-2"),
    "five modifiers": Case("simple", "acts.0.part.modifiers", ("25",) * 5, "2400 SV101-3"),
    "short modifier": Case("simple", "acts.0.part.modifiers", ("5",), "2400 SV101-3"),
    "five pointers": Case("simple", "acts.0.part.pointers", (1, 2, 1, 2, 1), "2400 SV107"),
    "no pointer": Case("simple", "acts.0.part.pointers", (), "2400 SV107"),
    "pointer": Case("simple", "acts.0.part.pointers", (13,), "2400 SV107-1"),
    "no line": Case("simple", "acts", (), "2400 LX01"),
    "too many lines": Case("simple", "acts", golden("simple").acts * 17, "2400 LX01"),
    "span backwards": Case("simple", "acts.0.service", _LONG, "2400 DTP03"),
    "currencies": Case("simple", "acts.0.charge", Money(1279, "EUR"), "2000A CUR02"),
    "no number to replace": Case("simple", "frequency", "7", "2300 REF02"),
    "number without replacing": Case("simple", "replaces", "X1", "2300 REF02"),
    "three causes": Case("whole", "part.accident", ("AA", "EM", "OA"), "2300 CLM11"),
    "state without cause": Case("simple", "part.accident_state", "IL", "2300 CLM11-1"),
    "auto without state": Case("whole", "part.accident_state", None, "2300 CLM11-4"),
    "accident without date": Case("whole", "part.dates", (), "2300 DTP03"),
    "date twice": Case("whole", "part.dates", _TWICE, "2300 DTP01"),
    "conditions": Case("whole", "part.condition_codes", ("AA",) * 25, "2300 HI01"),
    "other payers": Case("whole", "other_coverages", golden("whole").other_coverages * 6, "2320 SBR01"),
    "other payer's subscriber": Case("whole", "other_coverages.0.relationship", "18", "2330A NM103"),
    "adjustments": Case("secondary", "other_coverages.0.adjudication.adjustments", _MANY, "2320 CAS01"),
    "drug system": Case("whole", "acts.0.part.drug.ndc", Code("cpt", "99213"), "2410 LIN03"),
    "facility": Case("whole", "part.facility.address", Address("", "X"), "part.facility.address.street"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_refused_with_claim_and_element(case):
    claim = changed(golden(case.file), case.path, case.new)
    with pytest.raises(Refused) as refused:
        written(golden("simple"), claim)
    assert f"claim {claim.number}" in refused.value.where
    assert case.place in refused.value.where
    assert refused.value.remedy
    assert str(refused.value)


_TEXTS = ("", " ", "A", "É", "A*B", "~", "1:2", "X\x1fY", "\\", "18", "A" * 30, "A" * 60, "A" * 90)
_AMOUNTS = (Money(0), Money(-5), Money(10**11), Money(5, "CAD"))
_DECIMALS = tuple(map(Decimal, ("0", "-1", "1e20", "0.0001", "Infinity")))


def _junk(rng: Random, value: Any) -> Any:
    choices: tuple[Any, ...] = (None,)
    match value:
        case bool():
            choices = (not value,)
        case str():
            choices = (*_TEXTS, value[:-1])
        case int():
            choices = (0, -1, 10**12, value + 1)
        case tuple():
            choices = ((), value * 2, value[::-1], value[:1] * 60)
        case Decimal():
            choices = _DECIMALS
        case Money():
            choices = _AMOUNTS
    return rng.choice(choices)


def _or_refused(claim: Any) -> bytes | str:
    """The file, or the place that is refused."""
    try:
        return written(claim)
    except Refused as refused:
        return refused.where


def _paths(value: Any, path: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = [(path, value)] if path else []
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            found += _paths(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, tuple):
        for at, inner in enumerate(value):
            found += _paths(inner, f"{path}.{at}")
    return found


_MAY_BE_ANY = ("kind",)


def test_a_spoiled_claim_is_refused_or_comes_back_the_same():
    """Never a wrong file: whatever stands in a claim, the writer refuses it, or the file says just that."""
    rng = Random(17)
    claims = sendable(60, seed=17)
    refused = same = 0
    for _ in range(count(1_500, 60_000)):
        claim = rng.choice(claims)
        path, value = rng.choice(_paths(claim))
        if path in _MAY_BE_ANY:
            continue
        spoiled = changed(claim, path, _junk(rng, value))
        try:
            # The types hold elsewhere: what msgspec would not take is no claim at all.
            spoiled = from_json(msgspec.json.Encoder(decimal_format="string").encode(spoiled))
        except (msgspec.ValidationError, TypeError, ValueError):
            continue
        data = _or_refused(spoiled)
        if isinstance(data, str):
            assert data.startswith("claim ")
            refused += 1
            continue
        reading = read_837p(data)
        assert reading.errors == (), (path, spoiled)
        if reading.claims != (spoiled,):
            assert _alike(reading.claims[0], spoiled), (path, value)
        same += 1
    assert refused > 100
    assert same > 100


def _alike(read: Any, sent: Any) -> bool:
    """Equal but for what has two ways to be said: an authority without numbers, the order of dates."""
    part = msgspec.structs.replace(sent.part, dates=read.part.dates)
    authority = None if sent.authority == Authority() else sent.authority
    return read == msgspec.structs.replace(sent, part=part, authority=authority) and sorted(sent.part.dates) == sorted(
        read.part.dates
    )


@pytest.mark.parametrize(
    ("field", "new", "place"),
    [
        ("sender", "A" * 16, "ISA06"),
        ("sender", "A", "ISA06"),
        ("receiver", "É1", "ISA08"),
        ("sender_qualifier", "XX", "ISA05"),
        ("interchange", 10**9, "ISA13"),
        ("group", 0, "GS06"),
        ("transaction", "1", "ST02"),
        ("reference", "A" * 51, "BHT03"),
        ("reference", "A~", "BHT03"),
        ("contact", Contact("A"), "PER04"),
        ("receiver_name", "", "NM103"),
        ("submitter", PersonName(""), "NM103"),
        ("submitter_id", "1", "NM109"),
    ],
)
def test_a_transmission_that_cannot_be_sent_is_refused(field, new, place):
    with pytest.raises(Refused) as refused:
        write_837p(msgspec.structs.replace(TRANSMISSION, **{field: new}), [golden("simple")])
    assert place in refused.value.where


def test_nothing_to_write_is_refused():
    with pytest.raises(Refused):
        write_837p(TRANSMISSION, [])


@pytest.mark.parametrize("separators", [Delimiters(element="A"), Delimiters(component="*"), Delimiters(segment=" ")])
def test_separators_that_separate_nothing_are_refused(separators):
    with pytest.raises(Refused) as refused:
        write_837p(TRANSMISSION, [golden("simple")], separators)
    assert refused.value.where == "ISA"


def test_a_person_may_submit():
    transmission = msgspec.structs.replace(
        TRANSMISSION, submitter=PersonName("BAKER", "PAT"), resend=True, encounter=True, usage="P"
    )
    data = write_837p(transmission, [golden("simple")])
    assert b"BHT*0019*18*BATCH1*20250304*0930*RP~" in data
    assert read_837p(data).transmissions == (transmission,)


def test_an_address_abroad_has_its_subdivision():
    abroad = Address("1 RUE X", "PARIS", None, "IDF", "75001", "FR")
    claim = changed(golden("simple"), "patient.address", abroad)
    data = written(claim)
    assert b"N4*PARIS**75001*FR***IDF~" in data
    assert read_837p(data).claims == (claim,)


def test_other_subscribers_may_be_no_person():
    claim = changed(golden("whole"), "other_coverages.0.subscriber", OrganizationName("ACME INC"))
    assert read_837p(written(claim)).claims == (claim,)

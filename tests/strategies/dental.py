"""Dental claims that can be written: each valid, no two alike.

``sample_dental_claims`` is the quick source (plain random, seeded) for bulk tests; ``tests.strategies.claims`` draws
the same claims with hypothesis.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from billing.domain.claim import Act, Authority, Claim
from billing.domain.dental import (
    ACT_DAYS,
    CLAIM_DAYS,
    Attachment,
    Dental,
    DentalAct,
    DentalActDate,
    DentalActLine,
    DentalClaim,
    DentalDate,
    MissingTooth,
    Orthodontics,
    Prosthesis,
    TreatedTooth,
)
from clinic.domain.code import CDT, ICD9CM, ICD10CM, Code
from clinic.domain.money import Money, total
from clinic.domain.period import Period
from clinic.domain.quantity import Quantity
from clinic.domain.surfaces import AREAS, ordered_surfaces
from clinic.domain.tooth import ALL, Tooth
from tests.strategies import cover, people
from tests.strategies.dice import Dice
from tests.strategies.samples import ICD_CHANGE, below

ASKED = date(2025, 3, 4)
"""The day predeterminations are asked: that of the files the tests write."""

_ICD10 = ("K0251", "K029", "K0500", "K0510", "K05219", "K0530", "K08109", "K011", "K046", "S025XXA", "M2603", "Z0120")
_ICD9 = ("52102", "52100", "52300", "52310", "5234", "5206", "5224")
_ACTS = (
    *("D0120", "D0150", "D0210", "D0274", "D1110", "D1206", "D2140", "D2392", "D2740", "D2950", "D3320", "D4341"),
    *("D5110", "D6240", "D7140", "D8080", "D9230", "D9999"),
)
_PLACES = ("11", "12", "21", "22", "24", "31", "50")
_REPORTS = ("RB", "B4", "DA", "DG", "EB", "OZ", "P6", "RR")
_WAYS = ("EL", "AA", "BM", "EM", "FT", "FX")


def build_dental(dice: Dice) -> DentalClaim:
    """One claim from the draws of ``dice``."""
    asked = dice.maybe(20) and not dice.full
    icd9 = not asked and dice.maybe(20) and not dice.full
    first, last = (date(2012, 1, 1), ICD_CHANGE - timedelta(days=40)) if icd9 else (ICD_CHANGE, date(2026, 6, 30))
    day = ASKED if asked else dice.day(first, last)
    system, codes = (ICD9CM, _ICD9) if icd9 else (ICD10CM, _ICD10)
    diagnoses = tuple(Code(system, value) for value in dice.some(codes, 1, 4)) if dice.maybe(60) else ()
    place = dice.pick(_PLACES)
    acts = _acts(dice, day, len(diagnoses), place, asked=asked)
    charged = total([act.charge for act in acts])
    frequency = "7" if dice.full else dice.pick(("1", "1", "7", "8"))
    coverage = cover.coverage(dice, day)
    left, others = cover.others(dice, coverage, charged, day)
    return Claim(
        kind="dental",
        number=dice.text("identifier", 6, 30) + dice.digits(8),
        billing=people.billing_provider(dice),
        patient=people.person(dice, 28, day, whole=True),
        coverage=coverage,
        acts=acts,
        part=_part(dice, day, diagnoses, place, asked=asked),
        total=charged,
        frequency=frequency,
        replaces=dice.text("identifier", 18, 50, 2) if frequency != "1" else None,
        authority=_authority(dice) if dice.maybe(40) else None,
        pay_to=people.address(dice, 40, line=40) if dice.maybe(30) else None,
        other_coverages=others,
        patient_paid=Money(dice.between(1, left)) if left and dice.maybe(30) else None,
    )


def _authority(dice: Dice) -> Authority:
    kinds = {"prior", "referral"} if dice.full else set(dice.some(("prior", "referral"), 1, 2))
    return Authority(
        dice.text("identifier", 29, 50, 2) if "prior" in kinds else None,
        dice.text("identifier", 29, 50, 2) if "referral" in kinds else None,
    )


def _part(dice: Dice, day: date, diagnoses: tuple[Code, ...], place: str, *, asked: bool) -> Dental:
    accident = tuple(dice.some(("AA", "EM", "OA"), 1, 2)) if dice.maybe(30) else ()
    if dice.full and "AA" not in accident:
        accident = ("AA", *accident[:1])
    return Dental(
        place=place,
        signed="N" if dice.maybe(10) and not dice.full else "Y",
        assignment=dice.pick(("A", "C", "B")),
        diagnoses=diagnoses,
        predetermination=asked,
        predetermination_number=dice.text("identifier", 20, 50, 2) if dice.maybe(20) else None,
        rendering=people.provider(dice) if dice.maybe(60) else None,
        assistant=people.provider(dice) if dice.maybe(20) else None,
        referring=people.colleague(dice) if dice.maybe(40) else None,
        supervising=people.colleague(dice) if dice.maybe(30) else None,
        facility=people.facility(dice) if dice.maybe(40) else None,
        accident=accident,
        accident_state=dice.pick(("MA", "NY", "TX")) if "AA" in accident else None,
        dates=_dates(dice, day, accident=bool(accident)),
        missing=tuple(MissingTooth(each, dice.pick(("M", "E"))) for each in dice.some(ALL, 1, 35))
        if dice.maybe(30)
        else (),
        orthodontics=_orthodontics(dice) if dice.maybe(30) else None,
        attachments=tuple(_attachment(dice) for _ in range(dice.between(1, 4))) if dice.maybe(30) else (),
        casualty_claim=dice.text("identifier", 28, 50, 2) if dice.maybe(20) else None,
        notes=tuple(dice.text("prose", 60, 80, 2) for _ in range(dice.between(1, 5))) if dice.maybe(30) else (),
    )


def _dates(dice: Dice, day: date, *, accident: bool) -> tuple[DentalDate, ...]:
    chosen = {"452"} if dice.maybe(30) else set()
    if accident:
        chosen.add("439")
    return tuple(DentalDate(each, day - timedelta(days=dice.between(0, 300))) for each in CLAIM_DAYS if each in chosen)


def _orthodontics(dice: Dice) -> Orthodontics:
    months = dice.between(1, 48) if dice.maybe(80) else None
    return Orthodontics(months, dice.between(0, months or 48) if dice.maybe(60) else None)


def _attachment(dice: Dice) -> Attachment:
    sent = dice.pick(_WAYS)
    return Attachment(
        dice.pick(_REPORTS), sent, dice.text("identifier", 20, 80, 2) if sent != "AA" or dice.maybe(30) else None
    )


def _acts(dice: Dice, day: date, diagnoses: int, place: str, *, asked: bool) -> tuple[DentalActLine, ...]:
    many = dice.pick((False, True)) if dice.full else dice.maybe(15)
    count = dice.between(7, 13) if many else dice.between(1, 4)
    prefix = dice.text("plain", 6, 40)
    apart = not asked and dice.maybe(50)
    found = []
    for at in range(count):
        start = day + timedelta(days=dice.between(0, 20)) if apart else day
        end = start + timedelta(days=dice.between(1, 6)) if apart and dice.maybe(25) else None
        part = _act_part(dice, day, diagnoses, place)
        several = len(part.teeth) < 2 and dice.maybe(20)
        found.append(
            Act(
                number=f"{prefix}{at:02d}",
                code=Code(CDT, dice.pick(_ACTS)),
                service=Period(start, end),
                quantity=Quantity(Decimal(dice.between(1, 9) if several else 1)),
                charge=Money(dice.between(1, 9_999_999 if dice.maybe(10) else 40_000)),
                part=part,
            )
        )
    return tuple(found)


def _act_part(dice: Dice, day: date, diagnoses: int, place: str) -> DentalAct:
    days = set(dice.some(ACT_DAYS, 1, 4)) if dice.maybe(15) else set()
    return DentalAct(
        areas=tuple(dice.some(tuple(AREAS), 1, 5)) if dice.maybe(30) else (),
        teeth=tuple(_treated(dice, each) for each in dice.some(ALL, 1, 4)) if dice.maybe(60) else (),
        prosthesis=_prosthesis(dice, day) if dice.maybe(25) else None,
        pointers=tuple(dice.some(range(1, diagnoses + 1), 1, 4)) if diagnoses and dice.maybe(80) else (),
        modifiers=tuple(dice.some(("22", "52", "99", "XP", "GA"), 1, 4)) if dice.maybe(20) else (),
        description=dice.text("prose", 59, 80, 2) if dice.maybe(20) else None,
        place=dice.pick([each for each in _PLACES if each != place]) if dice.maybe(15) else None,
        dates=tuple(
            DentalActDate(each, day - timedelta(days=dice.between(0, 300))) for each in ACT_DAYS if each in days
        ),
        predetermination_number=dice.text("identifier", 20, 50, 2) if dice.maybe(10) else None,
        rendering=people.provider(dice) if dice.maybe(15) else None,
        assistant=people.provider(dice) if dice.maybe(10) else None,
    )


def _treated(dice: Dice, universal: str) -> TreatedTooth:
    tooth = Tooth(universal)
    letters = "MDLIF" if tooth.front else "MDLOB"
    return TreatedTooth(universal, ordered_surfaces(set(dice.some(letters, 1, 5))) if dice.maybe(60) else ())


def _prosthesis(dice: Dice, day: date) -> Prosthesis:
    if not (dice.full or dice.maybe(60)):
        return Prosthesis("I")
    return Prosthesis("R", day - timedelta(days=dice.between(400, 6000)), dice.maybe(40))


def endless_dental_claims(seed: int) -> Iterator[DentalClaim]:
    """The claims of a seed, one after another."""
    draw = below(Random(seed))
    while True:
        yield build_dental(Dice(draw))


def sample_dental_claims(n: int, seed: int = 0) -> list[DentalClaim]:
    """The first ``n`` claims of a seed: the same on every run."""
    source = endless_dental_claims(seed)
    return [next(source) for _ in range(n)]


def whole_dental_claims(n: int, seed: int = 0) -> list[DentalClaim]:
    """The first ``n`` claims of a seed in which every field is present that may be."""
    draw = below(Random(seed))
    return [build_dental(Dice(draw, full=True)) for _ in range(n)]

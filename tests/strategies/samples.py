"""Professional claims that can be written: each valid, no two alike.

``sample_claims`` is the quick source (plain random, seeded) for benches and bulk tests; ``tests.strategies.claims``
draws the same claims with hypothesis.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from msgspec.structs import replace

from billing.domain.claim import Act, Authority, Claim
from billing.domain.professional import (
    CLAIM_DATE_ORDER,
    ClaimDate,
    Drug,
    Professional,
    ProfessionalAct,
    ProfessionalActLine,
    ProfessionalClaim,
)
from clinic.domain.code import CLIA, ICD9CM, ICD10CM, NDC, Code, Identifier, procedure
from clinic.domain.money import Money, total
from clinic.domain.party import Provider
from clinic.domain.period import Period
from clinic.domain.quantity import Quantity
from tests.strategies import cover, people
from tests.strategies.dice import Dice

ICD_CHANGE = date(2015, 10, 1)
"""Services from this day on are coded in ICD-10-CM (45 CFR 162.1002)."""

# Billable in every release of their years; external causes last, for they never stand first.
_ICD10 = (
    *("I10", "E119", "J069", "E785", "F411", "J449", "K219", "N390", "R079", "S52501A", "S93401A", "T7840XA", "Z0000"),
    *("Z23", "Z79899", "L309", "G43909", "M25561", "R1013", "R42", "O80", "Z3A20", "J0190", "H6691"),
)
_ICD10_CAUSES = ("W010XXA", "W19XXXA", "X58XXXA", "Y92009")
_ICD9 = (
    *("4019", "25000", "4660", "V700", "V202", "78650", "5990", "7242", "311", "486", "27800", "8470", "81341", "4779"),
    *("53081", "49390", "0340", "7840"),
)
_ICD9_CAUSES = ("E8859", "E9289")
_ACTS = (
    *("99213", "99214", "99203", "36415", "80053", "85025", "93000", "20610", "12001", "J1100", "J3301", "G0008"),
    *("A4550", "3044F"),
)
_MODIFIERS = ("25", "59", "50", "RT", "LT", "GA", "QW", "TC", "26", "76")
_PLACES = ("11", "12", "21", "22", "23", "31", "24", "81", "71")


def build(dice: Dice) -> ProfessionalClaim:
    """One claim from the draws of ``dice``."""
    icd9 = dice.maybe(25) and not dice.full
    first, last = (date(2012, 1, 1), ICD_CHANGE - timedelta(days=40)) if icd9 else (ICD_CHANGE, date(2026, 6, 30))
    day = dice.day(first, last)
    diagnoses = _diagnoses(dice, icd9=icd9)
    place = dice.pick(_PLACES)
    rendering = people.provider(dice) if dice.maybe(60) else None
    acts = _acts(dice, day, len(diagnoses), place)
    charged = total([act.charge for act in acts])
    frequency = "7" if dice.full else dice.pick(("1", "1", "7", "8"))
    coverage = cover.coverage(dice, day)
    patient = people.person(dice, 28, day, whole=True)
    left, others = cover.others(dice, coverage, charged, day)
    patient_paid = Money(dice.between(1, left)) if left and dice.maybe(30) else None
    # Eight digits behind a text of few variants keep the numbers of a file apart.
    number = dice.text("identifier", 6, 30) + dice.digits(8)
    claim: ProfessionalClaim = Claim(
        kind="professional",
        number=number,
        billing=people.billing_provider(dice),
        patient=patient,
        coverage=coverage,
        acts=acts,
        part=_part(dice, day, diagnoses, place, rendering),
        total=charged,
        frequency=frequency,
        replaces=dice.text("identifier", 18, 50, 2) if frequency != "1" else None,
        authority=_authority(dice) if dice.maybe(40) else None,
        pay_to=people.address(dice, 40, line=40) if dice.maybe(30) else None,
        other_coverages=others,
        patient_paid=patient_paid,
    )
    return _outgrown(dice, claim) if dice.stretch else claim


def _outgrown(dice: Dice, claim: ProfessionalClaim) -> ProfessionalClaim:
    """The claim with one text that surely is too wide for its box: 26, 1a or the city of 5."""
    match dice.between(0, 2):
        case 0:
            return replace(claim, number=claim.number.ljust(20, "0"))
        case 1:
            return replace(claim, coverage=replace(claim.coverage, member_id=claim.coverage.member_id.ljust(30, "0")))
        case _:
            home = claim.patient.address
            assert home
            longer = replace(home, city=home.city.ljust(25, "A"))
            return replace(claim, patient=replace(claim.patient, address=longer))


def _diagnoses(dice: Dice, *, icd9: bool) -> tuple[Code, ...]:
    system, codes, causes = (ICD9CM, _ICD9, _ICD9_CAUSES) if icd9 else (ICD10CM, _ICD10, _ICD10_CAUSES)
    found = dice.some(codes, 1, 12 if dice.maybe(30) else 4)
    if len(found) < 12 and dice.maybe(20):
        found.append(dice.pick(causes))
    return tuple(Code(system, value) for value in found)


def _authority(dice: Dice) -> Authority:
    kinds = {"prior", "referral", "clia"} if dice.full else set(dice.some(("prior", "referral", "clia"), 1, 3))
    return Authority(
        dice.text("identifier", 29, 50, 2) if "prior" in kinds else None,
        dice.text("identifier", 29, 50, 2) if "referral" in kinds else None,
        Identifier(CLIA, f"{dice.digits(2)}D{dice.digits(7)}") if "clia" in kinds else None,
    )


def _part(dice: Dice, day: date, diagnoses: tuple[Code, ...], place: str, rendering: Provider | None) -> Professional:
    # Two at most: CLM11-3 is not used in 005010X222A1.
    accident = tuple(dice.some(("AA", "EM", "OA"), 1, 2)) if dice.maybe(30) else ()
    if dice.full and "AA" not in accident:
        accident = ("AA", *accident[:1])
    referring = people.colleague(dice) if dice.maybe(40) else None
    left_work = day - timedelta(days=dice.between(0, 20))
    admitted = day - timedelta(days=dice.between(0, 9))
    return Professional(
        diagnoses=diagnoses,
        place=place,
        rendering=rendering,
        referring=referring,
        supervising=people.colleague(dice) if dice.maybe(30) else None,
        facility=people.facility(dice) if dice.maybe(40) else None,
        signed="N" if dice.maybe(10) and not dice.full else "Y",
        assignment=dice.pick(("A", "C", "B")),
        accident=accident,
        accident_state=dice.pick(("MA", "NY", "TX")) if "AA" in accident else None,
        dates=_dates(dice, day, accident=bool(accident)),
        unable_to_work=Period(left_work, _later(dice, left_work, 0)) if dice.maybe(30) else None,
        hospital=Period(admitted, _later(dice, admitted, 0)) if dice.maybe(30) else None,
        condition_codes=tuple(dice.some(("AA", "AB", "W2", "W3", "01", "D9", "17"), 1, 6)) if dice.maybe(20) else (),
        casualty_claim=dice.text("identifier", 28, 50, 2) if dice.maybe(20) else None,
        note=dice.text("prose", 60, 80, 2) if dice.maybe(30) else None,
    )


def _later(dice: Dice, start: date, least: int) -> date | None:
    return start + timedelta(days=dice.between(least, 6)) if dice.maybe(60) else None


def _dates(dice: Dice, day: date, *, accident: bool) -> tuple[ClaimDate, ...]:
    """At most one a qualifier, in order; the accident's date stands where an accident does, and only there."""
    chosen = set(dice.some([each for each in CLAIM_DATE_ORDER if each != "439"], 1, 4)) if dice.maybe(50) else set()
    if accident:
        chosen.add("439")
    return tuple(
        ClaimDate(each, day - timedelta(days=dice.between(0, 300))) for each in CLAIM_DATE_ORDER if each in chosen
    )


def _acts(dice: Dice, day: date, diagnoses: int, place: str) -> tuple[ProfessionalActLine, ...]:
    many = dice.pick((False, True)) if dice.full else dice.maybe(15)
    count = dice.between(7, 13) if many else dice.between(1, 4)
    # Ten lines of the widest charge still fit box 29, thirteen do not.
    most = 9_999_999 if count <= 10 else 7_000_000
    prefix = dice.text("plain", 6, 40)
    found = []
    for at in range(count):
        start = day + timedelta(days=dice.between(0, 20))
        unit = "MJ" if dice.maybe(10) and not dice.full else "UN"
        worth = dice.between(0, most) if dice.maybe(10) else dice.between(1, 40_000)
        found.append(
            Act(
                number=f"{prefix}-{at + 1}" if len(prefix) % 2 else f"{prefix}{at:02d}",
                code=procedure(dice.pick(_ACTS)),
                service=Period(start, _later(dice, start, 1) if dice.maybe(25) else None),
                quantity=Quantity(_units(dice, unit), unit),
                charge=Money(worth),
                part=_act_part(dice, diagnoses, place),
            )
        )
    return tuple(found)


def _units(dice: Dice, unit: str) -> Decimal:
    if unit == "UN" and dice.maybe(10):
        return Decimal(dice.pick(("0.5", "1.5", "2.5")))
    return Decimal(dice.between(1, 999) if dice.maybe(30) else dice.between(1, 3))


def _act_part(dice: Dice, diagnoses: int, place: str) -> ProfessionalAct:
    drug = None
    if dice.maybe(15):
        amount = Quantity(Decimal(dice.between(1, 99_999)).scaleb(-dice.between(0, 3)), "UN").plain()
        drug = Drug(Code(NDC, dice.digits(11)), Quantity(Decimal(amount), dice.pick(("UN", "ML", "GR", "ME", "F2"))))
    return ProfessionalAct(
        pointers=tuple(dice.some(range(1, diagnoses + 1), 1, 4)),
        modifiers=tuple(dice.some(_MODIFIERS, 1, 4)) if dice.maybe(40) else (),
        place=dice.pick([each for each in _PLACES if each != place]) if dice.maybe(15) else None,
        # Behind a drug of at most 24 columns and three blanks the shaded line leaves 32 for a text with its qualifier.
        description=dice.text("prose", 30 if drug else 59, 80, 2) if dice.maybe(20) else None,
        emergency=dice.maybe(15),
        epsdt=dice.maybe(15),
        rendering=people.provider(dice) if dice.maybe(15) else None,
        drug=drug,
    )


def below(rng: Random) -> Callable[[int], int]:
    """Choices of plain random, as ``Dice`` asks for them."""
    fraction = rng.random
    return lambda limit: int(fraction() * limit)


def endless_claims(seed: int, *, over_long: bool = False) -> Iterator[ProfessionalClaim]:
    """The claims of a seed, one after another."""
    draw = below(Random(seed))
    while True:
        yield build(Dice(draw, stretch=over_long))


def claim_of_seed(seed: int, *, full: bool = False, over_long: bool = False) -> ProfessionalClaim:
    """The one claim a number stands for."""
    return build(Dice(below(Random(seed)), full=full, stretch=over_long))


def sample_claims(n: int, seed: int = 0, *, over_long: bool = False) -> list[ProfessionalClaim]:
    """The first ``n`` claims of a seed: the same on every run."""
    source = endless_claims(seed, over_long=over_long)
    return [next(source) for _ in range(n)]


def whole_claims(n: int, seed: int = 0) -> list[ProfessionalClaim]:
    """The first ``n`` claims of a seed in which every field is present."""
    draw = below(Random(seed))
    return [build(Dice(draw, full=True)) for _ in range(n)]

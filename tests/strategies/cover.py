"""Payers of claims and what others of them answered, within the widths of the CMS-1500 (02/12) and of the 837."""

from __future__ import annotations

from datetime import date, timedelta

from billing.domain.claim import Adjudication, Adjustment, Coverage, OtherCoverage
from clinic.domain.money import Money
from tests.strategies import people
from tests.strategies.dice import Dice

_FILINGS = (
    *("CI", "BL", "MB", "MA", "MC", "CH", "VA", "HM", "12", "13", "14", "15", "16", "17", "FI", "WC", "AM", "DS"),
    *("LM", "OF", "TV", "11", "ZZ"),
)
_RELATIONSHIPS = ("18", "01", "19", "G8", "20", "21", "39", "40", "53")
_WHY_NOT_PRIMARY = ("12", "13", "14", "15", "16", "41", "42", "43", "47")
_REASONS = ("45", "1", "2", "3", "96", "97", "253", "B7")


def coverage(dice: Dice, day: date) -> Coverage:
    """The payer billed."""
    rank = "S" if dice.full else dice.pick(("P", "P", "P", "S", "T"))
    filing = "MB" if dice.maybe(25) else dice.pick(_FILINGS)
    relationship = dice.pick(_RELATIONSHIPS[1:]) if dice.maybe(50) else "18"
    return Coverage(
        payer=people.payer(dice),
        member_id=dice.text("identifier", 29, 80, 2),
        filing=filing,
        rank=rank,
        relationship=relationship,
        subscriber=None if relationship == "18" else people.person(dice, 29, day, whole=False),
        group_number=dice.text("identifier", 29, 50) if dice.maybe() else None,
        plan_name=dice.text("business", 29, 60) if dice.maybe() else None,
        insurance_type=_insurance_type(dice, filing, rank),
        assigns_benefits=dice.pick(("Y", "N", "W")),
        release=dice.pick(("Y", "I")),
        provider_number=people.other_number(dice, ("g2", "lu"), 15),
    )


def _insurance_type(dice: Dice, filing: str, rank: str) -> str | None:
    """Only where Medicare answers after another payer (SBR05)."""
    return dice.pick(_WHY_NOT_PRIMARY) if filing in {"MA", "MB"} and rank != "P" and dice.maybe(80) else None


def others(dice: Dice, focal: Coverage, charged: Money, day: date) -> tuple[int, tuple[OtherCoverage, ...]]:
    """What is left of the charge in cents, and the other payers: all that answer before this one, perhaps one after."""
    before, after = {"P": ("", "ST"), "S": ("P", "T"), "T": ("PS", "")}[focal.rank]
    ranks = before + "".join(after[: dice.between(1 if dice.full else 0, len(after))] if dice.maybe(40) else "")
    left = charged.cents
    found = []
    for rank in ranks:
        answer = None
        if rank in before and dice.maybe(80):
            paid = dice.between(0, left) if dice.full or not dice.maybe(20) else left
            left -= paid
            answer = _adjudication(dice, paid, charged.cents - paid, day)
        found.append(_other(dice, rank, answer))
    return left, tuple(found)


def _other(dice: Dice, rank: str, answer: Adjudication | None) -> OtherCoverage:
    filing = "MB" if dice.maybe(25) else dice.pick(_FILINGS)
    relationship = dice.pick(_RELATIONSHIPS[1:]) if dice.maybe(50) else "18"
    subscriber = None
    if relationship != "18":
        as_person = dice.full or not dice.maybe(15)
        subscriber = people.person_name(dice, 28) if as_person else people.organization(dice, 28)
    return OtherCoverage(
        payer=people.payer(dice, 28),  # box 9d may name it where the plan has no name
        member_id=dice.text("identifier", 28, 80, 2),
        filing=filing,
        rank=rank,
        relationship=relationship,
        subscriber=subscriber,
        group_number=dice.text("identifier", 28, 50) if dice.maybe() else None,
        plan_name=dice.text("business", 28, 60) if dice.maybe() else None,
        insurance_type=_insurance_type(dice, filing, rank),
        assigns_benefits=dice.pick(("Y", "N", "W")),
        release=dice.pick(("Y", "I")),
        adjudication=answer,
    )


def _adjudication(dice: Dice, paid: int, rest: int, day: date) -> Adjudication:
    """Paid and taken off add up to the charge; groups stand together, no amount is zero (CAS)."""
    adjustments = []
    groups = dice.some(("CO", "PR", "OA", "PI", "CR"), 1, 3)
    slots = [(group, reason) for group in groups for reason in dice.some(_REASONS, 1, 4)]
    # One payer in ten takes off too much and gives some back.
    back = dice.between(1, 500) if rest and len(slots) > 1 and dice.maybe(10) and not dice.full else 0
    open_cents = rest + back
    for at, (group, reason) in enumerate(slots):
        remaining = len(slots) - at - 1
        if back and remaining == 0:
            cents = -back
        elif remaining - bool(back) <= 0 or open_cents <= remaining:
            cents = open_cents
        else:
            cents = dice.between(1, open_cents - remaining)
        if cents:
            units = dice.between(1, 9) if dice.maybe(20) else None
            adjustments.append(Adjustment(group, reason, Money(cents), units))
        open_cents -= max(cents, 0)
    decided = day + timedelta(days=dice.between(5, 60)) if dice.maybe(80) else None
    return Adjudication(Money(paid), decided, tuple(adjustments))

"""Units of a line or of a day, beside the most that are paid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from billing.edits.bundled import rendering_number
from billing.edits.facts import AnyAct, AnyClaim
from billing.edits.ruled import LimitRule

Key = tuple[str, date, str | None]
"""What a day's limit counts together: code, day and who did it."""


class Excess(NamedTuple):
    """More units than are paid."""

    line: int
    """The line that passes the limit."""
    units: Decimal
    """What it bills, or what the day has with it."""
    limit: LimitRule


def daily(act: AnyAct) -> Decimal | None:
    """The units of a line for each of its days; None where they are no count."""
    quantity, service = act.quantity, act.service
    if quantity.unit != "UN" or not quantity.value.is_finite():
        return None
    days = 1 if service.end is None else (service.end - service.start).days + 1
    return quantity.value if days <= 1 else quantity.value / days


def key_of(claim: AnyClaim, act: AnyAct) -> Key:
    """With which other lines a line is counted for a day's limit."""
    return act.code.value, act.service.start, rendering_number(claim, act)


def excesses(claim: AnyClaim, limits: Sequence[LimitRule | None]) -> tuple[Excess, ...]:
    """Each line that passes the limit of its code: by itself (indicator 1), or with those before it on its day."""
    found: list[Excess] = []
    totals: dict[Key, Decimal] = {}
    for at, (act, limit) in enumerate(zip(claim.acts, limits, strict=True)):
        if limit is None or (units := daily(act)) is None or units <= 0:
            continue
        if limit.indicator == "1":
            if units > limit.units:
                found.append(Excess(at, units, limit))
            continue
        key = key_of(claim, act)
        before = totals.get(key, Decimal(0))
        totals[key] = before + units
        if before + units > limit.units:
            found.append(Excess(at, before + units, limit))
    return tuple(found)


def counted(units: Decimal) -> str:
    """Units as a person writes them."""
    text = format(units, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text)[:20]


def together(claim: AnyClaim, act: AnyAct, earlier: Sequence[AnyClaim]) -> tuple[Decimal, Decimal, str]:
    """Units of a line's code on its day by its provider: on the claim, on earlier ones, and the first of these.

    A line of the same charge is taken for the same act billed twice (DUP-02 says so), not for more of it.
    """
    key = key_of(claim, act)
    own = _sum(claim, key, claim.acts)
    before, number = Decimal(0), ""
    for other in earlier:
        if other.frequency != "8" and other.number != claim.number:
            units = _sum(other, key, [each for each in other.acts if each.charge != act.charge])
            before += units
            number = number or (other.number if units else "")
    return own, before, number


def _sum(claim: AnyClaim, key: Key, acts: Sequence[AnyAct]) -> Decimal:
    return sum(
        (units for act in acts if key_of(claim, act) == key and (units := daily(act)) is not None and units > 0),
        Decimal(0),
    )

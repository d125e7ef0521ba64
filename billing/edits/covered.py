"""What coverage rules say of an act: whether its diagnoses support it, and whether it comes too often. Pure.

Edits ask it of the lines of a claim, the bench of the tests of an order, so both say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, NamedTuple

from billing.edits.facts import AnyAct, AnyClaim
from billing.edits.ruled import CoverageRule
from billing.edits.units import daily
from clinic.domain.code import ICD10CM

Why = Literal["unsupported", "never", "excluded"]
"""None of the diagnoses is on the list of those that support it; one is on the list of those that do not, and none
supports it; the payer never pays for it."""

NOTICE = frozenset({"GA", "GX", "GY", "GZ"})
"""Modifiers by which a line says that the payer is not expected to pay."""

Done = tuple[date, Decimal]
"""A day on which an act was done, and its units."""


class Support(NamedTuple):
    """Whether the diagnoses support an act."""

    why: Why | None
    """None where they do."""
    rule: CoverageRule
    """That says so."""
    diagnosis: str = ""
    """That never supports it."""


class TooOften(NamedTuple):
    """More than is paid in a stretch of days."""

    rule: CoverageRule
    units: Decimal
    """In those days, with what is asked now."""
    last: date | None
    """The last day it was done before, None where it is all asked now."""
    next_on: date | None
    """The first day on which it would be paid again, None where that never comes."""


class Covering(NamedTuple):
    """What is said of one line."""

    line: int
    support: Support | None
    """None where no policy speaks of diagnoses."""
    on_claim: TooOften | None
    """The lines of the claim alone are too many."""
    with_earlier: TooOften | None
    """They are with those of claims before it."""
    earlier: str = ""
    """The number of the last of these."""
    noticed: bool = False
    """Whether the line says by a modifier that the payer is not expected to pay."""

    @property
    def refused(self) -> bool:
        """Whether the payer will not pay, as its policies stand."""
        return bool(self.support and self.support.why) or bool(self.on_claim or self.with_earlier)


def in_force(rules: Iterable[CoverageRule], filing: str, payer: str, on: date) -> list[CoverageRule]:
    """The rules that hold on a day for a payer.

    What is said of the payer by its number goes before what is said of its filing indicator, and that before what is
    said of all: of diagnoses and of how often, each by itself.
    """
    found: dict[bool, tuple[int, list[CoverageRule]]] = {}
    for rule in rules:
        if (rule.since is not None and on < rule.since) or (rule.until is not None and rule.until < on):
            continue
        if (rule.filing and rule.filing != filing) or (rule.payer and rule.payer != payer):
            continue
        close = 2 if rule.payer else 1 if rule.filing else 0
        kind = rule.rule == "frequency"
        best, held = found.get(kind, (-1, []))
        if close > best:
            found[kind] = (close, [rule])
        elif close == best:
            held.append(rule)
    return [rule for _, held in found.values() for rule in held]


def support_of(rules: Sequence[CoverageRule], diagnoses: Sequence[str]) -> Support | None:
    """Whether diagnoses, written without dots, support an act; None where no rule speaks of diagnoses.

    One that supports it is enough, whatever else is pointed at.
    """
    never = [rule for rule in rules if rule.rule == "never"]
    supports = [rule for rule in rules if rule.rule == "supports"]
    for rule in never:
        if rule.whatever:
            return Support("excluded", rule)
    for rule in supports:
        if any(rule.names(each) for each in diagnoses):
            return Support(None, rule)
    barred = [(each, rule) for each in diagnoses for rule in never if rule.names(each)]
    if barred and (supports or len({each for each, _ in barred}) == len(set(diagnoses))):
        return Support("never", barred[0][1], barred[0][0])
    if supports:
        return Support("unsupported", supports[0])
    return Support(None, never[0]) if never else None


def too_often(
    rules: Iterable[CoverageRule], diagnoses: Sequence[str], on: date, asked: Decimal, done: Sequence[Done]
) -> TooOften | None:
    """Whether so many units on a day are more than is paid, after what was done until then."""
    for rule in rules:
        if rule.rule != "frequency" or not (rule.whatever or any(rule.names(each) for each in diagnoses)):
            continue
        counted = [(day, units) for day, units in done if day <= on and (not rule.per or (on - day).days < rule.per)]
        units = asked + sum((each for _, each in counted), Decimal(0))
        if units > rule.times:
            last = max((day for day, _ in counted), default=None)
            return TooOften(rule, units, last, _next(rule, on, asked, counted))
    return None


def _next(rule: CoverageRule, on: date, asked: Decimal, counted: Sequence[Done]) -> date | None:
    if not rule.per or asked > rule.times:
        return None
    left = sum((units for _, units in counted), Decimal(0))
    for day, units in sorted(counted):
        left -= units
        again = day.toordinal() + rule.per
        if left + asked <= rule.times and again <= date.max.toordinal():
            return max(on, date.fromordinal(again))
    return None


def first_day(rules: Iterable[CoverageRule], on: date) -> date | None:
    """From which day on it matters what was done before; None where no rule counts."""
    days = [rule.per for rule in rules if rule.rule == "frequency"]
    if not days:
        return None
    if not all(days) or max(days) >= on.toordinal():
        return date.min
    return on - timedelta(days=max(days) - 1)


def pointed_at(claim: AnyClaim, act: AnyAct) -> tuple[str, ...]:
    """The diagnoses a line points at, of ICD-10-CM."""
    all_of_them = claim.part.diagnoses
    found = [all_of_them[at - 1] for at in act.part.pointers if 0 < at <= len(all_of_them)]
    return tuple([each.value for each in found if each.system == ICD10CM])


def units_of(act: AnyAct) -> Decimal:
    """The units of a line, one where they are no count."""
    units = daily(act)
    return Decimal(1) if units is None or units <= 0 else units


def before(claim: AnyClaim, act: AnyAct, earlier: Iterable[AnyClaim]) -> tuple[list[Done], str]:
    """The days before a line's on which earlier claims bill its code, and the last of these claims.

    Of two claims that bill one day, as an original and what replaced it do, the greater counts. What is billed twice
    for one day is the matter of other edits.
    """
    days: dict[date, Decimal] = {}
    last, number = date.min, ""
    for other in earlier:
        if other.frequency == "8" or other.number == claim.number:
            continue
        own: dict[date, Decimal] = {}
        for each in other.acts:
            day = each.service.start
            if each.code.value == act.code.value and day < act.service.start:
                own[day] = own.get(day, Decimal(0)) + units_of(each)
                if day >= last:
                    last, number = day, other.number
        for day, units in own.items():
            days[day] = max(days.get(day, Decimal(0)), units)
    return list(days.items()), number


def coverings(
    claim: AnyClaim,
    covered: Iterable[tuple[int, Iterable[CoverageRule]]],
    earlier: Callable[[date], Iterable[AnyClaim]],
) -> tuple[Covering, ...]:
    """What the payer's rules say of the lines of whose codes any rule speaks."""
    found = []
    filing = claim.coverage.filing
    payer = claim.coverage.payer.identifier.value
    for at, about in covered:
        act = claim.acts[at]
        on = act.service.start
        rules = in_force(about, filing, payer, on)
        if not rules:
            continue
        diagnoses = pointed_at(claim, act)
        first = first_day(rules, on)
        own, whole, last = None, None, ""
        if first is not None:
            same = [
                (each.service.start, units_of(each))
                for place, each in enumerate(claim.acts)
                if each.code == act.code and (each.service.start, place) < (on, at)
            ]
            own = too_often(rules, diagnoses, on, units_of(act), same)
            if own is None and claim.frequency == "1":
                done, last = before(claim, act, earlier(first))
                whole = too_often(rules, diagnoses, on, units_of(act), [*same, *done]) if done else None
        said = support_of(rules, diagnoses) if diagnoses else _whatever(rules)
        found.append(Covering(at, said, own, whole, last, not NOTICE.isdisjoint(act.part.modifiers)))
    return tuple(found)


def _whatever(rules: Sequence[CoverageRule]) -> Support | None:
    """What is said where a line points at no diagnosis: that is another fault, so only what holds without one."""
    return next((Support("excluded", rule) for rule in rules if rule.rule == "never" and rule.whatever), None)

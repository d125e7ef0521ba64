"""Rule tables made of arithmetic: every answer occurs, and the same codes always get the same."""

from collections.abc import Sequence
from datetime import date
from itertools import permutations
from zlib import crc32

from billing.edits.exampletables import ExampleAddon, ExampleCoverage, ExampleLimit, ExampleListed, ExamplePair
from billing.edits.facts import Setting
from billing.edits.ruled import RuleTables
from clinic.domain.period import Period
from tests.billing.edits.unclean_diagnoses import all_notes

LISTS = ("newborn", "pediatric", "maternity", "adult", "female", "male", "manifestation", "unacceptable")


def _number(text: str) -> int:
    return crc32(text.encode())


class Pairs:
    """A third of all codes are pairs, half of these with modifiers; a few held for a while only."""

    def among(self, codes: tuple[str, ...]) -> Sequence[tuple[int, int, ExamplePair]]:
        first = {code: codes.index(code) for code in codes}
        found = []
        for one, two in permutations(first, 2):
            number = _number(f"{one} {two}") % 12
            if number < 4:
                days = Period(date(1996, 1, 1), date(2024, 3, 31) if number == 3 else None)
                found.append((first[one], first[two], ExamplePair("01"[number % 2], days)))
        return found


class Limits:
    """Most codes have a limit of none to two."""

    def limit(self, code: str) -> ExampleLimit | None:
        number = _number(code)
        return None if number % 5 == 0 else ExampleLimit(number % 3, "123"[number // 3 % 3])


class Addons:
    """A third of the codes are add-ons, some to codes that occur."""

    def __contains__(self, code: str) -> bool:
        return _number(code) % 3 == 0

    def addon(self, code: str, _on: date) -> ExampleAddon | None:
        number = _number(code) // 3
        return ExampleAddon("123"[number % 3], frozenset({"99213", "11102"} if number % 2 else {"00000"}))


class Lists:
    """Half of the diagnoses stand in lists, in several at once."""

    def listed(self, code: str) -> ExampleListed | None:
        number = _number(code)
        lists = frozenset(name for bit, name in enumerate(LISTS) if number >> bit & 1)
        return None if number >> 9 & 1 else ExampleListed(lists)


class Coverages:
    """Half of the codes have policies: of diagnoses, of how often, of both, or none that pays."""

    def rules(self, act: str) -> Sequence[ExampleCoverage]:
        number = _number(f"covered {act}")
        found = []
        if number & 1:
            supports = ExampleCoverage("supports", "I10 E08-E13 S93*" if number & 2 else "J06* R05")
            found = [supports, ExampleCoverage("never", "Z* E78* W*", filing="MB" if number & 4 else "")]
        if number & 8:
            found.append(ExampleCoverage("frequency", times=1, per=(0, 30, 365)[number % 3]))
        if number % 5 == 0:
            found = [ExampleCoverage("never", filing="MB" if number & 16 else "")]
        return found


def global_days(code: str) -> int | None:
    """Half of the codes are surgeries."""
    return (0, 10, 90, None, None, None)[_number(code) % 6]


_COVERED, _NOT = (
    RuleTables(
        pairs=Pairs(),
        limits=Limits(),
        addons=Addons(),
        lists=Lists(),
        notes=all_notes(),
        global_days=global_days,
        coverage=Coverages(),
        nearest=nearest,
    )
    for nearest in ((), ("ncci-ptp 2024-04",))
)


def arithmetic(day: date, setting: Setting) -> RuleTables | None:
    """Tables for each day, for some of them by the nearest release; none at all on a few."""
    number = day.toordinal() % 7
    return None if number == 6 or setting == "supplier" else _NOT if number > 3 else _COVERED

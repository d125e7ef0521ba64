"""What a container asks of the hands that hold it, in words, from the tests it serves: the strictest of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from clinic.domain.words import N_
from lab.domain.catalogue import Condition, Holder, TestFacts
from lab.domain.saying import Saying

_KEEP: dict[tuple[Condition, ...], str] = {
    ("room",): N_("Keep at room temperature"),
    ("refrigerated",): N_("Keep refrigerated"),
    ("frozen",): N_("Keep frozen"),
    ("on_ice",): N_("Keep on ice"),
    ("room", "refrigerated"): N_("Keep at room temperature or refrigerated"),
    ("refrigerated", "room"): N_("Keep refrigerated, or at room temperature"),
    ("frozen", "refrigerated"): N_("Keep frozen, or else refrigerated"),
    ("refrigerated", "frozen"): N_("Keep refrigerated, or frozen"),
}
_KEEP_OF: dict[Condition, str] = {
    "room": N_("%(tests)s: keep at room temperature"),
    "refrigerated": N_("%(tests)s: keep refrigerated"),
    "frozen": N_("%(tests)s: keep frozen"),
    "on_ice": N_("%(tests)s: keep on ice"),
}
NO = frozenset({"no", "false", "0"})


def care(
    holder: Holder, tests: Sequence[TestFacts], storage: tuple[Condition, ...], answers: Mapping[str, str]
) -> tuple[Saying, ...]:
    """What is to be done with a container, in the order it is done, then the tests' own remarks. Each once."""
    said = [
        *_at_the_draw(holder, tests),
        *_at_the_bench(tests, answers),
        *_reading(tests),
        *_keeping(tests, storage),
        *(Saying(text) for test in tests for text in test.handling),
    ]
    return tuple(dict.fromkeys(said))


def separated_within(test: TestFacts, answers: Mapping[str, str]) -> int | None:
    """The limit for taking it off the cells; none where its condition was answered with no (heparin, aPTT)."""
    if test.separate_if is not None and answers.get(test.separate_if, "").strip().lower() in NO:
        return None
    return test.separate_within_minutes


def _at_the_draw(holder: Holder, tests: Sequence[TestFacts]) -> Iterator[Saying]:
    for test in tests:
        if test.drink_minutes is not None:
            yield Saying(N_("Draw %(minutes)s minutes after the end of the drink"), (("minutes", test.drink_minutes),))
    if holder.inversions:
        yield Saying(N_("Invert %(count)s times"), (("count", holder.inversions),))
    if any(test.on_ice for test in tests):
        yield Saying(N_("On ice from the draw"))
    if any(test.fix for test in tests):
        yield Saying(N_("Into fixative at once; note the time"))
    transfer = _least(test.transfer_within_minutes for test in tests)
    if transfer is not None:
        yield _timed(
            N_("Into this container within %(minutes)s minutes"),
            N_("Into this container within %(hours)s hours"),
            transfer,
        )


def _at_the_bench(tests: Sequence[TestFacts], answers: Mapping[str, str]) -> Iterator[Saying]:
    clot = _most(test.clot_minutes for test in tests)
    if clot is not None:
        yield Saying(N_("Let it clot for %(minutes)s minutes, upright"), (("minutes", clot),))
    force = _most(test.rcf_g for test in tests)
    if force is not None:
        spin = _most(test.spin_minutes for test in tests) or 0
        yield Saying(N_("Spin for %(minutes)s minutes at %(g)s g"), (("minutes", spin), ("g", force)))
    off = _least(separated_within(test, answers) for test in tests)
    if off is not None:
        yield _timed(
            N_("Off the cells within %(minutes)s minutes of the draw"),
            N_("Off the cells within %(hours)s hours of the draw"),
            off,
        )
    if any(test.aliquots == "yes" for test in tests):
        yield Saying(N_("Pour off into a labeled vial"))
    begin = _least(test.incubate_within_minutes for test in tests)
    if begin is not None:
        yield _timed(
            N_("Into the incubator within %(minutes)s minutes"), N_("Into the incubator within %(hours)s hours"), begin
        )


def _reading(tests: Sequence[TestFacts]) -> Iterator[Saying]:
    for test in tests:
        first, last = test.read_from_minutes, test.read_until_minutes
        if first is not None and last is not None:
            yield Saying(N_("Read after %(first)s to %(last)s minutes"), (("first", first), ("last", last)))
        elif first is not None:
            yield Saying(N_("Read after %(first)s minutes"), (("first", first),))
        elif last is not None:
            yield Saying(N_("Read within %(last)s minutes"), (("last", last),))


def _keeping(tests: Sequence[TestFacts], storage: tuple[Condition, ...]) -> Iterator[Saying]:
    # what is poured off goes into vials of its own, each kept where its test wants it
    by_place: dict[Condition, list[str]] = {}
    for test in tests:
        for first in test.storage[:1]:
            by_place.setdefault(first, []).append(test.key)
    poured = any(test.aliquots == "yes" for test in tests)
    if storage and not (poured and len(by_place) > 1):
        yield Saying(_KEEP.get(storage) or _KEEP[storage[:1]])
        return
    for first, keys in by_place.items():
        yield Saying(_KEEP_OF[first], (("tests", ", ".join(keys)),))


def _timed(minutes_text: str, hours_text: str, minutes: int) -> Saying:
    if minutes >= 120 and minutes % 60 == 0:
        return Saying(hours_text, (("hours", minutes // 60),))
    return Saying(minutes_text, (("minutes", minutes),))


def _least(numbers: Iterable[int | None]) -> int | None:
    return min((number for number in numbers if number is not None), default=None)


def _most(numbers: Iterable[int | None]) -> int | None:
    return max((number for number in numbers if number is not None), default=None)

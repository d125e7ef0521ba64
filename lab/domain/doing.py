"""What is to be done to a container, in words, with the limits that hold for it: as the board and the hand say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from clinic.domain.words import N_
from lab.domain.catalogue import Condition
from lab.domain.container import Container
from lab.domain.container_words import CONDITIONS
from lab.domain.need import Need
from lab.domain.saying import Saying
from lab.domain.stability import waiting

DO: dict[str, str] = {
    "collect": N_("Collect"),
    "chill": N_("Put on ice"),
    "transfer": N_("Transfer"),
    "clot": N_("Let it clot"),
    "spin": N_("Spin"),
    "aliquot": N_("Pour off"),
    "incubate": N_("Incubate"),
    "fix": N_("Into fixative"),
    "read": N_("Start the test"),
    "store": N_("Put away"),
    "pack": N_("Send"),
    "hand_over": N_("Hand over"),
    "test": N_("Test"),
    "mix": N_("Mix"),
    "drink": N_("Drink finished"),
}
"""What is done at a step, told as what to do; message ids."""
END: dict[str, str] = {
    "spin": N_("Take out of the centrifuge"),
    "incubate": N_("Take out of the incubator"),
    "fix": N_("Take out of the fixative"),
    "read": N_("Read the result"),
}
"""What is done at the end of a step that runs."""


def to_do(step: str, *, running: bool) -> str:
    """The message id of what is to be done."""
    return END.get(step, DO.get(step, step)) if running else DO.get(step, step)


def limits(container: Container, step: str, *, running: bool) -> tuple[Saying, ...]:
    """The numbers that hold for a step, the strictest of the tests that wait; short, as a row of the board has room."""
    needs = waiting(container) or container.needs
    return tuple(_limits(container, needs, step, running=running))


def _limits(container: Container, needs: tuple[Need, ...], step: str, *, running: bool) -> Iterator[Saying]:
    match step:
        case "clot" | "spin" | "aliquot":
            yield from _off_the_cells(needs, step)
        case "incubate":
            yield from _incubate(needs, running=running)
        case "read":
            yield from _window(needs)
        case "collect" | "chill" | "transfer":
            yield from _at_the_draw(needs, step)
        case "store":
            yield from (Saying(CONDITIONS[where]) for where in storage(needs)[:1])
        case _ if container.condition:
            yield from _keeps(needs, container.condition)


def _at_the_draw(needs: tuple[Need, ...], step: str) -> Iterator[Saying]:
    drink = next((need for need in needs if need.drink_minutes is not None), None)
    within = least(need.transfer_within_minutes for need in needs)
    if step == "chill":
        yield Saying(N_("from the draw on"))
    elif step == "transfer" and within is not None:
        yield _within(within)
    elif step == "collect" and drink is not None:
        yield Saying(
            N_("%(minutes)s min after the drink, give or take %(slack)s"),
            (("minutes", drink.drink_minutes or 0), ("slack", drink.drink_slack_minutes or 0)),
        )


def _off_the_cells(needs: tuple[Need, ...], step: str) -> Iterator[Saying]:
    if step == "clot":
        clot = most(need.clot_minutes for need in needs)
        if clot is not None:
            yield Saying(N_("%(minutes)s min from the draw"), (("minutes", clot),))
    if step == "spin":
        yield from force_and_time(needs)
    off = least(need.separate_within_minutes for need in needs)
    if off is not None:
        yield Saying(
            N_("off the cells within %(minutes)s min")
            if off < 120 or off % 60
            else N_("off the cells within %(hours)s h"),
            (("minutes", off), ("hours", off // 60)),
        )


def force_and_time(needs: Iterable[Need]) -> Iterator[Saying]:
    """How hard and how long to spin."""
    asked = tuple(needs)
    force, length = most(need.rcf_g for need in asked), most(need.spin_minutes for need in asked)
    if length is not None and force is not None:
        yield Saying(N_("%(g)s g, %(minutes)s min"), (("g", force), ("minutes", length)))
    elif length is not None:
        yield Saying(N_("%(minutes)s min"), (("minutes", length),))


def _incubate(needs: tuple[Need, ...], *, running: bool) -> Iterator[Saying]:
    within = least(need.incubate_within_minutes for need in needs)
    if not running and within is not None:
        yield _within(within)
    least_, most_ = most(n.incubate_minutes for n in needs), least(n.incubate_most_minutes for n in needs)
    if least_ is not None:
        yield _span(least_, most_)


def _window(needs: tuple[Need, ...]) -> Iterator[Saying]:
    since, until = most(n.read_from_minutes for n in needs), least(n.read_until_minutes for n in needs)
    if since is not None and until is not None:
        yield Saying(N_("read after %(first)s to %(last)s min"), (("first", since), ("last", until)))
    elif since is not None:
        yield Saying(N_("read after %(first)s min"), (("first", since),))
    elif until is not None:
        yield Saying(N_("read within %(last)s min"), (("last", until),))


def _keeps(needs: tuple[Need, ...], condition: str) -> Iterator[Saying]:
    where: Condition | None = next((known for known in _CONDITIONS if known == condition), None)
    lengths = [] if where is None else [kept for need in needs if (kept := need.keeps(where)) is not None]
    if lengths:
        minutes = int(min(lengths).total_seconds()) // 60
        yield Saying(CONDITIONS[condition])
        yield _within(minutes)


_CONDITIONS: tuple[Condition, ...] = ("room", "refrigerated", "frozen", "on_ice")


def _within(minutes: int) -> Saying:
    if minutes >= 2880 and minutes % 1440 == 0:
        return Saying(N_("%(days)s d from the draw"), (("days", minutes // 1440),))
    if minutes >= 120 and minutes % 60 == 0:
        return Saying(N_("%(hours)s h from the draw"), (("hours", minutes // 60),))
    return Saying(N_("%(minutes)s min from the draw"), (("minutes", minutes),))


def _span(first: int, last: int | None) -> Saying:
    if first % 60 == 0 and (last is None or last % 60 == 0):
        if last is None:
            return Saying(N_("at least %(first)s h"), (("first", first // 60),))
        return Saying(N_("%(first)s to %(last)s h"), (("first", first // 60), ("last", last // 60)))
    if last is None:
        return Saying(N_("at least %(first)s min"), (("first", first),))
    return Saying(N_("%(first)s to %(last)s min"), (("first", first), ("last", last)))


def storage(needs: Iterable[Need]) -> tuple[Condition, ...]:
    """Where all of them may be kept, the preferred first; the first one's own where they agree on nothing."""
    asked = [need.storage for need in needs if need.storage]
    if not asked:
        return ()
    both = tuple(where for where in asked[0] if all(where in each for each in asked))
    return both or asked[0]


def least(numbers: Iterable[int | None]) -> int | None:
    """The least of those that are stated."""
    return min((number for number in numbers if number is not None), default=None)


def most(numbers: Iterable[int | None]) -> int | None:
    """The greatest of those that are stated."""
    return max((number for number in numbers if number is not None), default=None)


def started(container: Container) -> datetime | None:
    """When the step that runs was started."""
    run = container.running()
    return None if run is None else run.started_at

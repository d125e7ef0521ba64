"""The tube plan: the fewest containers for the tests of a visit, in the order they are drawn.

Tests share a container where nothing they need of it differs: its kind (additive), the laboratory it goes to, ice,
whether it is spun, a timed draw, fixative, and one place that suits all of them to keep it. The order of draw is
that of CLSI GP41 as publicly taught; its place stands in the containers' table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clinic.domain.value import Value
from lab.domain.care import care
from lab.domain.catalogue import Condition, Fasting, Holder, TestFacts
from lab.domain.fewest import Item, fewest
from lab.domain.questions import asked
from lab.domain.saying import Saying

IN_HOUSE, REFERENCE = "in_house", "reference"
DISCARD, CITRATE_CAP = "discard", "light_blue"
ANYWHERE: tuple[Condition, ...] = ("room", "refrigerated", "frozen", "on_ice")
_BY_SITE = frozenset({"jar", "swab", "slide"})
"""Kinds of which the same test may be asked twice at one visit, once a site."""
_LEVELS: tuple[Fasting, ...] = ("no", "preferred", "required")
_NOT_DRAWN = 99


class Planned(Value, frozen=True, kw_only=True):
    """One container of a plan (a set counts as one), with what it serves."""

    holder: str
    cap: str
    tests: tuple[str, ...]
    place: str
    """``in_house``, ``reference``, or the laboratory that was named."""
    draw_place: int | None = None
    """Its place in the order of draw."""
    pieces: tuple[str, ...] = ()
    """The caps of a set's pieces."""
    volume_ul: int
    """What its tests need together."""
    fill_ul: int | None = None
    """To be filled to this, whatever the tests need."""
    capacity_ul: int | None = None
    inversions: int | None = None
    on_ice: bool = False
    ways: tuple[str, ...] = ()
    """What is done with it that keeps other tests out: ``spun``, ``clotted``, ``drink`` …"""
    storage: tuple[Condition, ...] = ()
    """Where all its tests may be kept, the preferred first; none where what is poured off goes to different places."""
    handling: tuple[Saying, ...] = ()

    @property
    def count(self) -> int:
        """How many vessels it is: a set is as many as it has pieces."""
        return len(self.pieces) or 1


class Plan(Value, frozen=True, kw_only=True):
    """What is taken, in order, and what is asked and said before."""

    containers: tuple[Planned, ...] = ()
    draw_order: tuple[tuple[str, ...], ...] = ()
    """Caps by their place in the order of draw: those of one group are drawn in any order."""
    fasting: Fasting | None = None
    fasting_hours: int | None = None
    ask: tuple[str, ...] = ()
    preparation: tuple[str, ...] = ()

    @property
    def handling(self) -> tuple[Saying, ...]:
        """What all containers ask, each once, in their order."""
        return tuple(dict.fromkeys(said for each in self.containers for said in each.handling))


class _Share(Value, frozen=True):
    """What must be equal where two tests share a container."""

    holder: str
    place: str
    on_ice: bool
    spun: bool
    clotted: bool
    drink_minutes: int | None
    transferred: bool
    fix: bool
    incubated: bool

    def ways(self) -> tuple[str, ...]:
        """The words of what is done with it."""
        named = ("spun", "clotted", "transferred", "fix", "incubated")
        timed = ("drink",) if self.drink_minutes is not None else ()
        return (*timed, *(name for name in named if getattr(self, name)))


def plan(
    tests: Sequence[TestFacts],
    holders: Mapping[str, Holder],
    *,
    pediatric: bool = False,
    winged: bool = False,
    answers: Mapping[str, str] | None = None,
    places: Mapping[str, str] | None = None,
) -> Plan:
    """The fewest containers for some tests.

    Args:
        tests: in any order: the plan is the same. A test that stands twice is one, but for swabs, slides and jars.
        holders: the containers' table; every test's container must stand in it.
        pediatric: the smaller volumes, where the catalogue has them.
        winged: drawn with a winged set: a discard tube goes before a light blue that is first.
        answers: by question: what was answered already is not asked, and ``no`` may lift a limit.
        places: by test: ``in_house`` or a laboratory; without one, ``reference`` where the test may be sent out.

    Raises:
        KeyError: a test names a container that is not in the table.
    """
    answers = answers or {}
    places = places or {}
    wanted = _each_once(tests, holders)
    shares: dict[_Share, list[TestFacts]] = {}
    for test in wanted:
        shares.setdefault(_share(test, places), []).append(test)
    containers: list[Planned] = []
    for share, sharing in shares.items():
        holder = holders[share.holder]
        for together in _divide(sharing, holder, pediatric=pediatric):
            containers.append(_planned(share, holder, together, pediatric=pediatric, answers=answers))  # noqa: PERF401
    containers.sort(key=_drawn_first)
    if winged:
        containers = _with_discard(containers, holders)
    levels: list[Fasting] = [test.fasting or "no" for test in wanted]
    fasting: Fasting = max(levels, key=_LEVELS.index, default="no")
    hours = max((test.fasting_hours or 0 for test in wanted if test.fasting != "no"), default=0)
    return Plan(
        containers=tuple(containers),
        draw_order=_order(containers),
        fasting=fasting,
        fasting_hours=hours,
        ask=asked(wanted, answers),
        preparation=tuple(dict.fromkeys(text for test in wanted for text in test.preparation)),
    )


def _each_once(tests: Sequence[TestFacts], holders: Mapping[str, Holder]) -> list[TestFacts]:
    wanted: list[TestFacts] = []
    for test in sorted(tests, key=lambda each: each.key):
        if wanted and wanted[-1].key == test.key and holders[test.container].kind not in _BY_SITE:
            continue
        wanted.append(test)
    return wanted


def _share(test: TestFacts, places: Mapping[str, str]) -> _Share:
    return _Share(
        holder=test.container,
        place=places.get(test.key) or default_place(test),
        on_ice=test.on_ice,
        spun=test.rcf_g is not None,
        clotted=test.clot_minutes is not None,
        drink_minutes=test.drink_minutes,
        transferred=test.transfer_within_minutes is not None,
        fix=test.fix,
        incubated=test.incubate_within_minutes is not None,
    )


def default_place(test: TestFacts) -> str:
    """Where a test is run when nothing else was said."""
    return REFERENCE if REFERENCE in test.settings else IN_HOUSE


def volume_of(test: TestFacts, *, pediatric: bool) -> int:
    """What a test needs, in microlitres; 0 where its source states nothing."""
    if pediatric and test.pediatric_volume_ul is not None:
        return test.pediatric_volume_ul
    return test.min_volume_ul or 0


def _keeping(test: TestFacts) -> tuple[Condition, ...]:
    # what is poured off is kept in its own vial, so it asks nothing of the tube
    return ANYWHERE if test.aliquots == "yes" or not test.storage else test.storage


def _divide(tests: list[TestFacts], holder: Holder, *, pediatric: bool) -> list[list[TestFacts]]:
    if holder.serves_one:
        return [[test] for test in tests]
    items = [Item(volume_of(test, pediatric=pediatric), frozenset(_keeping(test))) for test in tests]
    return [[tests[index] for index in together] for together in fewest(items, holder.capacity_ul)]


def _planned(
    share: _Share, holder: Holder, tests: list[TestFacts], *, pediatric: bool, answers: Mapping[str, str]
) -> Planned:
    stated = [test.storage for test in tests if test.storage]
    storage = tuple(place for place in stated[0] if all(place in each for each in stated)) if stated else ()
    return Planned(
        holder=holder.key,
        cap=holder.cap,
        tests=tuple(test.key for test in tests),
        place=share.place,
        draw_place=holder.draw_order,
        pieces=holder.pieces,
        volume_ul=sum(volume_of(test, pediatric=pediatric) for test in tests),
        fill_ul=holder.fill_ul,
        capacity_ul=holder.capacity_ul,
        inversions=holder.inversions,
        on_ice=share.on_ice,
        ways=share.ways(),
        storage=storage,
        handling=care(holder, tests, storage, answers),
    )


def _drawn_first(planned: Planned) -> tuple[int, str, str, bool, tuple[str, ...]]:
    return (planned.draw_place or _NOT_DRAWN, planned.holder, planned.place, planned.on_ice, planned.tests)


def _with_discard(containers: list[Planned], holders: Mapping[str, Holder]) -> list[Planned]:
    # a winged set's tubing holds air: the first citrate tube would not fill to its line (CLSI GP41)
    if not containers or containers[0].cap != CITRATE_CAP or DISCARD not in holders:
        return containers
    holder = holders[DISCARD]
    discard = Planned(
        holder=holder.key, cap=holder.cap, tests=(), place=IN_HOUSE, volume_ul=0, draw_place=containers[0].draw_place
    )
    return [discard, *containers]


def _order(containers: list[Planned]) -> tuple[tuple[str, ...], ...]:
    groups: dict[tuple[int, bool], dict[str, None]] = {}
    for each in containers:
        if each.draw_place is not None:
            group = groups.setdefault((each.draw_place, bool(each.tests)), {})
            group.update(dict.fromkeys(each.pieces or (each.cap,)))
    return tuple(tuple(caps) for caps in groups.values())

"""What holds of every tube plan, and that it is the smallest there is."""

import random

from hypothesis import given, seed, settings
from hypothesis import strategies as st

from lab.domain.catalogue import Holder, TestFacts
from lab.domain.fewest import Item, fewest
from lab.domain.tube_plan import plan, volume_of
from lab.services.shipped import shipped
from tests.counts import count

CATALOGUE = shipped()
SHIPPED = st.lists(st.sampled_from(sorted(CATALOGUE.tests)), max_size=25, unique=True)
CONDITIONS = ("room", "refrigerated", "frozen")
HOLDERS = {
    key: Holder(key=key, name=key, kind="tube", cap=cap, draw_order=place, capacity_ul=capacity, serves_one=alone)
    for key, cap, place, capacity, alone in [
        ("blue", "light_blue", 2, 2700, False),
        ("gold", "gold", 3, 5000, False),
        ("pink", "pink", 5, None, True),
        ("lavender", "lavender", 5, 4000, False),
    ]
}


@st.composite
def invented(draw):
    holder = draw(st.sampled_from(sorted(HOLDERS)))
    volume = draw(st.integers(0, HOLDERS[holder].capacity_ul or 9000) | st.none())
    return TestFacts(
        key=f"t{draw(st.integers(0, 10**6))}",
        name="",
        category="",
        settings=(draw(st.sampled_from(["reference", "poc"])),),
        specimen="",
        container=holder,
        min_volume_ul=volume,
        pediatric_volume_ul=None if volume is None else draw(st.none() | st.integers(0, volume)),
        on_ice=draw(st.booleans()),
        rcf_g=draw(st.sampled_from([None, 1300])),
        storage=tuple(draw(st.lists(st.sampled_from(CONDITIONS), unique=True, max_size=3))),
        aliquots=draw(st.sampled_from([None, "yes", "no"])),
    )


def check(tests, holders, made, pediatric):
    facts = {test.key: test for test in tests}
    served = [key for each in made.containers for key in each.tests]
    assert sorted(served) == sorted(facts)
    assert len(made.containers) <= len(facts)
    places = [each.draw_place or 99 for each in made.containers]
    assert places == sorted(places)
    for each in made.containers:
        holder = holders[each.holder]
        assert {facts[key].container for key in each.tests} == {each.holder}
        volume = sum(volume_of(facts[key], pediatric=pediatric) for key in each.tests)
        assert volume == each.volume_ul
        assert holder.capacity_ul is None or volume <= holder.capacity_ul
        assert not (holder.serves_one and len(each.tests) > 1)
        assert len({(facts[key].on_ice, facts[key].rcf_g is None, facts[key].settings[0]) for key in each.tests}) == 1
        kept = [set(facts[key].storage) for key in each.tests if facts[key].storage and facts[key].aliquots != "yes"]
        assert not kept or set.intersection(*kept)


@seed(11)
@settings(max_examples=count(60, 4000), deadline=None)
@given(st.lists(invented(), max_size=10, unique_by=lambda test: test.key), st.booleans(), st.randoms())
def test_any_tests_make_a_plan_that_serves_each_once_within_capacity(tests, pediatric, shuffler):
    made = plan(tests, HOLDERS, pediatric=pediatric)
    check(tests, HOLDERS, made, pediatric)
    shuffler.shuffle(tests)
    assert plan(tests, HOLDERS, pediatric=pediatric) == made


@seed(12)
@settings(max_examples=count(60, 4000), deadline=None)
@given(SHIPPED, st.booleans())
def test_the_shipped_tests_in_any_order_make_one_plan(keys, pediatric):
    tests = [CATALOGUE.tests[key] for key in keys]
    made = plan(tests, CATALOGUE.holders, pediatric=pediatric)
    assert sorted(key for each in made.containers for key in each.tests) == sorted(keys)
    assert all(not each.capacity_ul or each.volume_ul <= each.capacity_ul for each in made.containers)
    random.Random(len(keys)).shuffle(tests)
    assert plan(tests, CATALOGUE.holders, pediatric=pediatric) == made


def partitions(things):
    """All ways to divide some things into containers."""
    if not things:
        yield []
        return
    first, *rest = things
    for smaller in partitions(rest):
        for number, part in enumerate(smaller):
            yield [*smaller[:number], [first, *part], *smaller[number + 1 :]]
        yield [[first], *smaller]


ITEMS = st.lists(
    st.builds(
        Item,
        st.sampled_from([0, 1, 2, 3, 4, 5, 6, 7, 9, 10]),
        st.sampled_from([frozenset(places) for places in ("R", "C", "F", "RC", "CF", "RF", "RCF")]),
    ),
    max_size=7,
)


@seed(13)
@settings(max_examples=count(80, 3000), deadline=None)
@given(ITEMS, st.sampled_from([10, 12, None]))
def test_no_other_division_needs_fewer_containers(items, capacity):
    def holds(part):
        volume = sum(items[index].volume for index in part)
        both = frozenset.intersection(*(items[index].storages for index in part))
        return bool(both) and (capacity is None or volume <= capacity)

    made = fewest(items, capacity)
    assert sorted(index for part in made for index in part) == list(range(len(items)))
    assert all(holds(part) for part in made)
    assert len(made) == min(len(parts) for parts in partitions(list(range(len(items)))) if all(map(holds, parts)))


def test_first_fit_is_improved_on():
    # first fit, largest first, takes three: 5+3 | 4+3+... ; two hold all exactly
    everywhere = frozenset("R")
    items = [Item(volume, everywhere) for volume in (44, 24, 24, 22, 21, 17, 8, 8, 6, 6)]
    assert len(fewest(items, 61)) == 3
    items = [Item(volume, everywhere) for volume in (6, 5, 5, 4, 4, 3, 3)]
    assert len(fewest(items, 15)) == 2


def test_what_is_larger_than_any_container_stands_alone():
    everywhere = frozenset("R")
    assert fewest([Item(9, everywhere), Item(1, everywhere)], 5) == [[0], [1]]

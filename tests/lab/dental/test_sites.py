"""The table of sites and the map: codes, places, drawing, words."""

from __future__ import annotations

import pytest

from lab.domain.check_digits import snomed_ok
from lab.domain.oral_sites import GROUPS, WORDS, said_site
from lab.domain.site_map import HEIGHT, OUTLINES, WIDTH, strokes
from lab.services.dental_tables import oral_sites

AREAS = {"01", "02", "10", "20", "30", "40", None}


def test_words_stand_for_all_sites() -> None:
    sites = oral_sites().values()
    assert {site.words for site in sites} == WORDS
    assert {site.group for site in sites} == set(GROUPS)
    said = [said_site(site, str) for site in sites]
    assert len(set(said)) == len(said) == 50


def test_codes_are_what_they_look_like() -> None:
    assert all(site.snomed is None or snomed_ok(site.snomed) for site in oral_sites().values())
    assert {site.area for site in oral_sites().values()} <= AREAS


def test_the_patients_right_lies_on_the_left_and_mirrors_the_left() -> None:
    sites = oral_sites()
    for key, site in sites.items():
        if site.side == "right":
            twin = sites[key.removesuffix("right") + "left"]
            assert site.x < WIDTH / 2
            assert (site.x + twin.x, site.y, site.snomed) == (WIDTH, twin.y, twin.snomed)
            assert (site.area, twin.area) in {("10", "20"), ("40", "30"), (None, None)}
        assert 0 < site.x < WIDTH
        assert 0 < site.y < HEIGHT


def test_no_two_points_hide_each_other() -> None:
    places = [(site.x, site.y) for site in oral_sites().values()]
    near = [
        (one, other)
        for index, one in enumerate(places)
        for other in places[:index]
        if (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 < 18**2
    ]
    assert near == []


def test_the_drawing_is_read_to_its_end() -> None:
    for _kind, path in OUTLINES:
        parts = list(strokes(path))
        assert parts[0].way == "M"
        assert sum(1 + len(part.at) for part in parts) == len(path.split())
        assert all(0 <= value <= max(WIDTH, HEIGHT) for part in parts for value in part.at)


def test_a_path_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="q in a path"):
        list(strokes("M 1 2 q 3 4 5 6"))

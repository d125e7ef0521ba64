"""Finding patients by what is typed."""

from datetime import date

import pytest

from clinic.base import db
from clinic.domain.particulars import Particulars
from clinic.finders import Asked
from clinic.models import Patient
from clinic.services.enter_patient import enter_patient
from clinic.services.find_patients import found_patients, listed
from clinic.services.merge_patients import merge_patients


@pytest.fixture
def biller(practice):
    return practice.actor("biller")


@pytest.fixture
def people(biller):
    return [
        enter_patient(biller, Particulars(last=last, first=first, birth=born))
        for last, first, born in (
            ("O'Neil", "Mary Ann", date(1967, 3, 14)),
            ("Öberg", "Anna", date(1980, 1, 2)),
            ("Berg", "Neil", date(1967, 3, 14)),
            ("van der Meer", "Oona", None),
        )
    ]


def names(actor, text: str, day: date | None = None, sort: str = "name") -> list[str]:
    rows = listed(actor, Asked(text, tuple(text.split()), day), sort, most=100).rows
    return [row.patient.last for row in rows]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("neil", ["Berg"]),
        ("oneil", ["O'Neil"]),
        ("O’Neil MARY", ["O'Neil"]),
        ("oberg", ["Öberg"]),
        ("berg neil", ["Berg"]),
        ("o", ["Öberg", "O'Neil", "van der Meer"]),
        ("000003", ["Berg"]),
        ("3", ["Berg"]),
        ("meer", ["van der Meer"]),
        ("der oona", ["van der Meer"]),
        ("ann", ["Öberg", "O'Neil"]),
        ("%", []),
        ("_", []),
        ("zzz", []),
    ],
)
def test_by_name_and_number(biller, people, text: str, found: list[str]) -> None:
    assert names(biller, text) == found


def test_by_birth(biller, people) -> None:
    assert names(biller, "", date(1967, 3, 14)) == ["Berg", "O'Neil"]
    assert names(biller, "anna", date(1967, 3, 14)) == []
    assert names(biller, "one", date(1967, 3, 14)) == ["O'Neil"]


def test_sorted_with_what_is_missing_at_the_end(biller, people) -> None:
    assert names(biller, "", sort="birth") == ["O'Neil", "Berg", "Öberg", "van der Meer"]
    assert names(biller, "", sort="-birth") == ["Öberg", "O'Neil", "Berg", "van der Meer"]
    assert names(biller, "", sort="-chart")[0] == "van der Meer"
    assert names(biller, "", sort="no such column") == ["Berg", "Öberg", "O'Neil", "van der Meer"]


def test_merged_charts_are_found_by_what_they_were_called(biller, people, practice) -> None:
    merge_patients(practice.actor("manager"), people[2], people[0], "same card")
    assert names(biller, "") == ["Öberg", "O'Neil", "van der Meer"]
    assert names(biller, "berg") == ["Berg"]


def test_a_chart_number_typed_whole_is_exact(biller, people) -> None:
    by_number = found_patients(biller, Asked("000002", ("000002",)), 9)
    assert [(each.code, each.exact) for each in by_number] == [("000002", True)]
    assert [each.exact for each in found_patients(biller, Asked("2", ("2",)), 9)] == [False]


def test_nobody_of_another_practice(people, other_practice) -> None:
    assert names(other_practice.actor("biller"), "") == []
    assert db.session.query(Patient).count() == 4

import pytest

from billing.edits import paths
from billing.edits.places import PLACES, place
from tests.strategies.samples import sample_claims

ROWS = sorted(PLACES["professional"])


@pytest.mark.parametrize("field", ROWS)
def test_each_row_is_of_a_field_that_exists(field):
    paths.require("professional", field)
    found = PLACES["professional"][field]
    assert found.segment
    assert found.element is None or found.element.startswith(found.segment)


def test_every_text_of_a_claim_has_a_place():
    for claim in sample_claims(50):
        for path, _ in paths.texts(claim):
            assert place("professional", path).loop, path


@pytest.mark.parametrize(
    ("field", "self", "expected"),
    [
        ("patient.birth", True, ("3", "2010BA", "DMG", "DMG02")),
        ("patient.birth", False, ("3", "2010CA", "DMG", "DMG02")),
        ("part.diagnoses[3].value", True, ("21", "2300", "HI", "HI01-2")),
        ("acts[7].part.pointers[1]", True, ("24E", "2400", "SV1", "SV107")),
        ("billing.identifier.value", True, ("33a", "2010AA", "NM1", "NM109")),
        ("part", True, (None, None, None, None)),
    ],
)
def test_a_part_has_the_place_of_what_it_is_in(field, self, expected):
    assert tuple(place("professional", field, patient_is_subscriber=self)) == expected


def test_a_kind_without_table_has_no_places():
    assert tuple(place("unheard", "number")) == (None, None, None, None)

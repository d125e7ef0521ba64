import pytest

from billing.edits import paths
from billing.edits.places import PLACES, place
from tests.strategies.dental import sample_dental_claims
from tests.strategies.samples import sample_claims

ITEMS_OF_THE_FORM = {str(item) for item in range(1, 59)} | {"3a", "29a", "29b", "34a", "52a", "56a"}

ROWS = sorted((kind, field) for kind, rows in PLACES.items() for field in rows)


@pytest.mark.parametrize(("kind", "field"), ROWS)
def test_each_row_is_of_a_field_that_exists(kind, field):
    paths.require(kind, field)
    found = PLACES[kind][field]
    assert found.segment
    assert found.element is None or found.element.startswith(found.segment)


def test_every_text_of_a_claim_has_a_place():
    for claim in [*sample_claims(50), *sample_dental_claims(50)]:
        for path, _ in paths.texts(claim):
            assert place(claim.kind, path).loop, path


def test_dental_fields_stand_at_the_items_of_the_dental_form_and_in_its_file():
    assert tuple(place("dental", "acts[1].part.teeth[0].tooth")) == ("27", "2400", "TOO", "TOO02")
    assert tuple(place("dental", "acts[1].part.teeth[0].surfaces[1]")) == ("28", "2400", "TOO", "TOO03")
    assert tuple(place("dental", "part.supervising.identifier.value")) == (None, "2310E", "NM1", "NM109")
    assert tuple(place("dental", "billing.address.city")) == ("48", "2010AA", "N4", "N401")
    assert tuple(place("dental", "part.missing[3].tooth")) == ("33", "2300", "DN2", "DN201")
    # No field both kinds have keeps a box of the other form.
    assert {place("dental", field).box for kind, field in ROWS if kind == "dental"} <= {None, *ITEMS_OF_THE_FORM}


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

import pytest

from billing.edits import paths
from billing.edits.example import claim_with


@pytest.mark.parametrize(
    "path", ["", ".number", "number.", "acts[", "acts[x]", "acts[1]number", "Number", "acts..code"]
)
def test_what_is_no_path_is_refused(path):
    with pytest.raises(ValueError):
        paths.require("professional", path or ".")


def test_fields_stand_as_in_the_value():
    order = ["number", "billing", "billing.name", "billing.address", "patient", "acts", "acts[0].code", "acts[0].part"]
    order += ["acts[1]", "acts[10]", "part.diagnoses[0]", "part.diagnoses[2]", "total"]
    assert sorted(order, key=lambda path: paths.position("professional", path)) == order


@pytest.mark.parametrize(
    ("outer", "inner", "covered"),
    [
        ("patient", "patient.birth", True),
        ("patient.birth", "patient.birth", True),
        ("pat", "patient", False),
        ("acts[1]", "acts[1].code", True),
        ("acts[1]", "acts[10]", False),
        ("acts", "acts[10]", True),
    ],
)
def test_a_field_covers_its_parts(outer, inner, covered):
    assert paths.covers(outer, inner) == covered


def test_each_text_is_found_again_by_its_path():
    claim = claim_with(note="A NOTE")
    found = dict(paths.texts(claim))
    assert found["part.note"] == "A NOTE"
    assert found["part.diagnoses[0].value"] == "I10"
    assert all(paths.value_at(claim, path) == text for path, text in found.items())
    assert paths.line_of("acts[2].code") == 3
    assert paths.line_of("total") is None

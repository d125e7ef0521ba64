"""From a finding to the place where it is mended: every place exists at the desk, every fix is a change it takes."""

import re

import msgspec
import pytest

from billing.coding.changes import AddDiagnosis, SetField
from billing.coding.coding import Coding
from billing.edits import EDITS
from billing.models import ClaimRecord
from billing.services.change_claim import change_claim
from billing.services.claim_value import coding_of
from billing.views.mending import _DETAILS, desk_place, fix_fields
from clinic.base import db
from clinic.domain.code import ICD10CM, Code
from clinic.domain.finding import Fix
from tests.billing.services.steps import coded_claim
from tests.fixtures.house import log_in


@pytest.fixture
def claim(practice) -> ClaimRecord:
    """One diagnosis, one line."""
    return db.session.get_one(ClaimRecord, coded_claim(practice))


FIELDS = [
    *(f"acts[0].{name}" for name in ("charge", "quantity", "part.pointers", "part.modifiers", "code", "part.drug.ndc")),
    "acts",
    "acts[0]",
    "part.diagnoses",
    "part.diagnoses[0]",
    *_DETAILS,
    "part.rendering.identifier",
    "authority.clia.value",
]


def test_every_place_stands_at_the_desk(client, practice, claim) -> None:
    log_in(client, practice.actor("biller"), practice)
    desk = client.get(f"/claims/{claim.id}/code").get_data(as_text=True)
    ids = set(re.findall(r'id="([^"]+)"', desk))
    places = {field: desk_place(field, coding_of(claim)) for field in FIELDS}
    assert {field: place for field, place in places.items() if place not in ids} == {}


def test_every_field_of_an_edit_is_a_place_or_nobody_codes_it() -> None:
    coding = msgspec.convert({"lines_given": 0, "frequency": "1", "assignment": "A"}, Coding)
    fields = {
        field for each in EDITS.values() for field in each.declared.fields if "professional" in each.declared.kinds
    }
    nowhere = {field for field in fields if not desk_place(field.replace("[]", "[0]"), coding)}
    assert {field.split(".")[0].split("[")[0] for field in nowhere} <= {
        *("*", "billing", "patient", "coverage", "other_coverages", "number", "total", "pay_to"),
        "part",  # what coding does not decide: the signature
    }


@pytest.mark.parametrize(
    ("field", "value", "typed"),
    [
        ("acts[0].part.modifiers", '["25","59"]', {"do": "set_line", "number": "1", "modifiers": "25 59"}),
        ("acts[0].part.pointers", "[2,1]", {"do": "set_line", "number": "1", "pointers": "BA"}),
        ("acts[0].quantity", '{"value":"2","unit":"UN"}', {"do": "set_line", "number": "1", "quantity": "2"}),
        (
            "acts[0].charge",
            '{"cents":123450,"currency":"USD"}',
            {"do": "set_line", "number": "1", "charge": "1,234.50"},
        ),
        ("part.note", '"SEEN TWICE"', {"do": "set_field", "note": "SEEN TWICE"}),
        ("part.assignment", '"C"', {"do": "set_field", "assignment": "C"}),
        ("frequency", '"1"', {"do": "set_field", "frequency": "1"}),
    ],
)
def test_a_fix_is_what_the_desk_takes(app, client, practice, claim, field, value, typed) -> None:
    change_claim(practice.actor("biller"), claim.id, AddDiagnosis(Code(ICD10CM, "E119")))
    change_claim(practice.actor("biller"), claim.id, SetField("frequency", "7"))
    with app.test_request_context():
        fields = fix_fields(Fix(field, value), coding_of(claim))
    assert fields == typed
    log_in(client, practice.actor("biller"), practice)
    before = db.session.get_one(ClaimRecord, claim.id).sequence
    answer = client.post(f"/claims/{claim.id}/changes", data={**fields, "sequence": before})
    assert answer.status_code == 302
    record = db.session.get_one(ClaimRecord, claim.id)
    assert record.sequence == before + 1
    name = field.rsplit(".", 1)[-1]
    held = record.coding["lines"][0] if field.startswith("acts") else record.coding
    assert held.get(name) == msgspec.json.decode(value)


@pytest.mark.parametrize(
    "field", ["coverage.relationship", "total", "acts[7].charge", "acts[0].part.drug", "part.signed"]
)
def test_what_the_desk_cannot_take_is_no_button(app, claim, field) -> None:
    with app.test_request_context():
        assert fix_fields(Fix(field, '{"cents":1,"currency":"USD"}'), coding_of(claim)) is None

"""Results from elsewhere: matched where that is certain, else waiting; each once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.services.find import Unknown
from lab.domain.incoming import Code, Person, Report
from lab.domain.matching import Candidate, certain, nearest
from lab.models import IncomingResult, Laboratory, LabResult
from lab.services import result_lists
from lab.services.match_incoming import match_incoming, set_aside
from lab.services.take_report import take_files
from tests.fixtures.people import make_patient
from tests.lab.ordering import make_laboratory
from tests.lab.resulting import container, drawn

SAMPLES = Path(__file__).parents[2] / "samples" / "lab"
NORTH = (SAMPLES / "northlake.hl7").read_bytes()


@pytest.fixture
def who(practice):
    return practice.actor("assistant")


@pytest.fixture
def line(practice):
    return drawn(practice, "cbc_diff", laboratory=make_laboratory(practice), patient=make_patient(practice))


def sent(line, **changed) -> bytes:
    """The sample, with the numbers the line really has."""
    text = NORTH.decode()
    said = {
        "R000001": line.order.number,
        "C000001": container(line).number,
        "000001^^^": f"{line.order.patient.chart_number}^^^",
        **changed,
    }
    for old, new in said.items():
        text = text.replace(old, new)
    return text.encode()


def take(who, data, name="north.hl7"):
    return take_files(who, [(name, data)])


def test_our_numbers_the_test_and_the_person_make_it_certain(who, line) -> None:
    (taken,) = take(who, sent(line))
    row = db.session.get_one(LabResult, taken.result_id)
    assert (taken.state, row.line_id, row.status, row.in_house, row.source) == (
        "matched",
        line.id,
        "final",
        False,
        "hl7v2",
    )
    assert (row.critical, line.state, row.specimen_id) == (True, "final", container(line).id)
    assert [each.id for each in result_lists.to_tell(who)] == [row.id]


def test_it_is_taken_once(who, line) -> None:
    first = take(who, sent(line))[0]
    again = take(who, sent(line))[0]
    assert (again.state, again.result_id) == ("known", first.result_id)
    assert db.session.query(LabResult).count() == db.session.query(IncomingResult).count() == 1


def test_one_number_with_two_contents_is_refused_and_changes_nothing(who, line) -> None:
    take(who, sent(line))
    with pytest.raises(Refused):
        take(who, sent(line, **{"|6.4|": "|6.9|"}))
    assert db.session.query(IncomingResult).count() == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"Calloway": "Galloway"},
        {"19670314": "19670315"},
        {"Beatrix": "Beatrice"},
        {"57021-8": "58410-2"},
        {"|F\rORC": "|M\rORC"},
        {"|LL|": "|??|"},
        {"Calloway^Beatrix": ""},
    ],
)
def test_one_contradiction_keeps_it_waiting(who, line, changed) -> None:
    (taken,) = take(who, sent(line, **changed))
    assert (taken.state, db.session.query(LabResult).count(), line.state) == ("unmatched", 0, "active")
    assert len(result_lists.unmatched(who)) == 1


def test_without_our_numbers_name_birth_and_test_are_enough_for_one_line_alone(practice, who, line) -> None:
    gone = {line.order.number: "", container(line).number: "", "C000001&CABINET": ""}
    (taken,) = take(who, sent(line, **gone))
    assert taken.state == "matched"
    two = [drawn(practice, "cbc_diff", line.laboratory_id and _lab(line), patient=line.order.patient) for _ in range(2)]
    (waits,) = take(
        who, sent(two[0], **gone, NL0001="NL0002", **{two[0].order.number: "", container(two[0]).number: ""})
    )
    assert waits.state == "unmatched"


def _lab(line):
    return db.session.get(Laboratory, line.laboratory_id)


def test_a_person_matches_it_or_sets_it_aside(who, line) -> None:
    (taken,) = take(who, sent(line, Calloway="Galloway"))
    row = db.session.query(IncomingResult).one()
    found = match_incoming(who, row.id, line.id)
    assert (row.state, row.result_id, row.patient_id) == ("matched", found, line.order.patient_id)
    with pytest.raises(Refused):
        match_incoming(who, row.id, line.id)
    take(who, sent(line, Calloway="Galloway", NL0001="NL0009"))
    other = db.session.query(IncomingResult).filter_by(control="NL0009").one()
    with pytest.raises(Refused):
        set_aside(who, other.id, " ")
    set_aside(who, other.id, "of another practice")
    assert (other.state, other.reason) == ("set_aside", "of another practice")
    assert taken.result_id is None


def test_a_correction_replaces_and_what_is_older_says_nothing_new(who, line) -> None:
    take(who, sent(line))
    (corrected,) = take(who, sent(line, NL0001="NL0002", **{"|6.4|": "|7.4|", "|||F\rOBX|1": "|||C\rOBX|1"}))
    row = db.session.get_one(LabResult, corrected.result_id)
    assert (row.version, row.status, row.values[0]["value"], line.state) == (2, "corrected", "7.4", "corrected")
    (late,) = take(who, sent(line, NL0001="NL0003", **{"|||F\rOBX|1": "|||P\rOBX|1"}))
    assert (late.state, late.result_id, db.session.query(LabResult).count()) == ("matched", row.id, 2)


def test_preliminary_then_final(who, line) -> None:
    (first,) = take(who, sent(line, **{"|||F\rOBX|1": "|||P\rOBX|1"}))
    assert (db.session.get_one(LabResult, first.result_id).status, line.state) == ("preliminary", "preliminary")
    (last,) = take(who, sent(line, NL0001="NL0002"))
    row = db.session.get_one(LabResult, last.result_id)
    assert (row.version, row.status, row.reason, line.state) == (2, "final", None, "final")


def test_a_bundle_of_fhir(who, line) -> None:
    text = (SAMPLES / "northlake.json").read_text("utf-8")
    text = text.replace("R000001", line.order.number).replace("C000001", container(line).number)
    (taken,) = take(who, text.encode(), "north.json")
    row = db.session.get_one(LabResult, taken.result_id)
    assert (row.source, row.line_id) == ("fhir", line.id)
    assert [(each["value"], each.get("unit"), each.get("flag")) for each in row.values] == [
        ("6.40", "g/dL", "LL"),
        ("<10", "10*3/uL", "LL"),
        ("few schistocytes", None, None),
    ]
    assert take(who, text.encode(), "north.json")[0].state == "known"


def test_all_files_or_none(who, line) -> None:
    with pytest.raises(Refused) as told:
        take_files(who, [("a.hl7", sent(line)), ("b.hl7", b"hello")])
    assert (told.value.where, db.session.query(IncomingResult).count()) == ("b.hl7, line 1", 0)


def test_nothing_of_another_practice(other_practice, who, line) -> None:
    stranger = other_practice.actor("assistant")
    (taken,) = take(stranger, sent(line))
    assert taken.state == "unmatched"
    mine = db.session.query(IncomingResult).one()
    with pytest.raises(Unknown):
        match_incoming(who, mine.id, line.id)
    with pytest.raises(Unknown):
        match_incoming(stranger, mine.id, line.id)


REPORT = Report(
    kind="hl7v2",
    sender="s",
    control="1",
    person=Person(last="Calloway", first="Beatrix", birth=date(1967, 3, 14), sex="F"),
    codes=(Code(code="57021-8", system="loinc"),),
    status="final",
    values=(),
    order_numbers=("L000001",),
)
LINE = Candidate(
    line_id=1,
    order_id=1,
    order_number="L000001",
    patient_id=1,
    last="Calloway",
    first="Béatrix",
    birth=date(1967, 3, 14),
    sex="F",
    chart_number="000001",
    test="cbc_diff",
    test_name="CBC",
    loinc="57021-8",
    state="active",
    containers=("C000001",),
)


def test_certainty() -> None:
    assert certain(REPORT, [LINE]) == LINE
    assert certain(REPORT, [LINE, replace(LINE, line_id=2)]) is None
    assert certain(REPORT, [replace(LINE, order_number="L000002")]) is None
    assert certain(REPORT, [replace(LINE, in_house=True)]) is None
    assert certain(REPORT, [replace(LINE, state="cancelled")]) is None
    both = replace(REPORT, container_numbers=("C000002",))
    assert certain(both, [LINE]) is None  # the container says another
    bare = replace(REPORT, order_numbers=())
    assert certain(bare, [LINE]) == LINE
    assert certain(bare, [replace(LINE, state="final")]) is None
    assert certain(bare, [LINE, replace(LINE, line_id=2, patient_id=2)]) is None
    assert certain(replace(bare, person=Person(last="Calloway", birth=date(1967, 3, 14))), [LINE]) is None
    assert [each.candidate.line_id for each in nearest(REPORT, [replace(LINE, line_id=2, last="X"), LINE])] == [1, 2]

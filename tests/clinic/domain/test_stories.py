"""The stories of patients and visits: their folds, and a stored sample of every body ever written."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from clinic.domain import patient_story, visit_story
from clinic.domain.particulars import Particulars
from clinic.domain.patient_story import (
    ChangedByImport,
    Corrected,
    CoverageAdded,
    CoverageChanged,
    Entered,
    Merged,
    Unlike,
    VisitMoved,
    survivor,
)
from clinic.domain.policies import Policy
from clinic.domain.value import as_json
from clinic.domain.visit_story import ActAdded, NoteWritten, ProblemAdded, ProblemWithdrawn, VisitEntered

SAMPLES = json.loads((Path(__file__).parent / "facts_of_the_record.json").read_text("utf-8"))
BODIES = patient_story.BODIES | visit_story.BODIES
WHO = Particulars(last="Calloway", first="Beatrix", birth=date(1967, 3, 14))
POLICY = Policy(
    payer_id=4, rank="P", member_id="NLM884201337", filing="CI", relation="18", assigns_benefits="Y", release="Y"
)


def test_every_body_has_a_sample() -> None:
    assert {(row["type"], row["version"]) for row in SAMPLES} == set(BODIES)


@pytest.mark.parametrize("row", SAMPLES, ids=lambda row: f"{row['type']}-{row['version']}")
def test_a_stored_body_loads_and_says_the_same(row) -> None:
    story = visit_story if row["type"] in {type_ for type_, _ in visit_story.BODIES} else patient_story
    value = story.body_of(row["type"], row["version"], row["body"])
    assert as_json(value) == row["body"]


def test_a_fact_nobody_wrote_is_not_read() -> None:
    with pytest.raises(KeyError):
        patient_story.body_of("patient.merged", 2, {})


def test_a_patient_folds() -> None:
    moved = POLICY.__class__(**{**as_json(POLICY), "rank": "S"})
    found = patient_story.fold(
        [
            ("patient.entered", Entered(chart_number="000007", particulars=WHO, unlike=(3,))),
            ("patient.corrected", Corrected(before=WHO, after=Particulars(last="Osei", first="Beatrix"))),
            (
                "patient.changed_by_import",
                ChangedByImport(
                    before={"phone": None}, after={"phone": "2185550142", "birth": "1967-03-14", "name_key": "x"}
                ),
            ),
            ("patient.unlike", Unlike(other_id=5)),
            ("coverage.added", CoverageAdded(coverage_id=1, policy=POLICY)),
            ("coverage.added", CoverageAdded(coverage_id=2, policy=POLICY)),
            ("coverage.changed", CoverageChanged(coverage_id=1, before=POLICY, after=moved)),
            ("patient.merged", Merged(into_id=9)),
            ("patient.merged", Merged(from_id=8)),
            ("visit.moved", VisitMoved(visit_id=1, from_patient_id=7, to_patient_id=2)),
        ]
    )
    assert found == patient_story.Standing(
        chart_number="000007",
        particulars=Particulars(last="Osei", first="Beatrix", birth=date(1967, 3, 14), phone="2185550142"),
        merged_into_id=9,
        policies=((1, moved), (2, POLICY)),
        unlike=(3, 5),
    )
    undone = patient_story.after(found, "patient.unmerged", Merged(into_id=9))
    assert undone.merged_into_id is None
    assert patient_story.after(found, "patient.unmerged", Merged(from_id=8)).merged_into_id == 9


def test_a_visit_folds() -> None:
    entered = VisitEntered(patient_id=7, location_id=1, on=date(2026, 5, 4), department="medical")
    problem, act = ProblemAdded(problem_id=3, words="cough"), ActAdded(act_id=4, words="looked", quantity=Decimal(2))
    found = visit_story.fold(
        [
            entered,
            NoteWritten(note_id=2, section="plan"),
            problem,
            ProblemWithdrawn(problem_id=3),
            act,
            VisitMoved(visit_id=1, from_patient_id=7, to_patient_id=9),
        ]
    )
    assert found == visit_story.VisitStanding(
        visit=entered, patient_id=9, notes=(2,), problems=(problem,), withdrawn=(3,), acts=(act,)
    )


def test_a_chain_of_merges_is_followed_and_a_circle_ends() -> None:
    assert survivor(1, {1: 2, 2: 3}) == 3
    assert survivor(3, {1: 2, 2: 3}) == 3
    assert survivor(1, {1: 2, 2: 1}) == 2

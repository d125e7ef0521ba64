"""The code picker through HTTP: families and their ladder, notes beside a code, what the practice uses."""

import pytest

from billing.coding.changes import AddDiagnosis
from billing.services.change_claim import change_claim
from billing.services.open_claim import open_claim
from clinic.base import db
from clinic.domain.code import ICD10CM, Code
from clinic.models import Problem
from clinic.services import used_codes as used
from tests.clinic.views.counting import statements
from tests.fixtures.house import log_in
from tests.fixtures.people import make_patient, make_visit

ON = "2026-03-02"


@pytest.fixture
def coder(client, practice):
    return log_in(client, practice.actor("biller"), practice)


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.fixture
def visit(practice):
    return make_visit(practice, make_patient(practice))


def writes(practice, visit, code: str, times: int = 1) -> None:
    for _ in range(times):
        db.session.add(
            Problem(
                practice_id=practice.row.id,
                patient_id=visit.patient_id,
                visit_id=visit.id,
                system="icd10cm",
                code=code,
                words=code,
            )
        )
    db.session.commit()


def test_a_family_opens_its_ladder_and_the_ladder_ends_in_a_code(client, practice, visit):
    coder = log_in(client, practice.actor("provider"), practice)
    found = text(coder.get(f"/visits/{visit.id}/codes?text=colles+fracture"))
    assert "at=S5253" in found
    assert "whole=1" in found
    first = text(coder.get(f"/codes/ladder?at=S5253&on={ON}&form=add-problem&name=code&typed=colles"))
    assert 'data-rung="3"' in first
    assert 'data-rung="4"' not in first
    assert "pick=side:right" in first
    second = text(coder.get(f"/codes/ladder?at=S5253&on={ON}&form=add-problem&name=code&pick=side:right"))
    assert 'form="add-problem" class="option" role="option" name="code" value="S52531A"' in second
    assert 'data-rung="back"' in second
    done = text(coder.get(f"/codes/ladder?at=S5253&on={ON}&form=add-problem&name=code&pick=side:right&pick=visit:A"))
    assert 'value="S52531A"' in done
    typed = text(coder.get(f"/codes/ladder?at=S5253&on={ON}&form=add-dx&name=code&typed=left+colles"))
    assert 'value="S52532A"' in typed


@pytest.mark.parametrize(
    "query",
    [
        "",
        "at=&on=x",
        "at=ZZZ99",
        "at=%F0%9F%A6%B7&pick=%00",
        "at=S525&form=%22%3E%3Cscript%3E&name=a b",
        "at=" + "9" * 500,
    ],
)
def test_whatever_is_asked_is_answered(coder, query):
    assert "<script" not in text(coder.get(f"/codes/ladder?{query}"))
    assert "<script" not in text(coder.get(f"/codes/notes?code={query}"))


def test_notes_of_the_whole_ancestry_stand_beside_a_code(coder):
    said = text(coder.get(f"/codes/notes?code=E1121&on={ON}"))
    assert "excludes 1" in said
    assert "Z79.4" in said
    assert text(coder.get(f"/codes/notes?code=NONE&on={ON}")).strip() == ""


def test_codes_of_the_practice_stand_further_up_and_say_so(client, practice, other_practice, visit):
    coder = log_in(client, practice.actor("provider"), practice)
    url = f"/visits/{visit.id}/codes?text=diabetes"
    assert "here</span>" not in text(coder.get(url))
    writes(practice, visit, "E11.621", 12)
    client.application.extensions.pop("cabinet_used_codes", None)
    found = text(coder.get(url))
    assert "used 12 times here" in found
    assert found.index('value="E11621"') < found.index('value="E1122"')


def test_the_count_costs_two_statements_and_then_none(app, client, practice, visit, monkeypatch):
    coder = log_in(client, practice.actor("provider"), practice)
    url = f"/visits/{visit.id}/codes?text=asthma"
    app.extensions.pop("cabinet_used_codes", None)
    with statements() as first:
        text(coder.get(url))
    with statements() as again:
        text(coder.get(url))
    assert len(first) == len(again) + 2 <= 12
    monkeypatch.setattr(used, "KEPT_SECONDS", -1.0)
    with statements() as aged:
        text(coder.get(url))
    assert len(aged) == len(first)


def test_what_was_entered_in_error_and_what_others_wrote_does_not_count(app, practice, other_practice, visit):
    theirs = make_visit(other_practice, make_patient(other_practice))
    writes(other_practice, theirs, "J45.909", 3)
    writes(practice, visit, "I10", 2)
    db.session.query(Problem).filter(Problem.practice_id == practice.row.id).first().status = "entered-in-error"
    db.session.commit()
    app.extensions.pop("cabinet_used_codes", None)
    assert used.used_codes(practice.row.id, "icd10cm") == {"I10": 1}


def test_diagnoses_of_claims_count(app, practice, visit):
    claim = open_claim(practice.actor("biller"), visit.id)
    change_claim(practice.actor("biller"), claim, AddDiagnosis(code=Code(ICD10CM, "M5450")))
    app.extensions.pop("cabinet_used_codes", None)
    assert used.used_codes(practice.row.id, "icd10cm") == {"M5450": 1}

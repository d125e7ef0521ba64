"""The list, a patient's page, the forms of patients and policies, merging: through HTTP."""

import re
from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from clinic.base import db
from clinic.domain.particulars import Particulars
from clinic.domain.policies import Policy
from clinic.models import Coverage, Fact, Patient, Visit
from clinic.services.add_coverage import add_coverage
from clinic.services.changing import print_of
from clinic.services.correct_patient import correct_patient
from clinic.services.enter_patient import enter_patient
from clinic.services.merge_patients import merge_patients
from clinic.services.patient_facts import particulars_of, policy_of
from tests.clinic.views.counting import statements
from tests.clinic.views.reading import seen_last
from tests.fixtures.house import log_in
from tests.fixtures.people import make_patient, make_visit

BEA = Particulars(last="Calloway", first="Beatrix", birth=date(1967, 3, 14), sex="F")
MOST_OF_LIST, MOST_OF_PAGE = 3, 9
"""Statements, beside what every page costs."""
OURS = ("patients", "coverages", "merges", "visits", "moves")


@pytest.fixture
def enter_as(client, practice):
    def entered(role: str):
        return log_in(client, practice.actor(role), practice)

    return entered


@pytest.fixture
def bea(practice):
    return enter_patient(practice.actor("biller"), BEA)


@pytest.fixture
def policy(practice):
    return Policy(
        payer_id=practice.payer.id,
        rank="P",
        member_id="NLM884",
        filing="CI",
        relation="18",
        assigns_benefits="Y",
        release="Y",
    )


def text(answer) -> str:
    return answer.get_data(as_text=True)


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert found, name
    return found.group(1)


def form_of(patient: int, **typed) -> dict[str, str]:
    now = particulars_of(db.session.get_one(Patient, patient))
    kept = {name: str(getattr(now, name) or "") for name in Particulars.__struct_fields__}
    return kept | {"seen": print_of(now)} | typed


def policy_form(policy: Policy, **typed) -> dict[str, str]:
    kept = {name: str(getattr(policy, name) or "") for name in Policy.__struct_fields__}
    return kept | {"seen": print_of(policy)} | typed


def many(practice, count: int) -> None:
    for number in range(count):
        patient = make_patient(practice, f"Name{number}", "Ada")
        patient.birth = date(1950, 1, 1)
        make_visit(practice, patient)
    db.session.commit()


def test_the_list_is_sorted_searched_paged_and_noted(enter_as, practice) -> None:
    many(practice, 53)
    client = enter_as("assistant")
    first, last = text(client.get("/patients")), text(client.get("/patients?page=2&sort=name"))
    assert first.count("/patients/") >= 50
    assert "Name9, Ada" not in first
    assert "Name9, Ada" in last
    endpoint, seen = seen_last()
    assert (endpoint, len(seen)) == ("patients.index", 3)
    found = text(client.get("/patients?q=name52&sort=-birth"))
    assert "Name52, Ada" in found
    assert "Name1, Ada" not in found
    assert client.get("/patients?page=99").status_code == 200
    assert client.get("/patients?page=x&sort=drop").status_code == 200


def test_the_list_is_empty_and_says_so(enter_as, other_practice) -> None:
    make_patient(other_practice)
    client = enter_as("provider")
    assert "Calloway" not in text(client.get("/patients"))
    assert 'class="empty"' in text(client.get("/patients?q=calloway"))


def test_list_and_page_cost_the_same_however_long(enter_as, practice, bea, policy) -> None:
    client = enter_as("manager")
    biller = practice.actor("biller")

    def cost(path: str) -> int:
        with statements() as sent:
            assert client.get(path).status_code == 200
        return len(sent)

    bare = cost("/me")

    costs = []
    for round_ in range(3):
        if round_:
            many(practice, 6)
            for number in range(6):
                visit = make_visit(practice, db.session.get_one(Patient, bea))
                assert visit.id
                row = make_patient(practice, f"Reed{round_}{number}", covered=False)
                merge_patients(practice.actor("manager"), row.id, bea, "same card")
                span = date(2000 + 10 * round_ + number, 1, 1)
                add_coverage(biller, bea, replace(policy, starts=span, ends=span))
        costs.append((cost("/patients"), cost("/patients?q=calloway"), cost(f"/patients/{bea}")))
    assert costs[1] == costs[2]
    assert costs[2][0] == costs[2][1] <= 12
    assert costs[2][0] - bare <= MOST_OF_LIST
    assert costs[2][2] - bare <= MOST_OF_PAGE


def test_a_page_shows_who_policies_visits_and_history(enter_as, practice, policy) -> None:
    patient = make_patient(practice)
    visit = make_visit(practice, patient)
    client = enter_as("biller")
    page = text(client.get(f"/patients/{patient.id}"))
    for part in ("Calloway, Beatrix", "NLM884201337", "Northlake Mutual", f"/visits/{visit.id}", patient.chart_number):
        assert part in page
    assert page.count("<h1") == 1
    assert seen_last() == ("patients.show", {patient.id})
    assert "merge" not in re.findall(r'href="(/patients/\d+/merge)"', page)
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style", page)


def test_what_one_may_not_do_is_not_offered(enter_as, practice, bea) -> None:
    page = text(enter_as("provider").get(f"/patients/{bea}"))
    assert f"/patients/{bea}/edit" not in page
    assert f"/patients/{bea}/merge" not in page
    assert f"/patients/{bea}/visits/new" in page


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("provider", "/patients/new", 403),
        ("administrator", "/patients", 403),
        ("biller", "/patients/1/merge", 403),
        ("biller", "/patients/999", 404),
        ("biller", "/patients/999/edit", 404),
        ("manager", "/patients/999/merge", 404),
    ],
)
def test_who_may_open_what(enter_as, bea, role, path, status) -> None:
    assert enter_as(role).get(path).status_code == status


def test_a_patient_is_entered(enter_as) -> None:
    client = enter_as("assistant")
    begun = text(client.get("/patients/new?q=Moreau+Théa+2/3/1970"))
    assert (field(begun, "last"), field(begun, "first"), field(begun, "birth")) == ("Moreau", "Théa", "1970-02-03")
    answer = client.post("/patients/new", data={"last": "Moreau", "first": "Théa", "birth": "2/3/1970", "sex": "F"})
    patient = db.session.query(Patient).one()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/patients/{patient.id}")
    assert patient.birth == date(1970, 2, 3)


@pytest.mark.parametrize(
    ("typed", "field_"),
    [
        ({"last": ""}, "last"),
        ({"birth": "31/31/1970"}, "birth"),
        ({"birth": "2999-01-01"}, "birth"),
        ({"sex": "Q"}, "sex"),
        ({"state": "Minnesota"}, "state"),
        ({"last": "x" * 61}, "last"),
    ],
)
def test_what_is_wrong_stands_at_the_field_and_on_top(enter_as, typed, field_: str) -> None:
    answer = enter_as("biller").post("/patients/new", data={"last": "Moreau", "sex": ""} | typed)
    page = text(answer)
    assert answer.status_code == 422
    assert re.search(rf'id="{field_}"[^>]*aria-invalid="true"|aria-invalid="true"[^>]*id="{field_}"', page)
    assert f'href="#{field_}"' in page
    assert f'id="{field_}-wrong"' in page
    assert db.session.query(Patient).count() == 0


def test_look_alikes_are_shown_and_a_person_decides(enter_as, bea) -> None:
    client = enter_as("biller")
    typed = {"last": "Caloway", "first": "Beatrix", "birth": "1967-03-14", "sex": ""}
    asked = client.post("/patients/new", data=typed)
    page = text(asked)
    assert asked.status_code == 200
    assert f'href="/patients/{bea}"' in page
    assert field(page, "unlike") == str(bea)
    assert field(page, "last") == "Caloway"
    assert db.session.query(Patient).count() == 1
    assert seen_last() == ("patients.new", {bea})
    assert client.post("/patients/new", data=typed | {"unlike": [str(bea), "x"]}).status_code == 303
    told = db.session.query(Fact).filter_by(type="patient.entered").order_by(Fact.id.desc()).first()
    assert told is not None
    assert told.body["unlike"] == [bea]


def test_a_patients_page_asks_of_look_alikes_until_somebody_says(enter_as, practice, bea) -> None:
    twin = make_patient(practice, covered=False)
    client = enter_as("manager")
    assert f"/patients/{bea}/merge/{twin.id}" in text(client.get(f"/patients/{bea}"))
    assert seen_last() == ("patients.show", {bea, twin.id})
    assert client.post(f"/patients/{bea}/unlike/{twin.id}").status_code == 303
    assert f"/patients/{bea}/merge/{twin.id}" not in text(client.get(f"/patients/{bea}"))
    assert f"/patients/{twin.id}/merge/{bea}" not in text(client.get(f"/patients/{twin.id}"))


def test_a_correction_and_the_one_who_was_second(enter_as, practice, bea) -> None:
    client = enter_as("biller")
    page = text(client.get(f"/patients/{bea}/edit"))
    typed = form_of(bea, phone="218-555-0142")
    assert field(page, "seen") == typed["seen"]
    now = particulars_of(db.session.get_one(Patient, bea))
    correct_patient(practice.actor("assistant"), bea, replace(now, city="Duluth", phone="2185550100"), print_of(now))
    db.session.expire_all()
    second = client.post(f"/patients/{bea}/edit", data=typed)
    both = text(second)
    assert second.status_code == 409
    assert "<del>2185550100</del>" in both
    assert "<ins>218-555-0142</ins>" in both
    assert "<del>Duluth</del>" in both
    assert db.session.get_one(Patient, bea, populate_existing=True).phone == "2185550100"
    again = client.post(f"/patients/{bea}/edit", data=typed | {"seen": field(both, "seen")})
    assert again.status_code == 303
    row = db.session.get_one(Patient, bea, populate_existing=True)
    assert (row.phone, row.city) == ("2185550142", None)


def test_a_policy_is_added_with_the_next_rank(enter_as, practice, bea, policy) -> None:
    client = enter_as("assistant")
    assert re.search(r'<option selected value="P">', text(client.get(f"/patients/{bea}/coverages/new")))
    assert client.post(f"/patients/{bea}/coverages/new", data=policy_form(policy, filing="")).status_code == 303
    assert db.session.query(Coverage).one().filing == practice.payer.filing
    assert re.search(r'<option selected value="S">', text(client.get(f"/patients/{bea}/coverages/new")))
    refused = client.post(f"/patients/{bea}/coverages/new", data=policy_form(policy))
    assert refused.status_code == 422
    assert 'id="rank-wrong"' in text(refused)


def test_an_insured_person_may_live_with_the_patient(enter_as, practice, policy) -> None:
    patient = make_patient(practice, covered=False)
    client = enter_as("biller")
    typed = policy_form(
        policy,
        relation="01",
        subscriber_last="Calloway",
        subscriber_first="Edmund",
        subscriber_birth="5/6/1965",
        subscriber_sex="M",
    )
    asked = client.post(f"/patients/{patient.id}/coverages/new", data=typed)
    assert asked.status_code == 422
    assert 'id="subscriber_street-wrong"' in text(asked)
    assert client.post(f"/patients/{patient.id}/coverages/new", data=typed | {"lives_with": "y"}).status_code == 303
    row = db.session.query(Coverage).one()
    assert (row.subscriber_street, row.subscriber_state, row.subscriber_birth) == (
        "218 Alder Lane",
        "MN",
        date(1965, 5, 6),
    )


def test_a_policy_is_changed_ended_and_the_second_is_told(enter_as, practice, bea, policy) -> None:
    coverage = add_coverage(practice.actor("biller"), bea, policy)
    client = enter_as("biller")
    kept = policy_of(db.session.get_one(Coverage, coverage))
    page = text(client.get(f"/coverages/{coverage}/edit"))
    assert (field(page, "member_id"), field(page, "seen")) == ("NLM884", print_of(kept))
    assert client.post(f"/coverages/{coverage}/edit", data=policy_form(kept, member_id="A")).status_code == 303
    second = client.post(f"/coverages/{coverage}/edit", data=policy_form(kept, member_id="B"))
    assert second.status_code == 409
    assert "<del>A</del>" in text(second)
    assert "<ins>B</ins>" in text(second)
    assert client.post(f"/coverages/{coverage}/end", data={"ends": "6/30/2026"}).status_code == 303
    assert db.session.get_one(Coverage, coverage, populate_existing=True).ends == date(2026, 6, 30)
    assert client.post(f"/coverages/{coverage}/end", data={"ends": "soon"}).status_code == 422
    assert "30 Jun 2026" in text(client.get(f"/patients/{bea}"))


def test_a_merge_through_its_pages_and_back(enter_as, practice, bea) -> None:
    other = make_patient(practice, "Calloway-Reed", "Bea")
    visit = make_visit(practice, other)
    client = enter_as("manager")
    assert f"/patients/{bea}/merge/{other.id}" in text(client.get(f"/patients/{bea}/merge?q=reed"))
    page = text(client.get(f"/patients/{bea}/merge/{other.id}"))
    typed = {
        "stays": str(bea),
        "reason": "same card",
        f"version-{bea}": field(page, f"version-{bea}"),
        f"version-{other.id}": field(page, f"version-{other.id}"),
    }
    for missing in ("stays", "reason"):
        wrong = client.post(f"/patients/{bea}/merge/{other.id}", data=typed | {missing: ""})
        assert wrong.status_code == 422
    assert client.post(f"/patients/{bea}/merge/{other.id}", data=typed).status_code == 303
    led = client.get(f"/patients/{other.id}")
    assert (led.status_code, led.headers["Location"]) == (302, f"/patients/{bea}")
    assert client.get(f"/patients/{other.id}/edit").headers["Location"] == f"/patients/{bea}/edit"
    page = text(client.get(f"/patients/{bea}"))
    assert f"/visits/{visit.id}" in page
    assert "NLM884201337" in page
    assert seen_last() == ("patients.show", {bea, other.id})
    assert db.session.get_one(Visit, visit.id, populate_existing=True).patient_id == other.id
    assert client.post(f"/patients/{bea}/merge/{other.id}", data=typed).status_code == 422
    assert client.get(f"/patients/{other.id}/unmerge").status_code == 200
    assert client.post(f"/patients/{other.id}/unmerge", data={"reason": ""}).status_code == 422
    assert client.post(f"/patients/{other.id}/unmerge", data={"reason": "two cards"}).status_code == 303
    assert client.get(f"/patients/{other.id}").status_code == 200
    assert f"/visits/{visit.id}" not in text(client.get(f"/patients/{bea}"))


def test_every_address_of_another_practice_is_unknown(client, app, practice, other_practice) -> None:
    patient = make_patient(other_practice)
    twin = make_patient(other_practice, "Osei", "Marvin")
    visit = make_visit(other_practice, patient)
    problem = visit.problems
    assert problem == []
    ids = {
        "patient_id": patient.id,
        "other_id": twin.id,
        "coverage_id": patient.coverages[0].id,
        "visit_id": visit.id,
        "problem_id": 1,
    }
    roles = {"note.write": "assistant"}
    facts = db.session.query(Fact).count()
    tried = 0
    for rule in app.url_map.iter_rules():
        if rule.endpoint.split(".")[0] not in OURS or not rule.arguments:
            continue
        role = roles.get(getattr(app.view_functions[rule.endpoint], "right", ""), "manager")
        log_in(client, practice.actor(role), practice)
        path = rule.rule
        for name, value in ids.items():
            path = path.replace(f"<int:{name}>", str(value))
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            data = {"ends": "2026-06-30", "text": "x", "last": "Moreau", "reason": "x", "other": str(twin.id)}
            sent = {"data": data} if method == "POST" else {}
            answer = client.open(path, method=method, **sent)
            assert (rule.endpoint, method, answer.status_code) == (rule.endpoint, method, 404)
            tried += 1
        client.post("/logout")
    assert tried >= 20
    assert db.session.query(Fact).count() == facts


def test_forms_need_their_token(enter_as, app, bea) -> None:
    client = enter_as("manager")
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        for path in (
            "/patients/new",
            f"/patients/{bea}/edit",
            f"/patients/{bea}/coverages/new",
            f"/patients/{bea}/unlike/1",
        ):
            assert client.post(path, data={"last": "Moreau"}).status_code == 400
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert db.session.query(Patient).count() == 1


def test_a_page_in_french(enter_as, practice, bea) -> None:
    practice.staff["biller"].locale = "fr"
    db.session.commit()
    client = enter_as("biller")
    answer = client.post("/patients/new", data={"last": "Moreau", "birth": "3/2/1970", "sex": ""})
    assert answer.status_code == 303
    assert db.session.query(Patient).filter_by(last="Moreau").one().birth == date(1970, 2, 3)
    for path in ("/patients", f"/patients/{bea}", "/patients/new", f"/patients/{bea}/coverages/new"):
        assert '<html lang="fr"' in text(client.get(path))


def test_a_clock_stands_at_each_fact(enter_as, bea) -> None:
    page = text(enter_as("biller").get(f"/patients/{bea}"))
    stamp = re.search(r'<time datetime="([^"]+)"', page)
    assert stamp
    assert datetime.fromisoformat(stamp.group(1)).tzinfo == UTC

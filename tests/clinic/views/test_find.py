"""The find line: straight to a number that is known, else all that was found."""

import pytest

from billing.models import ClaimRecord
from clinic.base import db
from clinic.services.merge_patients import merge_patients
from clinic.views.asking import asked
from tests.clinic.views.counting import statements
from tests.clinic.views.reading import seen_last
from tests.fixtures.house import log_in
from tests.fixtures.people import make_patient, make_visit


@pytest.fixture
def patient(practice):
    return make_patient(practice)


@pytest.fixture
def claim(client, practice, patient):
    log_in(client, practice.actor("biller"), practice)
    client.post(f"/claims/of-visit/{make_visit(practice, patient).id}")
    return db.session.query(ClaimRecord).one()


def text(answer) -> str:
    return answer.get_data(as_text=True)


def test_a_known_number_goes_straight_there(client, claim, patient) -> None:
    by_chart = client.get(f"/find?q=+{patient.chart_number}+")
    by_claim = client.get(f"/find?q={claim.number}")
    assert (by_chart.status_code, by_chart.headers["Location"]) == (302, f"/patients/{patient.id}")
    assert (by_claim.status_code, by_claim.headers["Location"]) == (302, f"/claims/{claim.id}")


def test_a_merged_charts_number_leads_to_whom_it_became(client, claim, patient, practice) -> None:
    other = make_patient(practice, "Osei", "Marvin")
    merge_patients(practice.actor("manager"), patient.id, other.id, "same card")
    led = client.get(f"/find?q={patient.chart_number}")
    assert led.headers["Location"] == f"/patients/{patient.id}"
    assert client.get(led.headers["Location"]).headers["Location"] == f"/patients/{other.id}"


@pytest.mark.parametrize("typed", ["calloway", "Beatrix CALL", "3/14/1967", "1967-03-14", "call 3/14/1967"])
def test_names_and_birth_dates(client, claim, patient, typed: str) -> None:
    page = text(client.get("/find", query_string={"q": typed}))
    assert f'href="/patients/{patient.id}"' in page
    assert seen_last() == ("find.show", {patient.id})


def test_part_of_a_claim_number_and_a_code(client, claim) -> None:
    assert f'href="/claims/{claim.id}"' in text(client.get(f"/find?q={claim.number[:4]}"))
    assert "Essential (primary) hypertension" in text(client.get("/find?q=I10"))


def test_a_number_that_means_two_things_is_listed(client, claim, patient) -> None:
    patient.chart_number = claim.number
    db.session.commit()
    page = client.get(f"/find?q={claim.number}")
    assert page.status_code == 200
    assert f'href="/patients/{patient.id}"' in text(page)
    assert f'href="/claims/{claim.id}"' in text(page)


@pytest.mark.parametrize("typed", ["", "zzzzz", "<zzzzz>", "%", "'", "9" * 500])
def test_nothing_found_is_said(client, claim, typed: str) -> None:
    page = client.get("/find", query_string={"q": typed})
    assert page.status_code == 200
    assert 'class="empty"' in text(page)


def test_what_was_typed_is_never_part_of_the_page(client, claim) -> None:
    page = client.get("/find", query_string={"q": "<script>alert(1)</script>"})
    assert page.status_code == 200
    assert "<script>alert" not in text(page)


def test_only_what_one_may_see_and_only_here(client, claim, patient, other_practice) -> None:
    client.post("/logout")
    log_in(client, other_practice.actor("biller"), other_practice)
    for typed in (patient.chart_number, claim.number, "calloway"):
        page = text(client.get(f"/find?q={typed}"))
        assert f"/patients/{patient.id}" not in page
        assert f'href="/claims/{claim.id}"' not in page
    client.post("/logout")
    log_in(client, other_practice.actor("administrator"), other_practice)
    assert client.get("/find?q=calloway").status_code == 403


def test_the_line_is_on_every_page_and_keeps_what_was_typed(client, claim) -> None:
    assert 'action="/find"' in text(client.get("/"))
    assert 'value="zzzzz"' in text(client.get("/find?q=zzzzz"))


def test_finding_costs_the_same_however_much_there_is(client, claim, practice) -> None:
    costs = []
    for _round in range(3):
        with statements() as sent:
            client.get("/find?q=call")
        costs.append(len(sent))
        for number in range(6):
            make_visit(practice, make_patient(practice, f"Callow{number}"))
    assert costs[1] == costs[2]
    assert costs[2] <= 12


def test_what_was_typed_is_read_in_the_order_it_came(app) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        found = asked(" Calloway,  Bea 3/14/1967 12 ")
    assert (found.text, found.words) == ("Calloway, Bea 3/14/1967 12", ("Calloway", "Bea", "12"))
    assert found.day is not None
    assert found.day.isoformat() == "1967-03-14"

"""The level of a visit at the desk."""

from __future__ import annotations

import pytest

from billing.services.claim_value import coding_of
from clinic.base import db
from clinic.models import Charge, Coverage, Fact
from tests.billing.services.questions import claim
from tests.billing.services.steps import coded_claim
from tests.clinic.views.counting import statements
from tests.fixtures.house import log_in

HX = {"HX-Request": "true"}
FORM = {"patient": "established", "stable": "2", "tests": "1", "risk": "moderate", "minutes": "25"}


@pytest.fixture
def biller(client, practice):
    return log_in(client, practice.actor("biller"), practice)


def test_the_pane_is_fetched_when_it_is_opened(biller, practice) -> None:
    claim_id = coded_claim(practice)
    assert f'hx-get="/claims/{claim_id}/level"' in biller.get(f"/claims/{claim_id}/code").get_data(as_text=True)
    biller.get(f"/claims/{claim_id}/level", headers=HX)
    with statements() as sent:
        pane = biller.get(f"/claims/{claim_id}/level", headers=HX).get_data(as_text=True)
    assert len(sent) <= 12
    assert 'id="level-body"' in pane
    assert "level-found" not in pane


def test_what_is_documented_comes_to_a_level(biller, practice) -> None:
    claim_id = coded_claim(practice)
    pane = biller.post(f"/claims/{claim_id}/level", data=FORM, headers=HX).get_data(as_text=True)
    assert "<code>99214</code>" in pane
    assert f"/claims/{claim_id}/level/put" in pane
    assert db.session.query(Fact).filter_by(type="claim.level_found").count() == 1
    again = biller.get(f"/claims/{claim_id}/level", headers=HX).get_data(as_text=True)
    assert 'name="stable" inputmode="numeric" autocomplete="off" maxlength="4" value="2"' in again


def test_a_claim_above_what_is_documented_is_said_so(biller, practice) -> None:
    claim_id = coded_claim(practice)
    low = biller.post(f"/claims/{claim_id}/level", data={"patient": "established", "minutes": "12"}, headers=HX)
    assert 'data-severity="warn"' in low.get_data(as_text=True)
    right = biller.post(f"/claims/{claim_id}/level", data={"patient": "established", "minutes": "22"}, headers=HX)
    assert 'data-severity="warn"' not in right.get_data(as_text=True)


def test_an_injection_beside_the_visit_asks_for_the_modifier(biller, practice) -> None:
    db.session.add(
        Charge(practice_id=practice.row.id, system="cpt", code="20610", words="injection, knee", price_cents=9000)
    )
    db.session.commit()
    claim_id = coded_claim(practice)
    biller.post(f"/claims/{claim_id}/changes", data={"do": "add_line", "code": "20610"}, headers=HX)
    pane = biller.post(f"/claims/{claim_id}/level", data=FORM, headers=HX).get_data(as_text=True)
    assert 'data-severity="advise"' in pane
    biller.post(f"/claims/{claim_id}/changes", data={"do": "set_line", "number": "1", "modifiers": "25"}, headers=HX)
    assert 'data-severity="advise"' not in biller.get(f"/claims/{claim_id}/level", headers=HX).get_data(as_text=True)


@pytest.mark.parametrize(
    "bad", [{"minutes": "-1"}, {"minutes": "1441"}, {"stable": "two"}, {"tests": "100"}, {"minor": "٣"}]
)
def test_numbers_that_are_none(biller, practice, bad) -> None:
    claim_id = coded_claim(practice)
    pane = biller.post(f"/claims/{claim_id}/level", data=FORM | bad, headers=HX)
    assert (pane.status_code, 'data-severity="block"' in pane.get_data(as_text=True)) == (200, True)
    assert db.session.query(Fact).filter_by(type="claim.level_found").count() == 0


def test_one_key_puts_it_on_the_claim(biller, practice) -> None:
    claim_id = coded_claim(practice)
    biller.post(f"/claims/{claim_id}/level", data=FORM, headers=HX)
    refused = biller.post(f"/claims/{claim_id}/level/put", data={"sequence": claim(claim_id).sequence})
    assert (refused.status_code, refused.headers["Location"]) == (303, f"/claims/{claim_id}/code?open=level#level")
    assert [line.code.value for line in coding_of(claim(claim_id)).lines] == ["99213"]
    db.session.add(
        Charge(practice_id=practice.row.id, system="cpt", code="99214", words="longer visit", price_cents=17000)
    )
    db.session.commit()
    biller.post(f"/claims/{claim_id}/level/put", data={"sequence": claim(claim_id).sequence})
    assert [line.code.value for line in coding_of(claim(claim_id)).lines] == ["99214"]
    pane = biller.get(f"/claims/{claim_id}/level", headers=HX).get_data(as_text=True)
    assert f"/claims/{claim_id}/level/put" not in pane


def test_prolonged_time_is_offered_for_medicare(biller, practice) -> None:
    claim_id = coded_claim(practice)
    long = {"patient": "established", "minutes": "84"}
    path = f"/claims/{claim_id}/level/prolonged"
    assert path not in biller.post(f"/claims/{claim_id}/level", data=long, headers=HX).get_data(as_text=True)
    db.session.query(Coverage).update({"filing": "MB"})
    db.session.add(
        Charge(practice_id=practice.row.id, system="hcpcs", code="G2212", words="longer still", price_cents=3000)
    )
    db.session.commit()
    assert path in biller.get(f"/claims/{claim_id}/level", headers=HX).get_data(as_text=True)
    biller.post(path, data={"sequence": claim(claim_id).sequence})
    assert [(line.code.value, line.quantity.plain()) for line in coding_of(claim(claim_id)).lines][1] == ("G2212", "2")


def test_the_page_without_scripts_goes_back_to_the_desk(biller, practice) -> None:
    claim_id = coded_claim(practice)
    answer = biller.post(f"/claims/{claim_id}/level", data=FORM)
    assert answer.headers["Location"] == f"/claims/{claim_id}/code?open=level#level"
    assert 'hx-trigger="load"' in biller.get(f"/claims/{claim_id}/code?open=level").get_data(as_text=True)

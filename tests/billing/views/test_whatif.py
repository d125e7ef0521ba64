"""House → What if: claims that left judged by next quarter's tables, what these stop, and who may see it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from billing.models import ClaimRecord
from billing.services.send_claims import send_claims
from billing.services.whatif import running
from billing.services.whatif.running import numbers_of, one_run, runs, take_run
from clinic.base import db
from clinic.codes.kind import Wish
from clinic.codes.library import Library
from clinic.codes.loading import load
from clinic.models import JournalAct
from clinic.services import apart
from clinic.services.library import library
from tests.billing.services.steps import another_patient, ready_claim
from tests.clinic.views.counting import statements
from tests.fixtures.codes import lend_codes
from tests.fixtures.house import log_in

HEAD = '"HCPCS/\nCPT Code","Practitioner Services MUE Values","MUE Adjudication Indicator","MUE Rationale"\r\n'
MUE = "MCR_MUE_PractitionerServices_Eff_{day}.csv"


@pytest.fixture
def sent(app, practice, tmp_path) -> list[int]:
    """Two claims that left; this quarter's limits let them pass, next quarter's pay none of their acts."""
    lend_codes(Path(app.config["CABINET_INSTANCE"]))
    app.config["CABINET_START_WHATIF"] = take_run
    ids = [ready_claim(practice), ready_claim(practice, patient=another_patient(practice, "Abara"))]
    send_claims(practice.actor("biller"), ids)
    codes = {act["code"]["value"] for row in rows(ids) for act in row.coding["lines"]}
    for day, units in (("04-01-2026", 9), ("07-01-2026", 0)):
        path = tmp_path / MUE.format(day=day)
        lines = "".join(f'{code},{units},"2 Date of Service Edit: Policy","CMS Policy"\r\n' for code in sorted(codes))
        path.write_bytes((HEAD + lines).encode())
        load(library(), "ncci-mue", [path], Wish())
    return ids


def rows(ids) -> list[ClaimRecord]:
    return list(db.session.scalars(select(ClaimRecord).where(ClaimRecord.id.in_(ids)).order_by(ClaimRecord.id)))


@pytest.fixture
def biller(client, practice, sent):
    return log_in(client, practice.actor("biller"), practice)


def links(page) -> set[int]:
    """The claims that a page leads to."""
    return {int(number) for number in re.findall(r'href="/claims/(\d+)"', page.get_data(as_text=True))}


def begin(client, **chosen: str):
    return client.post("/house/whatif", data={"since": "", "release_ncci_mue": "2026-07", **chosen})


def test_what_comes_next_is_chosen_already(biller) -> None:
    page = biller.get("/house/whatif").get_data(as_text=True)
    assert '<option selected value="2026-07">' in page
    assert "release_icd10cm" in page


def test_the_claims_that_would_be_stopped_are_told_with_links(biller, practice, sent) -> None:
    answer = begin(biller)
    assert answer.status_code == 303
    assert links(biller.get(answer.location)) == {claim.id for claim in rows(sent)}
    [run] = runs(practice.actor("biller"))
    numbers = numbers_of(run)
    assert (numbers.claims, numbers.stopped + numbers.denied) == (2, 2)
    edits = [key for key in numbers.edits if key.startswith("MUE")]
    assert edits
    assert links(biller.get(f"{answer.location}?edit={edits[0]}")) == {claim.id for claim in rows(sent)}
    assert links(biller.get(f"{answer.location}?edit=NCC-01")) == set()
    table = biller.get(f"{answer.location}/differences.csv").get_data(as_text=True)
    assert table.startswith("difference,")
    assert all(claim.number in table for claim in rows(sent))
    folder = apart.place("whatif") / run.id
    assert not (folder / "work").exists(), "the claims do not stay there"
    assert [row.detail for row in db.session.scalars(select(JournalAct).where(JournalAct.act == "claim.whatif"))] == [
        f"whatif since={run.asked.since} ncci-mue=2026-07"
    ]


def test_the_release_that_judges_anyway_stops_nothing(biller, practice) -> None:
    assert links(biller.get(begin(biller, release_ncci_mue="2026-04").location)) == set()
    assert numbers_of(runs(practice.actor("biller"))[0]).new == {"block": 0, "warn": 0, "advise": 0}


def test_what_cannot_be_is_said_at_its_field(biller, practice) -> None:
    assert begin(biller, release_ncci_mue="").status_code == 422
    assert begin(biller, release_ncci_mue="2030-01").status_code == 422
    assert runs(practice.actor("biller")) == []
    late = biller.get(begin(biller, since="2026-05-07").location).get_data(as_text=True)
    assert 'data-severity="block"' in late, "no claim left since"


def test_a_claim_that_was_taken_back_is_not_judged(biller, practice, sent) -> None:
    rows(sent)[0].journey = "withdrawn"
    db.session.commit()
    begin(biller)
    assert numbers_of(runs(practice.actor("biller"))[0]).claims == 1


def test_one_at_a_time_and_it_can_be_stopped(app, biller, practice) -> None:
    started: list[str] = []
    app.config["CABINET_START_WHATIF"] = started.append
    address = begin(biller).location
    assert 'hx-trigger="every 1s"' in biller.get(address).get_data(as_text=True)
    assert biller.get(f"{address}/progress").status_code == 200
    assert begin(biller).status_code == 422
    biller.post(f"{address}/stop")
    take_run(started[0])
    run = one_run(practice.actor("biller"), started[0])
    assert run.progress.step == "stopped"
    assert biller.get(f"{address}/progress").headers["HX-Redirect"].endswith(address)
    assert biller.get(address).status_code == 200
    assert biller.get(f"{address}/differences.csv").status_code == 404


def test_in_a_process_of_its_own(app, biller, practice) -> None:
    del app.config["CABINET_START_WHATIF"]
    begin(biller)
    apart.STARTED[-1].wait(120)
    [run] = runs(practice.actor("biller"))
    assert run.progress.step == "done", (apart.place("whatif") / run.id / "log").read_text()


def test_other_practices_and_others_see_nothing(app, biller, practice, other_practice) -> None:
    address = begin(biller).location
    other = log_in(app.test_client(), other_practice.actor("biller"), other_practice)
    assert other.get(address).status_code == 404
    assert other.post(f"{address}/stop").status_code == 404
    assistant = log_in(app.test_client(), practice.actor("assistant"), practice)
    assert assistant.get(address).status_code == 403


def test_the_pages_cost_few_statements(biller) -> None:
    address = begin(biller).location
    for page in ("/house/whatif", address):
        with statements() as asked:
            assert biller.get(page).status_code == 200
        assert len(asked) <= 12, asked


def test_old_runs_go(app, biller, practice, monkeypatch) -> None:
    begin(biller)
    monkeypatch.setattr(running, "KEPT_SECONDS", -1)
    begin(biller)
    assert len(runs(practice.actor("biller"))) == 1


def test_without_tables_the_page_says_what_to_load(client, app, practice) -> None:
    app.extensions["cabinet_library"] = Library(Path(app.config["CABINET_INSTANCE"]) / "none", sources=lambda: ())
    log_in(client, practice.actor("manager"), practice)
    page = client.get("/house/whatif").get_data(as_text=True)
    assert 'class="empty"' in page

"""House → Code sets: a file loaded apart, its report, withdrawing and bringing back; one code; the tables."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from sqlalchemy import select

from clinic.base import db
from clinic.models import JournalAct
from clinic.services import apart, running_loads
from clinic.services.running_loads import take_load
from tests.clinic.codes.kinds.samples import DRUGS, REASONS
from tests.fixtures.codes import lend_codes
from tests.fixtures.house import log_in

FORM = {"kind": "carc", "name": "", "start": "2026-03-01", "end": ""}


@pytest.fixture
def house(app, client, practice):
    """An administrator before the code sets; a load is done at once, by the same process."""
    lend_codes(Path(app.config["CABINET_INSTANCE"]))
    app.config["CABINET_START_LOAD"] = take_load
    log_in(client, practice.actor("administrator"), practice)
    return client


def send(client, text: str, name: str = "carc.csv", **changed: str):
    data = {**FORM, **changed, "file": (io.BytesIO(text.encode()), name)}
    return client.post("/house/codes", data=data, content_type="multipart/form-data")


def acts(detail: str) -> list[tuple[int, int | None]]:
    rows = db.session.execute(
        select(JournalAct.practice_id, JournalAct.actor_id).where(
            JournalAct.act == "codes.load", JournalAct.detail.startswith(detail)
        )
    )
    return [tuple(row) for row in rows]


def test_a_file_is_loaded_and_told_in_every_journal(house, practice, other_practice) -> None:
    assert send(house, REASONS).status_code == 303
    page = house.get("/house/codes").get_data(as_text=True)
    assert "carc" in page
    assert 'data-severity="ok">loaded' in page
    rows = acts("loaded carc 2026-03 rows=3")
    assert sorted(rows) == sorted(
        [(practice.actor("administrator").practice_id, practice.actor("administrator").staff_id),
         (other_practice.actor("manager").practice_id, None)]
    )  # fmt: skip
    assert house.get("/house/codes/code/carc/45").status_code == 200
    assert house.get("/house/codes/code/carc/999").status_code == 404


def test_a_bad_line_is_named_and_nothing_is_loaded(house, practice) -> None:
    send(house, REASONS.replace("\n45,", "\n4 5,"))
    page = house.get("/house/codes/loads").get_data(as_text=True)
    assert "carc.csv, line 3" in page
    assert 'data-severity="block"' in page
    assert house.get("/house/codes/code/carc/1").status_code == 404
    assert acts("loaded") == []


def test_no_file_and_no_kind_are_asked_back(house) -> None:
    assert house.post("/house/codes", data=FORM).status_code == 422
    assert send(house, REASONS, kind="nothing").status_code == 422


def test_withdrawn_and_brought_back(house) -> None:
    send(house, REASONS)
    assert house.get("/house/codes/withdraw/carc/2026-03").status_code == 200
    assert house.post("/house/codes/withdraw/carc/2026-03").status_code == 303
    assert house.get("/house/codes/code/carc/45").status_code == 404
    assert "/house/codes/restore/carc/2026-03" in house.get("/house/codes").get_data(as_text=True)
    assert house.post("/house/codes/restore/carc/2026-03").status_code == 303
    assert house.get("/house/codes/code/carc/45").status_code == 200
    assert len(acts("withdrawn carc")) == len(acts("restored carc")) == 1
    assert house.post("/house/codes/withdraw/carc/none").status_code == 404
    assert house.post("/house/codes/restore/carc/2026-03").status_code == 404


@pytest.mark.parametrize("role", ["biller", "provider"])
def test_others_look_and_load_nothing(app, client, practice, role) -> None:
    lend_codes(Path(app.config["CABINET_INSTANCE"]))
    log_in(client, practice.actor(role), practice)
    page = client.get("/house/codes")
    assert page.status_code == 200
    assert "/house/codes/withdraw/" not in page.get_data(as_text=True)
    assert send(client, REASONS).status_code == 403
    assert client.get("/house/codes/code/icd10cm/S52.501A?on=2026-03-02").status_code == 200


def test_the_table_of_drugs_by_column(house) -> None:
    send(house, DRUGS, name="icd10cm-drug-2026.xml", kind="icd10cm-index", start="")
    page = house.get("/house/codes/table/icd10cm-drug?q=adren&on=2026-03-02").get_data(as_text=True)
    assert page.count("T44.5X1") >= 2
    assert house.get("/house/codes/table/nothing").status_code == 404


def test_a_load_in_a_process_of_its_own(app, house) -> None:
    del app.config["CABINET_START_LOAD"]
    send(house, REASONS)
    apart.STARTED[-1].wait(60)  # the process ends by itself
    page = house.get("/house/codes/loads").get_data(as_text=True)
    assert "hx-get" not in page, [log.read_text() for log in Path(app.config["CABINET_INSTANCE"]).glob("loads/*/log")]
    assert 'data-severity="ok">loaded' in page
    assert house.get("/house/codes/code/carc/45").status_code == 200


def test_a_load_that_is_stopped_changes_nothing(app, house, practice) -> None:
    app.config["CABINET_START_LOAD"] = lambda _load: None
    send(house, REASONS)
    actor = practice.actor("administrator")
    [load] = running_loads.loads(actor)
    assert house.post(f"/house/codes/loads/{load.id}/stop").status_code == 303
    assert house.post("/house/codes/loads/0123456789abcdef/stop").status_code == 404
    take_load(load.id)
    assert running_loads.loads(actor)[0].progress.step == "stopped"
    assert house.get("/house/codes/code/carc/45").status_code == 404

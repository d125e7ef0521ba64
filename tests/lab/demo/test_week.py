"""What the demo's bench leaves behind: every kind of step, results told and reviewed, lines on its claims."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import current_app
from sqlalchemy import inspect, select, text

from billing.models import ClaimRecord
from billing.services.claim_value import coding_of
from billing.services.lab_lines import lab_offer
from billing.services.pricing import price_list
from clinic.base import db
from clinic.models import Fact, Staff
from clinic.services.acting import acting
from lab.demo.people import somebody
from lab.demo.telling import steps_done, summary
from lab.documents.label_dots import picture
from lab.documents.label_layout import lay_out
from lab.documents.label_pdf import labels_pdf
from lab.documents.stock import stock_of
from lab.documents.zpl import zpl_file
from lab.models import ControlRun, IncomingResult, LabelPrint, LabResult, Package, PackageItem, Specimen
from lab.services.print_labels import label_in
from lab.services.specimens import container_of, refold
from lab.steps.registry import flags_of, steps
from tests.counts import count
from tests.fixtures.house import a_database
from tests.lab.demo.week import a_week
from tests.lab.documents.labels import DENSITIES, READERS, scanned
from tests.lab.documents.zpl_reader import read_zpl


@pytest.fixture(scope="module")
def week(template: str, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The practice of the demo."""
    folder = tmp_path_factory.mktemp("week")
    with a_database(template, folder) as database, a_week(home, folder, database) as practice_id:
        yield practice_id


def rows(model, practice_id, *wheres):
    return list(db.session.scalars(select(model).where(model.practice_id == practice_id, *wheres).order_by(model.id)))


def test_every_step_was_done(week) -> None:
    done = steps_done(week)
    assert [step.key for step in steps() if not done[step.key]] == []


def test_containers_are_what_their_facts_say_and_keep_their_limits(week) -> None:
    late = {}
    with acting(somebody(week, "tom"), "lab.work") as work:
        for row in rows(Specimen, week):
            assert refold(work, row) == container_of(row)
            found = [flag.code for flag in flags_of(container_of(row), row.changed_at)]
            late |= {row.number: found} if found else {}
        work.journal("practice", week)
    assert late == {}


def test_a_damaged_one_is_rejected_and_drawn_again(week) -> None:
    (item,) = rows(PackageItem, week, PackageItem.receipt == "damaged")
    broken = db.session.get_one(Specimen, item.specimen_id)
    again = db.session.get_one(Specimen, container_of(broken).recollect_id)
    assert (broken.state, container_of(broken).rejected_code) == ("rejected", "RB")
    assert (again.state, again.recollects_id) == ("planned", broken.id)
    assert {each.receipt for each in rows(PackageItem, week)} == {"good", "damaged"}
    assert {each.state for each in rows(Package, week)} == {"delivered"}


def test_results_are_told_corrected_and_reviewed(week) -> None:
    results = rows(LabResult, week)
    assert {each.source for each in results} == {"bench", "fhir", "hl7v2"}
    critical = [each for each in results if each.critical]
    assert critical
    assert all(each.told and each.told["read_back"] for each in critical)
    (corrected,) = [each for each in results if each.status == "corrected"]
    assert corrected.version == 2
    assert corrected.reason
    newest = {each.line_id: each for each in results}
    assert all(each.reviewed_at and each.reviewed_by for each in newest.values() if each.source == "bench")


def test_controls_came_before_patients(week) -> None:
    runs = rows(ControlRun, week)
    for result in rows(LabResult, week, LabResult.kit_lot_id.is_not(None)):
        before = [run for run in runs if run.kit_lot_id == result.kit_lot_id and run.run_at <= result.performed_at]
        assert len({run.level for run in before if run.passed}) == 2


def test_one_file_waits_for_somebody(week) -> None:
    taken = rows(IncomingResult, week)
    assert sorted((each.kind, each.state) for each in taken) == [
        ("fhir", "matched"),
        ("hl7v2", "matched"),
        ("hl7v2", "unmatched"),
    ]


def test_its_lines_stand_on_its_claims(week) -> None:
    from_bench = {}
    for record in rows(ClaimRecord, week):
        visits = [visit.visit_id for visit in record.visits]
        offer = lab_offer(week, coding_of(record), visits, lambda: price_list(week, None))
        assert offer.lines == ()
        from_bench[record.number] = [charge.code for charge in offer.there]
    assert {code for codes in from_bench.values() for code in codes} >= {"36415", "83036", "85018", "87880"}


def test_what_it_tells(week) -> None:
    said = summary(week)
    assert f"{len(rows(Specimen, week))} containers" in said
    assert all(f"{step.key} {steps_done(week)[step.key]}" in said for step in steps())


def test_it_is_told_by_facts_of_somebody(week) -> None:
    """Nothing of the bench was put there past the services."""
    things = ("specimen", "package", "lab_result", "lab_order", "kit_lot", "qualification", "packer_training")
    told = rows(Fact, week, Fact.thing.in_(things))
    assert {fact.thing for fact in told} == set(things)
    assert all(fact.actor_id for fact in told)


def everything() -> dict[str, list[dict[str, object]]]:
    """Every row of every table but the journal; of people all but what they log in with."""
    db.session.rollback()
    names = [name for name in inspect(db.engine).get_table_names() if not name.startswith("journal")]
    found = {name: db.session.execute(text(f'SELECT * FROM "{name}"')).mappings().all() for name in names}
    return {
        name: sorted(({key: value for key, value in row.items() if key != "password"} for row in kept), key=repr)
        for name, kept in found.items()
    }


def test_a_second_start_changes_the_pass_phrase_alone(week, tmp_path) -> None:
    before, phrases = everything(), {row.password for row in rows(Staff, week)}
    told = current_app.test_cli_runner().invoke(args=["demo", "--out", str(tmp_path / "out")])
    assert told.exit_code == 0, told.output
    assert everything() == before
    assert phrases.isdisjoint({row.password for row in rows(Staff, week)})
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("reader", [pytest.param("poppler", marks=pytest.mark.poppler), "pdfium"])
def test_every_label_decodes_back(week, reader) -> None:
    """From the stored snapshot, at its own dots; where all is counted, at every density."""
    printed = rows(LabelPrint, week)
    numbers = [db.session.get_one(Specimen, each.specimen_id).number for each in printed]
    assert {each.number for each in rows(Specimen, week) if each.labeled} == set(numbers)
    for dpi in DENSITIES[: count(1, len(DENSITIES))]:
        drawn = [lay_out(label_in(each), stock_of(each.snapshot["stock"]), dpi) for each in printed]
        for number, page in zip(numbers, READERS[reader](labels_pdf(drawn), dpi), strict=True):
            assert scanned(page) == {("Code128", number), ("DataMatrix", number)}


def test_every_label_decodes_back_from_zpl(week) -> None:
    printed = rows(LabelPrint, week)
    for dpi in DENSITIES[: count(1, len(DENSITIES))]:
        drawn = [lay_out(label_in(each), stock_of(each.snapshot["stock"]), dpi) for each in printed]
        burnt = read_zpl(zpl_file(drawn))
        for each, laid, page in zip(printed, drawn, burnt, strict=True):
            number = db.session.get_one(Specimen, each.specimen_id).number
            assert page.tobytes() == picture(laid).tobytes()
            assert scanned(page) == {("Code128", number), ("DataMatrix", number)}

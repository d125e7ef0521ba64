"""Jobs of labels: kept first, resumed at the right label, printed again exactly; printing is never collecting."""

from __future__ import annotations

import shutil
import stat
from datetime import timedelta

import pytest
from sqlalchemy import select

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.set_up import PrinterFacts
from clinic.models import Fact
from clinic.services.acting import NotAllowed, acting
from clinic.services.change_printer import take_away_printer
from clinic.services.find import Unknown
from clinic.services.set_up_printer import set_up_printer
from lab.documents.label import FORMALIN
from lab.documents.label_pdf import labels_pdf
from lab.documents.zpl import zpl
from lab.models import LabelPrint
from lab.services.aliquot import aliquot
from lab.services.collect import collect
from lab.services.label_of import labels_of
from lab.services.print_labels import Loaded, exact, laid_in, loaded_in, print_labels
from lab.services.reprint_label import reprint_label, times_printed
from lab.services.run_label_job import (
    SLICE,
    forget_printer,
    go_on,
    go_on_from,
    hand_over,
    leave_rest,
    progress_of,
    rows_of,
    unfinished,
)
from tests.clinic.views.counting import statements
from tests.fixtures.house import NOW
from tests.fixtures.people import make_patient
from tests.lab.services.label_printers import SHORT, WELL, LabelPrinter, closed_port
from tests.lab.things import plan_container

DRAWN = NOW - timedelta(hours=1)


@pytest.fixture
def assistant(practice):
    return practice.actor("assistant")


def tubes(practice, count: int):
    patient = make_patient(practice)
    return [plan_container(practice, patient) for _ in range(count)]


def raw(practice, address: str, **more) -> Loaded:
    facts = PrinterFacts(name="Bench", offset_x=0, offset_y=0, kind="raw", address=address, stock="tube", dpi=203)
    number = set_up_printer(practice.actor("assistant"), facts)
    return loaded_in(practice.actor("assistant"), number)


def told(specimen, type_: str) -> list[Fact]:
    wanted = select(Fact).where(Fact.thing == "specimen", Fact.thing_id == specimen.id, Fact.type == type_)
    return list(db.session.scalars(wanted))


def states(actor, job) -> list[str]:
    return [row.state for row in rows_of(actor, job)]


def test_a_label_says_the_container(practice, assistant) -> None:
    tube = plan_container(practice, make_patient(practice))
    label = labels_of(assistant, [tube.id], str)[tube.id]
    assert (label.number, label.collected, label.use_by, label.storage) == (tube.number, None, None, "FRIDGE")
    collect(assistant, tube.id, DRAWN, volume_ul=5000, site="left arm")
    label = labels_of(assistant, [tube.id], str)[tube.id]
    assert label.collected == DRAWN
    assert label.collected.utcoffset() == timedelta(hours=-5)  # Chicago in May
    assert label.use_by == DRAWN + timedelta(hours=72)  # of the storage that it names
    assert (label.initials, label.site) == ("TA", "left arm")
    child = aliquot(assistant, tube.id, 500, NOW)
    aliquot(assistant, tube.id, 500, NOW)
    label = labels_of(assistant, [child], str)[child]
    assert (label.part, label.parts, label.collected) == (1, 2, DRAWN)
    jar = plan_container(practice, make_patient(practice), holder="formalin_jar", cap="white")
    assert labels_of(assistant, [jar.id], str)[jar.id].hazard == FORMALIN


def test_printed_is_a_fact_of_the_container_and_never_its_collection(practice, assistant) -> None:
    many = tubes(practice, 3)
    with LabelPrinter(answers=WELL) as printer:
        job = print_labels(assistant, [tube.id for tube in many], raw(practice, printer.text))
        assert states(assistant, job) == ["waiting"] * 3
        assert not many[0].labeled
        assert go_on(assistant, job, SHORT) == (3, 0, None)
        assert printer.labels == [zpl(laid_in(row)) for row in rows_of(assistant, job)]
    for tube in many:
        db.session.refresh(tube)
        assert (tube.labeled, tube.state, tube.collected_at) == (True, "labeled", None)
        assert len(told(tube, "specimen.labeled")) == 1
        assert told(tube, "specimen.collected") == []


@pytest.mark.parametrize("answers", [None, WELL])
def test_a_half_printed_job_goes_on_at_the_right_label(practice, assistant, answers) -> None:
    many = tubes(practice, 6)
    with LabelPrinter(answers=answers, stops_after=4) as printer:
        job = print_labels(assistant, [tube.id for tube in many], raw(practice, printer.text))
        assert go_on(assistant, job, SHORT) == (4, 2, "broken")
        assert states(assistant, job) == ["sent"] * 4 + ["failed", "waiting"]
        assert unfinished(assistant) == [(job, 6, 2, "broken")]
        assert go_on(assistant, job, SHORT) == (6, 0, None)
        assert printer.labels == [zpl(laid_in(row)) for row in rows_of(assistant, job)]
    assert unfinished(assistant) == []
    assert [len(told(tube, "specimen.labeled")) for tube in many] == [1] * 6


def test_a_long_job_goes_out_in_slices(practice, assistant) -> None:
    many = tubes(practice, SLICE + 2)
    with LabelPrinter(answers=WELL) as printer:
        job = print_labels(assistant, [tube.id for tube in many], raw(practice, printer.text))
        assert go_on(assistant, job, SHORT) == (SLICE, 2, None)
        assert go_on(assistant, job, SHORT) == (SLICE + 2, 0, None)
        assert len(printer.labels) == SLICE + 2


def test_a_refused_connection_is_one_sentence_and_nothing_is_labelled(practice, assistant) -> None:
    tube = tubes(practice, 1)[0]
    host, port = closed_port()
    job = print_labels(assistant, [tube.id], raw(practice, f"{host}:{port}"))
    assert go_on(assistant, job, SHORT) == (0, 1, "refused")
    db.session.refresh(tube)
    assert not tube.labeled
    assert progress_of(rows_of(assistant, job)).fault == "refused"


def test_a_person_says_which_label_is_next(practice, assistant) -> None:
    many = tubes(practice, 4)
    job = print_labels(assistant, [tube.id for tube in many], Loaded())
    go_on_from(assistant, job, 3)
    assert states(assistant, job) == ["sent", "sent", "waiting", "waiting"]
    go_on_from(assistant, job, 2)
    assert states(assistant, job) == ["sent", "waiting", "waiting", "waiting"]
    for wrong in (0, 6):
        with pytest.raises(Refused):
            go_on_from(assistant, job, wrong)
    leave_rest(assistant, job)
    assert states(assistant, job) == ["sent", "left", "left", "left"]
    assert unfinished(assistant) == []


def test_two_do_not_send_one_job_at_once(practice, assistant) -> None:
    job = print_labels(assistant, [tubes(practice, 1)[0].id], Loaded())
    row = rows_of(assistant, job)[0]
    row.state, row.printed_at = "sending", NOW
    db.session.commit()
    for act in (go_on, leave_rest):
        with pytest.raises(Refused):
            act(assistant, job)
    row.printed_at = NOW - timedelta(minutes=5)  # whoever carried it is gone
    db.session.commit()
    assert progress_of(rows_of(assistant, job)).fault == "interrupted"
    go_on_from(assistant, job, 1)
    assert states(assistant, job) == ["waiting"]


def test_a_file_takes_all_labels_with_it(practice, assistant) -> None:
    many = tubes(practice, 3)
    job = print_labels(assistant, [tube.id for tube in many], Loaded("cryo", 300))
    pdf = hand_over(assistant, job, lambda rows: labels_pdf(map(laid_in, rows)))
    assert pdf.count(b"/MediaBox") == 3
    assert states(assistant, job) == ["sent"] * 3
    assert hand_over(assistant, job, lambda rows: labels_pdf(map(laid_in, rows))) == pdf
    assert len(told(many[0], "specimen.labeled")) == 1


def test_printed_again_it_is_the_same_dot_for_dot(practice, assistant) -> None:
    patient = make_patient(practice)
    tube = plan_container(practice, patient)
    job = print_labels(assistant, [tube.id], Loaded())
    hand_over(assistant, job, lambda _rows: b"")
    first = rows_of(assistant, job)[0]
    patient.last = "Renamed"
    db.session.commit()
    with pytest.raises(Refused) as refused:
        reprint_label(assistant, first.id, "  ")
    assert refused.value.where == "reason"
    again = rows_of(assistant, reprint_label(assistant, first.id, "smeared"))[0]
    assert (again.snapshot, again.digest, again.reason) == (first.snapshot, first.digest, "smeared")
    assert zpl(laid_in(again)) == zpl(laid_in(first))
    assert exact(again)
    assert times_printed(assistant, tube.id) == 1
    hand_over(assistant, again.job, lambda _rows: b"")
    assert times_printed(assistant, tube.id) == 2
    assert [fact.reason for fact in told(tube, "specimen.labeled")] == [None, "smeared"]
    other = rows_of(assistant, reprint_label(assistant, first.id, "for the vial", Loaded("cryo", 300)))[0]
    assert other.snapshot["label"] == first.snapshot["label"]
    assert other.digest != first.digest


def test_a_print_queue_of_the_server(practice, assistant, tmp_path, monkeypatch) -> None:
    spool = tmp_path / "spool"
    program = tmp_path / "lp"
    shell = shutil.which("sh")
    program.write_text(f'#!{shell}\necho "$@" > {spool}.words\n/bin/cat > {spool}.pdf\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    facts = PrinterFacts(name="Q", offset_x=0, offset_y=0, kind="cups", address="labels_2", stock="tube", dpi=300)
    loaded = loaded_in(assistant, set_up_printer(assistant, facts))
    job = print_labels(assistant, [tube.id for tube in tubes(practice, 2)], loaded)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert go_on(assistant, job) == (0, 2, "no_queue_program")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert go_on(assistant, job) == (2, 0, None)
    assert "-d labels_2" in (tmp_path / "spool.words").read_text()
    assert "media=Custom.144x72" in (tmp_path / "spool.words").read_text()
    assert (tmp_path / "spool.pdf").read_bytes() == labels_pdf(laid_in(row) for row in rows_of(assistant, job))
    program.write_text(f"#!{shell}\nexit 1\n")
    job = print_labels(assistant, [tubes(practice, 1)[0].id], loaded)
    assert go_on(assistant, job) == (0, 1, "queue")


def test_a_printer_that_is_taken_away_leaves_its_labels(practice, assistant) -> None:
    loaded = raw(practice, "127.0.0.1:9100")
    job = print_labels(assistant, [tubes(practice, 1)[0].id], loaded)
    with acting(assistant, "printer.write") as work:
        forget_printer(work, loaded.printer_id)
        work.journal("printer", loaded.printer_id)
    take_away_printer(assistant, loaded.printer_id)
    assert rows_of(assistant, job)[0].printer_id is None
    with pytest.raises(Refused):
        go_on(assistant, job)


def test_whose(practice, other_practice, assistant) -> None:
    theirs = plan_container(other_practice, make_patient(other_practice))
    stranger = other_practice.actor("assistant")
    job = print_labels(stranger, [theirs.id], Loaded())
    row = rows_of(stranger, job)[0]
    for act in (
        lambda: print_labels(assistant, [theirs.id], Loaded()),
        lambda: go_on(assistant, job),
        lambda: go_on_from(assistant, job, 1),
        lambda: leave_rest(assistant, job),
        lambda: reprint_label(assistant, row.id, "mine"),
        lambda: loaded_in(assistant, raw(other_practice, "127.0.0.1:9100").printer_id),
    ):
        with pytest.raises(Unknown):
            act()
    with pytest.raises(NotAllowed):
        print_labels(practice.actor("biller"), [tubes(practice, 1)[0].id], Loaded())
    with pytest.raises(Refused):
        print_labels(assistant, [], Loaded())
    assert db.session.query(LabelPrint).filter_by(practice_id=practice.row.id).count() == 0


def test_any_number_of_labels_costs_the_same_statements(practice, assistant) -> None:
    few, many = ([tube.id for tube in tubes(practice, count)] for count in (2, 20))
    costs = []
    for some in (few, many):
        db.session.expunge_all()
        with statements() as sent:
            labels_of(assistant, some, str)
        costs.append(len(sent))
    assert costs[0] == costs[1] <= 10

"""The one input of the bench, heard on real rows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clinic.services.acting import Work
from lab.services import hand as bench_file
from lab.services.answers import Given
from lab.services.scan import hear
from lab.services.specimens import container_of, refold
from tests.fixtures.people import make_patient
from tests.lab.morning import COLD, EDTA, Clock, furnish
from tests.lab.things import GEL, plan_container


@pytest.fixture
def clock(app):
    return Clock(app)


@pytest.fixture
def bench(app, practice, clock):
    """``bench(text)``: a scan by the assistant at one bench; ``cards`` are those of the places."""
    actor = practice.actor("assistant")

    def scan(text="", *, at="one", seen="", who=actor, **fields):
        return hear(who, at, Given(text=text, seen=seen, **fields))

    scan.cards = furnish(practice)
    scan.actor = actor
    scan.hand = lambda at="one": bench_file.hand_of(actor, at)
    return scan


@pytest.fixture
def tube(practice, bench):
    return plan_container(practice, make_patient(practice))


def play(bench, *texts):
    return [bench(text).outcome for text in texts]


def test_a_tube_from_the_draw_to_its_place_by_scans_alone(bench, tube, clock) -> None:
    assert play(bench, tube.number, "STEP-COLLECT", "") == ["ok", "asks", "done"]
    assert (tube.state, tube.collected_at, tube.standing["method"]) == ("collected", clock.now, "venipuncture")
    clock.on(30)
    assert play(bench, "STEP-SPIN") == ["done"]
    assert (tube.step, tube.running, bench.hand().specimen_id) == ("spin", True, None)
    assert container_of(tube).runs[0].g == 1300
    clock.on(10)
    assert play(bench, tube.number, "1", bench.cards["refrigerated"]) == ["ok", "done", "done"]
    assert (tube.step, tube.condition, tube.place_id is not None) == ("pack", "refrigerated", True)
    assert bench.hand().specimen_id is None
    assert refold(Work(bench.actor, "lab.work"), tube) == container_of(tube)


def test_the_draw_is_asked_and_what_is_typed_counts(bench, tube) -> None:
    play(bench, tube.number, "1")
    assert bench.hand().question.wants == "draw"
    assert bench(volume="4,5", site="left arm", method="capillary").outcome == "done"
    standing = container_of(tube)
    assert (standing.volume_ul, standing.site, standing.method) == (4500, "left arm", "capillary")


@pytest.mark.parametrize("typed", ["x", "1e3", "-1", "0", "1.2345", "٣"])
def test_a_volume_that_is_none_records_nothing(bench, tube, typed) -> None:
    play(bench, tube.number, "1")
    heard = bench(volume=typed)
    assert heard.outcome == "stopped"
    assert tube.collected_at is None
    assert bench.hand().question.wants == "draw"


def test_another_patients_container_stops_everything(bench, tube, practice) -> None:
    other = plan_container(practice, make_patient(practice, "Haddad", "Noor"))
    play(bench, tube.number)
    heard = bench(other.number)
    assert (heard.outcome, heard.params["theirs"]) == ("stopped", "Haddad, Noor")
    assert bench.hand().specimen_id == tube.id
    assert (tube.sequence, other.sequence) == (1, 1)
    assert [each.outcome for each in bench_file.scans(bench.actor)] == ["stopped", "ok"]
    assert play(bench, "0", other.number) == ["ok", "ok"]


def test_another_tube_of_the_same_patient_takes_the_hand(bench, tube, practice) -> None:
    second = plan_container(practice, tube.patient, EDTA, holder="edta", cap="lavender")
    assert play(bench, tube.number, second.number) == ["ok", "ok"]
    assert bench.hand().specimen_id == second.id


def test_a_spin_too_early_asks_for_a_reason_first(bench, tube, clock) -> None:
    play(bench, tube.number, "1", "")
    clock.on(20)
    assert bench("STEP-SPIN").outcome == "asks"
    assert bench.hand().question.flags == (("CLOT_SHORT", 10),)
    assert tube.running is False
    assert bench("2").outcome == "done"
    assert tube.running is True


def test_late_asks_once(bench, tube, clock) -> None:
    play(bench, tube.number, "1", "")
    clock.on(120)
    assert play(bench, "1") == ["done"]
    clock.on(10)
    assert play(bench, tube.number, "1") == ["ok", "asks"]
    assert bench.hand().question.flags == (("SEPARATED_LATE", 10),)
    assert bench("the lift stood still").outcome == "done"
    clock.on(1)
    assert play(bench, bench.cards["refrigerated"]) == ["done"]


def test_a_reason_is_words_and_never_a_container(bench, tube, practice, clock) -> None:
    other = plan_container(practice, tube.patient, EDTA, holder="edta", cap="lavender")
    play(bench, tube.number, "1", "")
    clock.on(20)
    play(bench, "STEP-SPIN")
    assert bench(other.number).outcome == "ok"
    assert bench.hand().specimen_id == other.id
    assert tube.running is False


def test_what_must_not_be_spun_is_not(bench, practice, clock) -> None:
    tube = plan_container(practice, make_patient(practice), EDTA, holder="edta", cap="lavender")
    play(bench, tube.number, "1", "")
    clock.on(5)
    heard = bench("STEP-SPIN")
    assert heard.outcome == "stopped"
    assert container_of(tube).runs == ()


def test_on_ice_then_poured_off(bench, practice, clock) -> None:
    tube = plan_container(practice, make_patient(practice), COLD, holder="edta", cap="lavender")
    assert play(bench, tube.number, "2", "1", "4") == ["ok", "done", "asks", "done"]
    assert container_of(tube).condition == "on_ice"
    clock.on(1)
    play(bench, tube.number, "1")
    clock.on(10)
    assert play(bench, tube.number, "STEP-SPIN", "STEP-ALIQUOT", "1.5") == ["ok", "done", "asks", "done"]
    assert tube.remaining_ul == 2500
    assert play(bench, f"{tube.number}-1", "PLACE-0003") == ["ok", "done"]


def test_more_than_is_left_is_refused(bench, tube, clock) -> None:
    play(bench, tube.number, "1", "2")
    clock.on(40)
    assert play(bench, "3", "2.001") == ["asks", "stopped"]
    assert tube.remaining_ul == 2000


def test_undo_needs_a_reason_and_takes_the_last_act_back(bench, tube, clock) -> None:
    play(bench, tube.number, "1", "")
    clock.on(1)
    assert play(bench, "u", "") == ["asks", "nothing"]
    assert tube.collected_at is not None
    assert bench("1").outcome == "done"
    assert (tube.collected_at, tube.state) == (None, "planned")


def test_undo_of_what_went_on_is_refused(bench, tube, clock) -> None:
    play(bench, tube.number, "1", "")
    first = next(each for each in bench_file.scans(bench.actor) if each.outcome == "done")
    clock.on(5)
    play(bench, "PLACE-0001")
    heard = bench(undo=first.id)
    assert heard.outcome == "stopped"
    assert tube.collected_at is not None


def test_of_two_at_one_container_the_second_is_told(bench, tube, practice, clock) -> None:
    colleague = practice.actor("provider")
    play(bench, tube.number, "1", "")
    seen = f"{tube.id}:{tube.sequence}"
    assert bench(tube.number, at="two", who=colleague).outcome == "ok"
    assert bench_file.elsewhere(bench.actor, "one") == {tube.id: colleague.staff_id}
    clock.on(30)
    assert bench("STEP-SPIN", seen=seen).outcome == "done"
    heard = bench("STEP-SPIN", at="two", who=colleague, seen=seen)
    assert heard.outcome == "stopped"
    assert container_of(tube).running("spin") is not None


@pytest.mark.parametrize(
    "text", ["NO-SUCH", "STEP-NOPE", "PLACE-9999", "DEV-9999", "KEEP-OVEN", "P9999", "9", "x", "\x00", "é" * 300]
)
def test_what_cannot_be_heard_changes_nothing(bench, tube, text) -> None:
    play(bench, tube.number)
    assert bench(text).outcome in {"stopped", "nothing"}
    assert tube.sequence == 1


def test_a_key_without_anything_in_hand(bench, tube) -> None:
    assert play(bench, "1", "STEP-SPIN", "PLACE-0001", "0", "u", "") == [
        "stopped",
        "stopped",
        "stopped",
        "nothing",
        "stopped",
        "nothing",
    ]


def test_a_container_of_another_practice_is_unknown(bench, tube, other_practice) -> None:
    heard = hear(other_practice.actor("assistant"), "one", Given(text=tube.number))
    assert (heard.outcome, heard.params) == ("stopped", None)


def test_not_drawn_and_lost_need_their_reason(bench, tube, practice, clock) -> None:
    assert play(bench, tube.number, "6", "2") == ["ok", "asks", "done"]
    assert (tube.state, bench.hand().specimen_id) == ("missed", None)
    other = plan_container(practice, tube.patient, GEL)
    play(bench, other.number, "1", "")
    clock.on(1)
    assert play(bench, "5", "1", "6", "dropped") == ["asks", "done", "asks", "done"]
    assert (other.state, container_of(other).conditions) == ("lost", ("HEM",))
    assert other.due_at is None


def test_the_board_is_nearest_first(bench, practice, clock) -> None:
    from lab.services.due_list import board

    patient = make_patient(practice)
    gel = plan_container(practice, patient)
    edta = plan_container(practice, patient, EDTA, holder="edta", cap="lavender")
    cold = plan_container(practice, patient, COLD, holder="edta", cap="lavender")
    for each in (gel, edta, cold):
        play(bench, each.number, "1", "")
    clock.on(16)
    shown = board(bench.actor)
    assert [(row.number, row.step) for row in shown.rows] == [
        (cold.number, "chill"),
        (gel.number, "clot"),
        (edta.number, "pack"),
    ]
    assert shown.rows[1].at == gel.collected_at + timedelta(minutes=30)
    assert tuple(shown.heads) == (3, 1, 1)

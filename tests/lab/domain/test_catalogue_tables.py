"""The shipped tables: every row reads, and says what the facts it was made of say."""

import csv
from decimal import Decimal

import pytest

from clinic.settings import ROOT
from lab.domain.catalogue_csv import read_tests, write_tests
from lab.domain.catalogue_words import WORDS
from lab.domain.check_digits import loinc_ok, snomed_ok
from lab.domain.drawn import CAPS, KINDS
from lab.services.shipped import shipped

TESTS = shipped().tests


def test_every_row_of_the_tests_reads_and_is_written_back_the_same():
    text = (ROOT / "reference" / "lab" / "tests.csv").read_text(encoding="utf-8")
    tests, faults = read_tests(text, shipped().holders, shipped().questions)
    assert faults == ()
    assert len(tests) == 70
    assert write_tests(tests.values()) == text


@pytest.mark.parametrize("key", sorted(TESTS))
def test_codes_have_their_check_digits(key):
    test = TESTS[key]
    assert test.loinc is None or loinc_ok(test.loinc)
    assert test.snomed is None or snomed_ok(test.snomed)


@pytest.mark.parametrize(
    ("code", "fine"), [("4548-4", True), ("4548-5", False), ("4584-4", False), ("45484", False), ("", False)]
)
def test_a_loinc_number_is_held_to_its_check_digit(code, fine):
    assert loinc_ok(code) is fine


@pytest.mark.parametrize(
    ("code", "fine"), [("258580003", True), ("258508003", False), ("258580004", False), ("12", False), ("", False)]
)
def test_a_snomed_identifier_is_held_to_its_check_digit(code, fine):
    assert snomed_ok(code) is fine


def test_every_word_of_the_tables_is_marked_for_translation_and_no_other():
    said = {
        text
        for test in TESTS.values()
        for text in (test.name, test.category, test.specimen, *test.preparation, *test.handling)
    }
    said |= {holder.name for holder in shipped().holders.values()}
    said |= {text for question in shipped().questions.values() for text in (question.words, *question.options)}
    assert said == WORDS


def test_caps_and_kinds_have_words():
    for holder in shipped().holders.values():
        assert {holder.cap, *holder.pieces} <= set(CAPS)
        assert holder.kind in KINDS


def test_containers_stand_in_the_order_of_draw():
    holders = shipped().holders
    order = ["culture_pair", "citrate", "sst", "heparin", "edta", "fluoride"]
    places = [holders[key].draw_order for key in order]
    assert places == [1, 2, 3, 4, 5, 6]
    assert {holders[key].draw_order for key in ("edta", "edta_bank", "edta_trace")} == {5}
    assert holders["igra_set"].pieces == ("gray", "green", "yellow", "purple")


@pytest.mark.parametrize(
    ("key", "field", "value"),
    [
        ("strep_a_rapid", ("read_from_minutes", "read_until_minutes"), (5, 10)),
        ("covid_ag_rapid", ("read_from_minutes", "read_until_minutes"), (15, 30)),
        ("urine_hcg", ("read_from_minutes", "read_until_minutes"), (3, 10)),
        ("flu_ab_rapid", ("read_from_minutes", "read_until_minutes", "targets"), (10, 15, 2)),
        ("mono_rapid", ("read_from_minutes", "read_until_minutes"), (5, 10)),
        ("ua_dipstick", ("read_from_minutes", "read_until_minutes"), (None, 2)),
        ("wet_mount", ("read_from_minutes", "read_until_minutes"), (None, 15)),
        ("koh_skin", ("read_from_minutes", "read_until_minutes"), (10, None)),
        ("fobt_guaiac", ("read_from_minutes", "read_until_minutes"), (None, 1)),
        ("igra_tb", ("incubate_within_minutes", "incubate_minutes", "incubate_most_minutes"), (960, 960, 1440)),
        ("blood_culture", ("incubate_within_minutes", "incubate_minutes"), (240, None)),
        ("ua_complete", ("transfer_within_minutes",), (120,)),
        ("urine_culture", ("transfer_within_minutes",), (None,)),
        ("ct_gc_naat", ("transfer_within_minutes",), (1440,)),
        ("stool_culture", ("transfer_within_minutes",), (120,)),
        ("ova_parasite", ("transfer_within_minutes",), (30,)),
        ("aptt", ("separate_within_minutes", "separate_if", "separated_by"), (60, "heparin", "spin")),
        ("ammonia", ("separate_within_minutes", "on_ice", "separated_by"), (15, True, "spin")),
        ("glucose_1h_50g", ("drink_minutes", "drink_slack_minutes"), (60, 5)),
        ("cmp", ("clot_minutes", "spin_minutes", "separate_within_minutes", "separated_by"), (30, 10, 120, "spin")),
        ("nt_probnp", ("separated_by", "aliquots"), ("aliquot", "yes")),
        ("pth_intact", ("separated_by", "aliquots", "storage"), ("aliquot", "yes", ("frozen", "refrigerated"))),
        ("tissue_biopsy", ("fix", "fix_minutes", "fix_most_minutes"), (True, 360, 4320)),
        ("oral_dif", ("companions", "fix", "container"), (("oral_biopsy",), False, "michel_vial")),
    ],
)
def test_timers_stand_as_numbers(key, field, value):
    assert tuple(getattr(TESTS[key], name) for name in field) == value


@pytest.mark.parametrize(
    ("key", "procedures", "choices"),
    [
        ("iron_tibc", ("83540", "83550"), ()),
        ("b12_folate", ("82607", "82746"), ()),
        ("ct_gc_naat", ("87491", "87591"), ()),
        ("stool_culture", ("87045", "87046"), ()),
        ("ova_parasite", ("87177", "87209"), ()),
        ("abo_rh", ("86900", "86901"), ()),
        ("uacr", ("82043", "82570"), ()),
        ("esr", (), ("85652", "85651")),
        ("ua_dipstick", (), ("81002", "81003")),
        ("pap_lbc", (), ("88142", "88175")),
    ],
)
def test_numbers_billed_together_and_numbers_to_choose_from_are_told_apart(key, procedures, choices):
    assert (TESTS[key].procedures, TESTS[key].choices) == (procedures, choices)


@pytest.mark.shared
def test_numbers_are_those_of_the_facts(shared_dir):
    with (shared_dir / "facts" / "lab_catalogue.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["test_key"] for row in rows] == list(_in_file())

    def times(text, factor):
        return None if not text else int(Decimal(text) * factor)

    for row in rows:
        test = TESTS[row["test_key"]]
        assert test.loinc == (row["loinc"] or None)
        assert test.min_volume_ul == times(row["min_volume_ml"], 1000)
        assert test.clot_minutes == times(row["clot_min"], 1)
        assert test.rcf_g == times(row["rcf_g"], 1)
        assert test.spin_minutes == times(row["spin_min"], 1)
        assert test.separate_within_minutes == times(row["separate_within_min"], 1)
        assert test.room_minutes == times(row["stability_rt_h"], 60)
        assert test.refrigerated_minutes == times(row["stability_refrig_h"], 60)
        assert test.frozen_minutes == times(row["stability_frozen_h"], 60)
        assert test.fasting == row["fasting"]
        assert "|".join(test.procedures or test.choices) == row["cpt"]
        assert "|".join(test.dental) == row["cdt"]
        holder = shipped().holders[test.container]
        assert holder.draw_order == times(row["order_of_draw"], 1)
        assert holder.inversions in {times(row["inversions"], 1), None}


def _in_file():
    with (ROOT / "reference" / "lab" / "tests.csv").open(encoding="utf-8", newline="") as file:
        return [row["key"] for row in csv.DictReader(file)]

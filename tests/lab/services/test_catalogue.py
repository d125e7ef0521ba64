"""The catalogue of a practice: by date, by laboratory, each act kept with its reason, one statement a question."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.models import Fact
from clinic.services.acting import NotAllowed
from clinic.services.changing import Overtaken, print_of
from clinic.services.find import Unknown
from lab.domain.laboratory import LaboratoryFacts
from lab.models import Laboratory, TestVersion
from lab.services.catalogue import catalogue_on
from lab.services.change_laboratory import change_laboratory
from lab.services.enter_laboratory import enter_laboratory
from lab.services.load_tests import as_text, load_tests, look_over_tests
from lab.services.set_test import add_test, retire_test, set_test
from lab.services.shipped import shipped
from tests.clinic.views.counting import statements

MAY = date(2026, 5, 6)
JUNE = date(2026, 6, 1)
DAY = timedelta(days=1)
CMP = shipped().tests["cmp"]


def enter(practice, name="Lakeside Reference", **more):
    return enter_laboratory(practice.actor("manager"), LaboratoryFacts(name=name, bills="lab", active=True, **more))


def change(practice, on, *, laboratory_id=None, **fields):
    now = catalogue_on(practice.row.id, MAY, laboratory_id).tests["cmp"]
    return set_test(
        practice.actor("manager"),
        replace(now, **fields),
        on,
        "their directory",
        laboratory_id=laboratory_id,
        seen=print_of(now),
        seen_on=MAY,
    )


def cmp_on(practice, on, laboratory_id=None):
    return catalogue_on(practice.row.id, on, laboratory_id).tests["cmp"]


def test_without_words_of_its_own_a_practice_has_the_shipped_catalogue(practice):
    assert catalogue_on(practice.row.id, MAY) is shipped()


def test_a_change_holds_from_its_day_on_and_only_for_its_practice(practice, other_practice):
    change(practice, JUNE, min_volume_ul=2000)
    assert cmp_on(practice, JUNE - DAY) == CMP
    assert cmp_on(practice, JUNE).min_volume_ul == 2000
    assert cmp_on(practice, JUNE + DAY).clot_minutes == CMP.clot_minutes
    assert cmp_on(other_practice, JUNE) == CMP
    assert catalogue_on(practice.row.id, JUNE).origins["cmp"] == {"min_volume_ul": "practice"}


def test_only_what_differs_is_kept(practice):
    version = db.session.get(TestVersion, change(practice, MAY, min_volume_ul=2000, clot_minutes=None))
    assert version.facts == {"min_volume_ul": 2000, "clot_minutes": None}
    assert cmp_on(practice, MAY).clot_minutes is None


def test_the_version_that_begins_last_counts_and_of_one_day_the_last_one(practice):
    change(practice, JUNE, min_volume_ul=2000)
    change(practice, MAY, min_volume_ul=1500)
    assert [cmp_on(practice, on).min_volume_ul for on in (MAY, JUNE)] == [1500, 2000]
    change(practice, MAY, min_volume_ul=1700)
    assert cmp_on(practice, MAY).min_volume_ul == 1700
    revisions = db.session.scalars(
        select(TestVersion.revision).where(TestVersion.effective_on == MAY).order_by(TestVersion.id)
    ).all()
    assert revisions == [1, 2]


def test_a_laboratory_lies_over_the_practice(practice):
    lakeside, other = enter(practice), enter(practice, "Harbor Pathology")
    change(practice, MAY, min_volume_ul=2000)
    change(practice, MAY, laboratory_id=lakeside, rcf_g=1500)
    at = cmp_on(practice, MAY, lakeside)
    assert (at.min_volume_ul, at.rcf_g) == (2000, 1500)
    assert cmp_on(practice, MAY).rcf_g == 1300
    assert cmp_on(practice, MAY, other).rcf_g == 1300
    origins = catalogue_on(practice.row.id, MAY, lakeside).origins["cmp"]
    assert origins == {"min_volume_ul": "practice", "rcf_g": "laboratory"}


def test_saying_the_same_adds_no_version(practice):
    assert change(practice, MAY) is None
    assert db.session.scalar(select(func.count(TestVersion.id))) == 0


def test_a_version_leaves_its_fact_and_reason(practice):
    version = change(practice, MAY, min_volume_ul=2000)
    fact = db.session.scalars(select(Fact).where(Fact.thing == "lab_test", Fact.thing_id == version)).one()
    assert fact.type == "lab_test.entered"
    assert fact.body["after"]["facts"] == {"min_volume_ul": 2000}
    assert fact.body["after"]["effective_on"] == "2026-05-06"
    assert fact.actor_id == practice.actor("manager").staff_id


def test_the_same_catalogue_is_one_statement_and_one_value(practice):
    change(practice, MAY, min_volume_ul=2000)
    with statements() as sent:
        first = catalogue_on(practice.row.id, MAY)
        again = catalogue_on(practice.row.id, MAY + DAY)
    assert len(sent) == 2
    assert first is again
    change(practice, MAY, min_volume_ul=2100)
    assert catalogue_on(practice.row.id, MAY) is not first


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"container": "bucket"}, "container"),
        ({"min_volume_ul": 9000}, "min_volume_ul"),
        ({"loinc": "24323-7"}, "loinc"),
        ({"ask": ("riddle",)}, "ask"),
    ],
)
def test_a_faulty_test_is_refused_at_its_field_and_nothing_is_kept(practice, fields, where):
    with pytest.raises(Refused) as refused:
        change(practice, MAY, **fields)
    assert refused.value.where == where
    assert cmp_on(practice, MAY) == CMP


def test_a_reason_is_needed(practice):
    with pytest.raises(Refused) as refused:
        set_test(practice.actor("manager"), replace(CMP, rcf_g=1), MAY, "  ", seen=print_of(CMP))
    assert refused.value.where == "reason"


def test_who_saw_an_older_test_is_told(practice):
    change(practice, MAY, min_volume_ul=2000)
    with pytest.raises(Overtaken):
        set_test(practice.actor("manager"), replace(CMP, rcf_g=1), MAY, "why", seen=print_of(CMP), seen_on=MAY)
    assert cmp_on(practice, MAY).rcf_g == 1300


def test_only_who_holds_the_right_changes_it(practice):
    with pytest.raises(NotAllowed):
        set_test(practice.actor("assistant"), replace(CMP, rcf_g=1), MAY, "why", seen=print_of(CMP))


def test_a_laboratory_of_another_practice_is_unknown(practice, other_practice):
    stranger = enter(other_practice)
    with pytest.raises(Unknown):
        change(practice, MAY, laboratory_id=stranger, rcf_g=1)


def test_a_retired_test_is_no_longer_offered_and_a_new_version_brings_it_back(practice):
    who = practice.actor("manager")
    retire_test(who, "cmp", JUNE, "no longer sent")
    assert "cmp" in catalogue_on(practice.row.id, JUNE - DAY).tests
    later = catalogue_on(practice.row.id, JUNE)
    assert "cmp" not in later.tests
    with pytest.raises(Refused):
        later.test("cmp")
    with pytest.raises(Refused):
        retire_test(who, "cmp", JUNE, "again")
    set_test(who, replace(CMP, rcf_g=1400), JUNE + DAY, "back again", seen=print_of(CMP), seen_on=MAY)
    assert cmp_on(practice, JUNE + DAY).rcf_g == 1400
    assert "cmp" not in catalogue_on(practice.row.id, JUNE).tests


def test_a_test_of_its_own_is_added_once(practice):
    who = practice.actor("provider")
    zinc = replace(CMP, key="zinc", name="Zinc", loinc=None, procedures=("84630",), ask=())
    add_test(who, zinc, MAY, "wanted")
    assert catalogue_on(practice.row.id, MAY).tests["zinc"] == zinc
    with pytest.raises(Refused) as refused:
        add_test(who, zinc, MAY, "wanted")
    assert refused.value.where == "key"


def test_a_file_is_taken_whole_or_not_at_all(practice):
    who = practice.actor("manager")
    bad = load_tests(who, "key,rcf_g\ncmp,1400\ntsh,fast\n", MAY, "file")
    assert [(fault.line, fault.field) for fault in bad.faults] == [(3, "rcf_g")]
    assert cmp_on(practice, MAY) == CMP
    text = "key,rcf_g,min_volume_ul\ncmp,1400,1000\ntsh,1300,1000\n"
    assert look_over_tests(who, text, MAY).count("changed") == 1
    assert cmp_on(practice, MAY) == CMP
    good = load_tests(who, text, MAY, "file")
    assert (good.count("changed"), good.count("unchanged"), good.faults) == (1, 1, ())
    assert cmp_on(practice, MAY) == replace(CMP, rcf_g=1400)
    assert load_tests(who, text, MAY, "file").count("unchanged") == 2
    assert db.session.scalar(select(func.count(TestVersion.id))) == 1


def test_rows_of_a_file_may_name_each_other(practice):
    text = (
        "key,name,category,settings,specimen,container,companions\n"
        "one_piece,A,pathology,reference,Tissue,michel_vial,two_piece\n"
        "two_piece,B,pathology,reference,Tissue,formalin_bottle,\n"
    )
    assert load_tests(practice.actor("manager"), text, MAY, "file").count("added") == 2


@pytest.mark.parametrize("content", [b"\xff\xfe", b"x" * 2_000_001])
def test_a_file_that_is_no_text_is_refused(content):
    with pytest.raises(Refused):
        as_text(content, "file")


def test_a_laboratory_is_entered_and_changed(practice):
    who = practice.actor("manager")
    number = enter(practice, cutoff="9.05", result_days=3)
    row = db.session.get(Laboratory, number)
    assert (row.cutoff, row.result_days, row.bills) == ("09:05", 3, "lab")
    before = LaboratoryFacts(name="Lakeside Reference", cutoff="09:05", result_days=3, bills="lab", active=True)
    change_laboratory(who, number, replace(before, bills="practice", active=False), print_of(before))
    assert (row.bills, row.active) == ("practice", False)
    with pytest.raises(Overtaken):
        change_laboratory(who, number, before, print_of(before))


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"cutoff": "25:00"}, "cutoff"),
        ({"cutoff": "noon"}, "cutoff"),
        ({"clia": "x"}, "clia"),
        ({"result_days": 400}, "result_days"),
        ({"name": "Lakeside Reference"}, "name"),
    ],
)
def test_a_faulty_laboratory_is_refused(practice, fields, where):
    enter(practice)
    with pytest.raises(Refused) as refused:
        enter(practice, **{"name": "Another", **fields})
    assert refused.value.where == where

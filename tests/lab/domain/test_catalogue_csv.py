"""A tests file: bad cells are told by line and field, whatever comes in."""

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from lab.domain.catalogue_csv import read_rows, read_tests, write_tests
from lab.domain.catalogue_fields import FIELDS, read_cell, write_cell
from lab.services.shipped import shipped
from tests.counts import count

BASE = shipped()


def read(text):
    return read_tests(text, BASE.holders, BASE.questions, BASE.tests)


def told(text):
    return [(fault.line, fault.field) for fault in read(text)[1]]


def test_only_the_columns_of_the_file_change_a_test():
    tests, faults = read("key,min_volume_ul,ask\ncmp,2000,\ntsh,,biotin|heparin\n")
    assert faults == ()
    assert tests["cmp"].min_volume_ul == 2000
    assert tests["cmp"].ask == ()
    assert tests["cmp"].clot_minutes == 30
    assert tests["tsh"].min_volume_ul is None


def test_a_test_of_its_own_needs_all_needed_fields():
    text = "key,name,category,settings,specimen,container\nzinc,Zinc,chemistry,reference,Serum,sst\ncopper,,,,,\n"
    tests, faults = read(text)
    assert set(tests) == {"zinc"}
    assert {fault.field for fault in faults} == {"name", "category", "settings", "specimen", "container"}
    assert {fault.line for fault in faults} == {3}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("", [(1, "")]),
        ("name\nx\n", [(1, "key")]),
        ("key,colour\ncmp,red\n", [(1, "colour")]),
        ("key,key\ncmp,cmp\n", [(1, "key")]),
        ("key,rcf_g\ncmp\n", [(2, "")]),
        ("key,rcf_g\ncmp,-1\n", [(2, "rcf_g")]),
        ("key,rcf_g\ncmp,1.5\n", [(2, "rcf_g")]),
        ("key,rcf_g\ncmp,٣\n", [(2, "rcf_g")]),
        ("key,rcf_g\ncmp,999999999\n", [(2, "rcf_g")]),
        ("key,waived\ncmp,perhaps\n", [(2, "waived")]),
        ("key,fasting\ncmp,sometimes\n", [(2, "fasting")]),
        ("key,storage\ncmp,room|attic\n", [(2, "storage")]),
        ("key,storage\ncmp,room|room\n", [(2, "storage")]),
        ("key,container\ncmp,bucket\n", [(2, "container")]),
        ("key,ask\ncmp,riddle\n", [(2, "ask")]),
        ("key,companions\ncmp,nobody\n", [(2, "companions")]),
        ("key,separate_if\ncmp,riddle\n", [(2, "separate_if")]),
        ("key,settings\ncmp,moon\n", [(2, "settings")]),
        ("key,loinc\ncmp,24323-7\n", [(2, "loinc")]),
        ("key,snomed\ncmp,119364004\n", [(2, "snomed")]),
        ("key,min_volume_ul\ncmp,5001\n", [(2, "min_volume_ul")]),
        ("key,pediatric_volume_ul\ncmp,1001\n", [(2, "pediatric_volume_ul")]),
        ("key,read_from_minutes,read_until_minutes\nurine_hcg,11,10\n", [(2, "read_from_minutes")]),
        ("key,refrigerated_minutes\ncmp,0\n", [(2, "storage")]),
        ("key,choices\ncmp,80054\n", [(2, "choices")]),
        ("key,name\ncmp,\n", [(2, "name")]),
        ("key,name\nCMP!,x\n", [(2, "key")]),
        ('key,name\ncmp,"a\nb"\n', [(2, "name")]),
        ("key,rcf_g\ncmp,1\n\ncmp,2\n", [(4, "key")]),
        ('key,name\ncmp,"open\n', [(1, "")]),
        ("key,rcf_g\ncmp,x\ntsh,y\n", [(2, "rcf_g"), (3, "rcf_g")]),
    ],
)
def test_what_is_wrong_is_told_by_line_and_field(text, places):
    assert told(text) == places


def test_a_limit_exactly_kept_is_fine():
    assert told("key,min_volume_ul\ncmp,5000\n") == []
    assert told("key,read_from_minutes,read_until_minutes\nurine_hcg,10,10\n") == []


def test_a_file_of_too_many_rows_is_told_once():
    table = read_rows("key\n" + "".join(f"t{number}\n" for number in range(5002)))
    assert [fault.line for fault in table.faults] == [5002]


CELLS = st.text(max_size=12) | st.sampled_from(["", "cmp", "sst", "yes", "1", "room|frozen", "83036", "x|y", '"'])


@seed(4)
@settings(max_examples=count(80, 5000), deadline=None)
@given(st.lists(st.lists(CELLS, max_size=5), max_size=5), st.lists(st.sampled_from([*FIELDS, "other"]), max_size=5))
def test_anything_reads_or_is_told(rows, heading):
    text = "\n".join(",".join(cells) for cells in [heading, *rows])
    tests, faults = read(text)
    for fault in faults:
        assert str(fault)
        assert 1 <= fault.line <= text.count("\n") + text.count("\r") + 60
    again, none = read_tests(write_tests(tests.values()), BASE.holders, BASE.questions, BASE.tests)
    assert (again, none) == (tests, ())


@seed(5)
@settings(max_examples=count(60, 3000), deadline=None)
@given(st.sampled_from(sorted(FIELDS)), st.text(max_size=30))
def test_a_cell_that_reads_is_written_back_to_the_same_value(name, text):
    value, wrong = read_cell(FIELDS[name], text)
    if wrong is None:
        assert read_cell(FIELDS[name], write_cell(value)) == (value, None)

"""The demo's files: an invented practice whose records stand up to what any other office's would meet."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from billing.demo.record import act_code, bundle, practice, visits
from clinic.codes.library import Library
from clinic.domain.npi import is_npi
from clinic.fhir.importer.bundle import read_batch
from clinic.fhir.importer.reading import judge, open_entry

VISITS = visits()


def test_its_size() -> None:
    staff = {row["username"]: row.get("provider", {}).get("profession") for row in practice()["staff"]}
    professions = Counter(staff[name] for name in {visit["by"] for visit in VISITS})
    assert (len(VISITS), professions["physician"], professions["dentist"]) == (40, 3, 2)
    assert len(practice()["payers"]) == 4


def test_nobody_exists() -> None:
    """NPIs begin with 2, which is not given out, and still pass the check digit."""
    plan = practice()
    found = [row.get("npi") for row in (plan["practice"], *plan["locations"], *plan["colleagues"])]
    found += [row["provider"]["npi"] for row in plan["staff"] if "provider" in row]
    assert all(npi.startswith("29") and is_npi(npi) for npi in found if npi)
    assert len({npi for npi in found if npi}) == len([npi for npi in found if npi])


@pytest.mark.parametrize("number", range(len(VISITS)))
def test_a_record_is_sound_fhir(number: int) -> None:
    batch = read_batch(json.dumps(bundle(VISITS[number])).encode(), "demo")
    assert batch.atomic
    assert [judge(open_entry(entry)) for entry in batch.entries] == [None] * len(batch.entries)


def test_the_same_visit_makes_the_same_bundle() -> None:
    assert [bundle(visit) for visit in VISITS] == [bundle(visit) for visit in visits()]
    keys = Counter(
        entry["fullUrl"]
        for visit in VISITS
        for entry in bundle(visit)["entry"]
        if entry["resource"]["resourceType"] == "Encounter"
    )
    assert set(keys.values()) == {1}


def test_what_is_coded_stands_on_the_charge_list_and_in_the_release(code_library: Library) -> None:
    listed = {row["code"] for row in practice()["charges"]}
    for visit in VISITS:
        acts = [code for code, _ in visit["acts"] if "|" not in code]
        assert set(acts) <= listed, visit["who"]
        billable = [
            code_library.status("icd10cm", code.replace(".", ""), visit["at"].date()).state == "billable"
            for code, _ in visit["problems"]
            if "|" not in code
        ]
        # One of them is a category, typed in haste: a finding of the demo.
        assert all(billable) or visit["problems"][0][0] == "E11"
    assert act_code("D1110") == ("cdt", "D1110")

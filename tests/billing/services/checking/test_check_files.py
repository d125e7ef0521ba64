"""Files of claims in parts: the findings of the whole, for any size of part, any number of jobs, any form."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import msgspec
import pytest

from billing.domain.canonical import to_json
from billing.edits import EDITS
from billing.edits.example import claim_with, line
from billing.edits.families import FAMILIES, family_of
from billing.fhir.claim import to_fhir
from billing.services.checking import parts
from billing.services.checking.check_files import Check, Checked, check_files
from billing.services.checking.work import asked, working
from billing.x12 import write_837p
from clinic.codes.library import Library
from clinic.domain.refusal import Refused
from clinic.fhir.json import dumps
from tests.counts import count
from tests.oracle.sender import TRANSMISSION
from tests.strategies.samples import sample_claims

ON = date(2026, 3, 9)
FORMS = ("lines", "array", "fhir", "bundle", "837p")
BAD = claim_with(number="BAD", coverage__member_id="NWH5550009", total=claim_with().charged() * 2)


def file_of(folder: Path, form: str, claims) -> Path:
    path = folder / f"claims.{form}"
    resources = [to_fhir(each, created=ON) for each in claims] if form in {"fhir", "bundle"} else []
    match form:
        case "lines":
            path.write_bytes(b"\n".join(map(to_json, claims)) + b"\n")
        case "array":
            path.write_bytes(b"[" + b",".join(map(to_json, claims)) + b"]")
        case "fhir":
            path.write_bytes(b"\n".join(map(dumps, resources)))
        case "bundle":
            entries = [{"resource": each} for each in resources]
            path.write_bytes(dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}, indent=1))
        case _:
            half = len(claims) // 2
            path.write_bytes(write_837p(TRANSMISSION, claims[:half]) + write_837p(TRANSMISSION, claims[half:]))
    return path


@pytest.fixture
def checked(tmp_path: Path, code_library: Library):
    """Check files as the command does: the findings, and the numbers."""

    def run(*files: Path, jobs: int = 1, style="json") -> tuple[list[bytes], Checked]:
        asks = asked(files, ON, style, code_library)
        with working(tmp_path / "work", asks) as (work, _):
            found = check_files(Check(files, code_library, ON, ON, style, jobs), work, lambda *_: None)
            return b"".join(found.texts).splitlines(), found

    return run


@pytest.mark.parametrize("form", FORMS)
def test_parts_make_the_whole(checked, tmp_path, monkeypatch, form) -> None:
    claims = [*sample_claims(count(12, 400)), BAD, claim_with(), claim_with(number="A1002"), claim_with()]
    path = file_of(tmp_path, form, claims)
    whole, numbers = checked(path)
    assert numbers.summary.claims == len(claims)
    for size in (1, 5_000):
        monkeypatch.setattr(parts, "PART", size)
        again, same = checked(path)
        assert again == whole
        assert same.summary == numbers.summary
    assert checked(path, jobs=2)[0] == whole


def test_every_form_tells_the_same(checked, tmp_path) -> None:
    claims = [BAD, claim_with(), claim_with(number="A1002")]
    said = []
    for form in FORMS:
        found = [json.loads(each) for each in checked(file_of(tmp_path, form, claims))[0]]
        said.append([(each["claim"], each["code"]) for each in found if each["code"][:3] not in {"SYN", "ENV"}])
    assert said[0] == [("BAD", "BAL-01"), ("A1002", "DUP-02")]
    assert said == said[:1] * len(FORMS)


def test_a_file_knows_what_it_had_before_wherever_it_was_cut(checked, tmp_path, monkeypatch) -> None:
    claims = (
        claim_with(),
        claim_with(number="A1002"),
        claim_with(number="A1003", coverage__member_id="NWH5550002"),
        claim_with(coverage__member_id="NWH5550003"),
    )
    monkeypatch.setattr(parts, "PART", 1)
    found = [json.loads(each) for each in checked(file_of(tmp_path, "lines", claims))[0]]
    assert [(each["claim"], each["code"]) for each in found] == [("A1002", "DUP-02"), ("A1001", "DUP-03")]


def test_two_files_know_nothing_of_each_other(checked, tmp_path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for path in (one, two):
        path.write_bytes(to_json(claim_with()))
    assert checked(one, two)[0] == []


def test_the_numbers_are_those_of_the_findings(checked, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(parts, "PART", 1)
    advised = claim_with(number="A1005", coverage__member_id="NWH5550005", rendering__taxonomy=None)
    claims = [BAD, claim_with(), advised, claim_with(number="A1002")]
    summary = checked(file_of(tmp_path, "lines", claims))[1].summary
    total = claim_with().total.cents
    assert (summary.claims, summary.stopped, summary.charged) == (4, 1, {"USD": 5 * total})
    assert summary.findings == {"block": 1, "warn": 1, "advise": 1}
    assert summary.at_risk == {"USD": 3 * total}
    told = {name: (family.claims, family.at_risk) for name, family in summary.families.items()}
    assert told == {"BAL": (1, {"USD": 2 * total}), "DUP": (1, {"USD": total}), "PRV": (1, {})}


def test_a_bad_line_is_named_and_leaves_nothing(checked, tmp_path, monkeypatch) -> None:
    path = tmp_path / "claims"
    path.write_bytes(b"\n".join([*[to_json(claim_with())] * 5, b'{"kind":"professional"}', to_json(BAD)]))
    for size, jobs in ((1, 1), (4 << 20, 1), (3_000, 2)):
        monkeypatch.setattr(parts, "PART", size)
        with pytest.raises(Refused) as refused:
            checked(path, jobs=jobs)
        assert refused.value.where == f"{path}, line 6"
        assert not (tmp_path / "work").exists()


@pytest.mark.parametrize("text", [b"", b"   ", b"nothing", b"[]", b"{}\n{}"])
def test_a_file_without_claims_is_refused(checked, tmp_path, text) -> None:
    path = tmp_path / "claims"
    path.write_bytes(text)
    with pytest.raises(Refused):
        checked(path)


def test_work_for_something_else_is_not_gone_on_with(tmp_path, code_library) -> None:
    path = file_of(tmp_path, "lines", [BAD])
    folder = tmp_path / "work"
    first = asked([path], ON, "json", code_library)
    folder.mkdir()
    (folder / "asked.json").write_bytes(msgspec.json.encode(first))
    (folder / "000-00000.told").write_bytes(b"kept")
    with working(folder, first) as (work, again):
        assert (again, work.place(0, "00000.told").read_bytes()) == (True, b"kept")
    folder.mkdir()
    (folder / "asked.json").write_bytes(msgspec.json.encode(first))
    (folder / "000-00000.told").write_bytes(b"kept")
    with working(folder, asked([path], date(2026, 3, 10), "json", code_library)) as (work, again):
        assert (again, work.place(0, "00000.told").exists()) == (False, False)
    assert not folder.exists()


def test_two_do_not_write_one_result(tmp_path, code_library) -> None:
    asks = asked([file_of(tmp_path, "lines", [BAD])], ON, "json", code_library)
    with working(tmp_path / "work", asks), pytest.raises(Refused), working(tmp_path / "work", asks):
        pass


def test_a_spreadsheet_gets_rows_and_no_formulas(checked, tmp_path) -> None:
    claims = [claim_with(number="=1+1", acts=(line(pointers=()),))]
    head, row = checked(file_of(tmp_path, "lines", claims), style="csv")[0]
    assert head.decode().split(",")[:5] == ["file", "claim", "line", "code", "severity"]
    assert row.decode().split(",")[1:5] == ["'=1+1", "1", "PTR-01", "block"]


def test_every_edit_has_a_family() -> None:
    assert {family_of(code) for code in EDITS} == set(FAMILIES)

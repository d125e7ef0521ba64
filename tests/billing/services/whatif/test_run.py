"""Claims of files judged twice: nothing moves by the releases that judge anyway, and what moves is told."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest

from billing.domain.canonical import to_json
from billing.edits.example import claim_with, line
from billing.services.checking import parts
from billing.services.checking.check_files import Check, check_files
from billing.services.checking.work import asked, working
from billing.services.whatif.numbers import Numbers
from billing.services.whatif.run import Found, WhatIf, what_if
from billing.services.whatif.told import COLUMNS
from clinic.codes.kind import Wish
from clinic.codes.library import Library
from clinic.codes.loading import load
from clinic.domain.period import Period
from clinic.domain.refusal import Refused
from tests.clinic.codes.rules.test_kinds import AOC, MCE, MUE, PTP
from tests.counts import count
from tests.fixtures.codes import lend_codes
from tests.strategies.samples import sample_claims

ON = date(2026, 4, 27)
DAY = Period(date(2026, 4, 20))
NEXT = {"ncci-ptp": "2026-07", "ncci-mue": "2026-07", "ncci-addon": "2026-07", "mce": "2026-07"}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Two quarters of each table; in the second 93000 goes with 99213, and of 99213 one is paid a day."""
    found = Library(lend_codes(tmp_path))
    pairs = f"{PTP.rstrip()}\r\n99213\t93000\t\t20260701\t*\t0\tMore extensive procedure\r\n"
    for quarter, texts in (("2026-04", (PTP, MUE)), ("2026-07", (pairs, MUE))):
        start = date.fromisoformat(f"{quarter}-01")
        for kind, name, text in (
            ("ncci-ptp", "ccipra-v321r0-f1.TXT", texts[0]),
            ("ncci-mue", "MCR_MUE_PractitionerServices_Eff_04-01-2026.csv", texts[1]),
            ("ncci-addon", "AOC_V2026Q2-MCR.txt", AOC),
            ("mce", "mce_v43.1_code_edits.csv", MCE),
        ):
            path = tmp_path / name
            path.write_bytes(text.encode("cp1252"))
            load(found, kind, [path], Wish(quarter, start))
    return found


@pytest.fixture
def run(tmp_path: Path, library: Library) -> Callable[..., tuple[list[bytes], Numbers]]:
    """Judge files again, as the command does."""

    def judged(
        *files: Path, pins=NEXT, jobs: int = 1, style="json", step=lambda *_: None
    ) -> tuple[list[bytes], Numbers]:
        with working(tmp_path / "work", asked(files, ON, style, library, repr(pins))) as (work, _):
            found: Found = what_if(WhatIf(files, library, pins, ON, ON, style, jobs), work, step)
            return b"".join(found.texts).splitlines(), found.numbers

    return judged


def lines_of(folder: Path, claims) -> Path:
    path = folder / "claims.ndjson"
    path.write_bytes(b"\n".join(map(to_json, claims)))
    return path


def both(number: str = "BOTH", member: str = "NWH5550001"):
    """A visit and the tracing that is part of it from July on."""
    acts = (line(number="1", code="99213", service=DAY), line(number="2", code="93000", service=DAY))
    return claim_with(number=number, coverage__member_id=member, acts=acts, total=acts[0].charge + acts[1].charge)


def test_what_would_be_denied_is_told_with_its_money(run, tmp_path) -> None:
    claims = [both(), claim_with(number="CLEAN", coverage__member_id="NWH5550002", acts=(line(service=DAY),))]
    rows, numbers = run(lines_of(tmp_path, claims))
    found = [json.loads(row) for row in rows]
    new = [(each["claim"], each["line"], each["about"], each["code"]) for each in found if each["difference"] == "new"]
    assert new == [("BOTH", 2, "93000", "NCC-01")]
    total = claims[0].total.cents
    assert (numbers.claims, numbers.stopped, numbers.denied, numbers.denied_money) == (2, 0, 1, {"USD": total})
    assert {name: (each.claims, each.at_risk) for name, each in numbers.edits.items()} == {
        "NCC-01": (1, {"USD": total})
    }
    assert numbers.codes.keys() == {"cpt 93000"}
    assert numbers.payers.keys() == {claims[0].coverage.payer.identifier.value}
    assert [row.split(b",")[0] for row in run(lines_of(tmp_path, claims), style="csv")[0]] == [b"difference", b"new"]
    assert run(lines_of(tmp_path, claims), style="line")[0][0].startswith(b"new ")
    assert COLUMNS[0] == "difference"


def test_what_no_longer_holds_is_gone(run, tmp_path) -> None:
    rows, numbers = run(lines_of(tmp_path, [moved(both())]), pins={"ncci-ptp": "2026-04"})
    assert [(json.loads(row)["difference"], json.loads(row)["code"]) for row in rows] == [("gone", "NCC-01")]
    assert (numbers.claims, numbers.denied, numbers.gone["warn"]) == (1, 0, 1)


def moved(claim):
    """The claim, done in July."""
    acts = tuple(msgspec.structs.replace(act, service=Period(date(2026, 7, 20))) for act in claim.acts)
    return msgspec.structs.replace(claim, acts=acts)


def test_the_releases_that_judge_anyway_move_nothing(run, tmp_path, library) -> None:
    claims = [*sample_claims(count(40, 5_000)), both(), both("AGAIN")]
    spring = [each for each in claims if each.acts and all(on_covered_day(act.service) for act in each.acts)]
    path = lines_of(tmp_path, spring)
    rows, numbers = run(path, pins=dict.fromkeys(NEXT, "2026-04"))
    assert rows == []
    assert (numbers.new, numbers.gone) == ({"block": 0, "warn": 0, "advise": 0},) * 2
    assert numbers.claims == len(spring) >= 2


def on_covered_day(service: Period) -> bool:
    return date(2026, 4, 1) <= service.start <= service.last <= date(2026, 6, 30)


def test_the_plain_judgement_is_that_of_the_check(run, tmp_path, library) -> None:
    path = lines_of(tmp_path, [*sample_claims(count(40, 2_000)), both(), both("AGAIN")])
    with working(tmp_path / "checked", asked([path], ON, "json", library)) as (work, _):
        plain = check_files(Check([path], library, ON, ON, "json", 1), work, lambda *_: None).summary
    rows, numbers = run(path)
    gone = Counter(json.loads(row)["severity"] for row in rows if b'"difference":"gone"' in row)
    assert numbers.same + gone.total() == sum(plain.findings.values())
    assert (numbers.claims, numbers.were_stopped, numbers.charged) == (plain.claims, plain.stopped, plain.charged)


def test_parts_and_processes_make_the_same(run, tmp_path, monkeypatch) -> None:
    path = lines_of(tmp_path, [*sample_claims(20), both(), both("AGAIN")])
    whole = run(path)
    monkeypatch.setattr(parts, "PART", 5_000)
    assert run(path) == whole
    assert run(path, jobs=2) == whole


def test_one_that_was_stopped_goes_on(run, tmp_path, monkeypatch) -> None:
    path = lines_of(tmp_path, [*sample_claims(20), both(), both("AGAIN")])
    whole = run(path)
    monkeypatch.setattr(parts, "PART", 5_000)
    steps: list[int] = []

    def stop(done: int, of: int) -> None:
        steps.append(of)
        if len(steps) == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(path, step=stop)
    seen: list[int] = []
    assert run(path, step=lambda done, _of: seen.append(done)) == whole
    assert (tmp_path / "work").exists() is False
    assert len(seen) == steps[0]


def test_the_numbers_of_parts_add_up(run, tmp_path) -> None:
    claims = [both(f"B{number}", f"NWH55500{number:02}") for number in range(4)]
    whole, half = run(lines_of(tmp_path, claims))[1], run(lines_of(tmp_path, claims[:2]))[1]
    other = run(lines_of(tmp_path, claims[2:]))[1]
    half.add(other)
    assert half.in_order() == whole


def test_a_release_that_is_not_there_is_refused(run, tmp_path) -> None:
    with pytest.raises(Refused, match="2030"):
        run(lines_of(tmp_path, [both()]), pins={"ncci-ptp": "2030"})

"""``flask edi read``: JSON an object a transaction, a short table, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from billing.cli.edi import group
from billing.domain.canonical import from_json
from clinic.domain.money import Money
from tests.billing.x12 import dental_files
from tests.billing.x12.files import written

_GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "x12"


def _run(*arguments: str):
    return CliRunner().invoke(group, ["read", *arguments])


def test_a_good_file_as_json():
    result = _run(str(_GOLDEN / "whole.edi"), "--json")
    (line,) = result.stdout.splitlines()
    row = json.loads(line)
    assert result.exit_code == 0
    assert row["file"].endswith("whole.edi")
    assert (row["ok"], row["balanced"], row["errors"]) == (True, True, [])
    assert row["transaction"] == "837 005010X222A1 0001"
    assert [(claim["claim"], claim["total"], claim["lines"]) for claim in row["claims"]] == [
        ("6A61786696", 11198146, 3)
    ]


def test_a_faulty_file_names_segment_and_element(tmp_path):
    file = tmp_path / "bad.edi"
    file.write_bytes((_GOLDEN / "simple.edi").read_bytes().replace(b"*UN*1*", b"*XX*1*", 1))
    result = _run(str(file), "--json")
    (row,) = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 1
    assert [(error["code"], error["segment"], error["element"]) for error in row["errors"]] == [
        ("IK403-7", "SV1", "SV103")
    ]
    assert row["errors"][0]["claim"] == "C00000001"
    plain = _run(str(file))
    assert plain.exit_code == 1
    assert "SV103" in plain.stdout


def test_sums_that_differ_are_said(tmp_path):
    claim = from_json((_GOLDEN / "simple.json").read_bytes())
    file = tmp_path / "sums.edi"
    file.write_bytes(written(msgspec.structs.replace(claim, total=Money(1))))
    (row,) = map(json.loads, _run(str(file), "--json").stdout.splitlines())
    assert (row["ok"], row["balanced"]) == (True, False)
    assert [each["balanced"] for each in row["claims"]] == [False]
    assert _run(str(file)).exit_code == 0


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7", b"ISA*", b'{"kind":"professional"}'])
def test_what_is_no_x12_is_refused_in_one_line(tmp_path, content):
    file = tmp_path / "other"
    file.write_bytes(content)
    result = _run(str(file))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_missing_file_is_refused_in_one_line(tmp_path):
    result = _run(str(tmp_path / "none.edi"))
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.shared
@pytest.mark.parametrize("name", ["835/dental-payer.edi", "837i/institutional-claim.edi", "999/accepted.edi"])
def test_another_transaction_is_named(shared_dir, name):
    result = _run(str(shared_dir / "x12" / name))
    assert result.exit_code == 2
    assert "005010X222A1" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.shared
def test_a_dental_file_is_read_too(shared_dir):
    for name, total in (("own-restorative-two-teeth", 42000), ("commercial-dependent", 15000)):
        result = _run(str(shared_dir / "x12" / "837d" / f"{name}.edi"), "--json")
        (row,) = map(json.loads, result.stdout.splitlines())
        assert result.exit_code == 0
        assert (row["ok"], row["balanced"], row["transaction"].split()[1]) == (True, True, "005010X224A2")
        assert [(claim["kind"], claim["total"], claim["lines"]) for claim in row["claims"]] == [("dental", total, 2)]


def test_a_faulty_dental_file_names_segment_and_element(tmp_path):
    file = tmp_path / "bad.edi"
    file.write_bytes(dental_files.written(dental_files.SIMPLE).replace(b"TOO*JP*19*M:O", b"TOO*JP*19*M:X"))
    result = _run(str(file), "--json")
    (row,) = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 1
    assert [(each["code"], each["segment"], each["element"]) for each in row["errors"]] == [
        ("IK403-7", "TOO", "TOO03-2")
    ]

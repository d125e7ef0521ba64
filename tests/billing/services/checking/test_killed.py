"""A check of a large file, killed with -9 at random moments and asked for again: the findings are the same.

``CABINET_PROVE=1`` takes a million claims and ten kills.
"""

from __future__ import annotations

import contextlib
import math
import os
import random
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

from bench.edits import plain_visits
from billing.domain.canonical import to_json
from billing.services.checking.check_files import Check, check_files
from billing.services.checking.parts import PART
from billing.services.checking.work import asked, working
from clinic.codes.library import Library
from clinic.settings import ROOT
from tests.counts import count
from tests.fixtures.codes import lend_codes
from tests.fixtures.words import lend_words

CLAIMS = count(9_000, 1_000_000)
KILLS = count(1, 10)
ON = "2026-07-01"


def many_claims(path: Path, many: int) -> None:
    """Claims of many members, some of them twice, one in a hundred without a pointer."""
    samples = [to_json(each) for each in plain_visits(500)]
    with path.open("wb") as file:
        for number in range(many):
            text = samples[number % len(samples)]
            text = text.replace(b'"number":"V', b'"number":"%07d' % number, 1)
            text = text.replace(b"NWH5550001", b"NWH%07d" % (number * 7919 % (many // 2)), 1)
            if number % 100 == 7:
                text = text.replace(b'"pointers":[', b'"pointers":[12,', 1)
            file.write(text + b"\n")


def check(claims: Path, out: Path, instance: Path) -> subprocess.Popen[bytes]:
    words = [
        sys.executable,
        "-m",
        "flask",
        "--app",
        "app",
        "claim",
        "check",
        claims,
        "--on",
        ON,
        "--json",
        "--jobs",
        "2",
    ]
    return subprocess.Popen(
        [*words, "--out", out],
        cwd=ROOT,
        env={**os.environ, "CABINET_INSTANCE": str(instance)},
        stderr=subprocess.DEVNULL,
    )


def straight(claims: Path, folder: Path, codes: Library) -> bytes:
    """The findings of a check that nobody stops."""
    on = date.fromisoformat(ON)
    with working(folder, asked([claims], on, "json", codes)) as (work, _):
        found = check_files(Check([claims], codes, on, on, "json", 1), work, lambda *_: None)
        assert found.summary.claims == CLAIMS
        return b"".join(found.texts)


def test_a_killed_check_goes_on(tmp_path, code_library) -> None:
    instance = tmp_path / "instance"
    lend_codes(instance)
    lend_words(instance)
    claims, broken = tmp_path / "claims.ndjson", tmp_path / "broken"
    many_claims(claims, CLAIMS)
    chance = random.Random(20260701)
    parts = math.ceil(claims.stat().st_size / PART)
    for _ in range(KILLS):
        process = check(claims, broken, instance)
        wait_for(process, tmp_path / ".broken.check", chance.randint(1, 2 * parts - 1))
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        assert not broken.exists()
    assert check(claims, broken, instance).wait() == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken", "claims.ndjson", "instance"]
    assert broken.read_bytes() == straight(claims, tmp_path / "work", code_library)


def wait_for(process: subprocess.Popen[bytes], work: Path, done: int) -> None:
    """Until so many parts were surveyed or judged."""
    while sum(1 for each in work.glob("*") if each.suffix in {".keys", ".told"}) < done:
        with contextlib.suppress(subprocess.TimeoutExpired):
            assert process.wait(0.02) is None, "it was done before it could be killed"

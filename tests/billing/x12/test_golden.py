"""The exact bytes of three claims. CABINET_UPDATE_GOLDEN=1 writes them anew: look at the difference first."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from billing.domain.canonical import from_json
from billing.x12 import read_837p
from tests.billing.x12.files import pyx12_findings, written

_FOLDER = Path(__file__).resolve().parents[2] / "golden" / "x12"
_NAMES = ("simple", "whole", "secondary")


@pytest.mark.parametrize("name", _NAMES)
def test_bytes_stay_the_same(name):
    claim = from_json((_FOLDER / f"{name}.json").read_bytes())
    data = written(claim)
    file = _FOLDER / f"{name}.edi"
    if os.environ.get("CABINET_UPDATE_GOLDEN") == "1":
        file.write_bytes(data.replace(b"~", b"~\n"))
    assert data == file.read_bytes().replace(b"~\n", b"~")


@pytest.mark.parametrize("name", _NAMES)
def test_golden_files_are_read_with_their_line_breaks(name):
    claim = from_json((_FOLDER / f"{name}.json").read_bytes())
    data = (_FOLDER / f"{name}.edi").read_bytes()
    assert read_837p(data).claims == (claim,)
    assert pyx12_findings(data) == []

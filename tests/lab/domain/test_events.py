"""Facts of containers load for ever: a stored sample of each body ever written (law 2)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clinic.domain.value import as_json
from lab.domain.container_acts import _AFTER
from lab.domain.container_story import KEPT
from lab.domain.events import BODIES, body_of

SAMPLES = Path(__file__).parents[2] / "samples" / "facts"


@pytest.mark.parametrize(("type_", "version"), sorted(BODIES))
def test_each_body_ever_written_loads(type_, version) -> None:
    kept = json.loads((SAMPLES / f"{type_}-{version}.json").read_text("utf-8"))
    assert as_json(body_of(type_, version, kept)) == kept


def test_every_fact_has_its_effect() -> None:
    first = {"specimen.planned", "specimen.poured", "specimen.undone"}
    assert set(_AFTER) == {type_ for type_, _ in BODIES} - first
    assert {type_ for type_, _ in BODIES} >= KEPT

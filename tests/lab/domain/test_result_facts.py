"""Facts of results load for ever: a stored sample of each body ever written (law 2)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clinic.domain.value import as_json
from lab.domain.result_refusals import WORDS
from lab.domain.result_story import _AFTER, BODIES, body_of

SAMPLES = Path(__file__).parents[2] / "samples" / "facts"


@pytest.mark.parametrize(("type_", "version"), sorted(BODIES))
def test_each_body_ever_written_loads(type_, version) -> None:
    kept = json.loads((SAMPLES / f"{type_}-{version}.json").read_text("utf-8"))
    assert as_json(body_of(type_, version, kept)) == kept


def test_every_fact_has_its_effect() -> None:
    assert set(_AFTER) == {type_ for type_, _ in BODIES} - {"result.reported", "result.corrected"}


def test_every_refusal_has_its_words() -> None:
    assert {"superseded", "reviewed", "preliminary", "not_critical"} <= set(WORDS)
    assert all(words.what.endswith(".") and words.remedy.endswith(".") for words in WORDS.values())

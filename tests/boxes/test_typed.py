"""Paper says what was typed by hand, and so, through the oracle, do file and resource."""

from __future__ import annotations

import pytest

from billing.documents.cms1500 import pages, render
from tests.boxes.page import Typed
from tests.boxes.typed import TYPED
from tests.oracle import paper
from tests.oracle.compare import FREE

# Longest first: "group health plan" before "plan".
_WORDS = ("group health plan", "FECA black lung")


def _crossed(name: str) -> str:
    """What a crossed part is called: the end of its name."""
    return next((words for words in _WORDS if name.endswith(words)), name.rpartition(" ")[2])


def _read(page: paper.Page) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for box in paper.boxes():
        text = page.text(box).strip()
        if not text or (box.key, box.name) in FREE:
            continue
        if box.kind == "check":
            assert text == "X", box
            text = _crossed(box.name)
        found.setdefault(box.key, []).append(text)
    return {key: "|".join(texts) for key, texts in found.items()}


@pytest.mark.parametrize("typed", TYPED, ids=lambda typed: typed.about)
def test_paper_shows_what_was_typed(typed: Typed) -> None:
    assert typed.claim.charged() == typed.claim.total
    read = paper.pages(render([pages(typed.claim)]))
    assert [page.astray for page in read] == [()] * len(typed.pages)
    for page, expected in zip(read, typed.pages, strict=True):
        assert _read(page) == expected

"""What a scanned text is taken for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.domain.scan import LONGEST, condition_card, read_scan, step_card
from lab.steps.registry import steps
from tests.counts import count


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("C000123", "container", "C000123"),
        ("  c000123-2\r\n", "container", "C000123-2"),
        ("]C1C000123", "container", "C000123"),
        ("]d2C000123", "container", "C000123"),
        ("tube_A/2", "container", "TUBE_A/2"),
        ("STEP-SPIN", "step", "spin"),
        ("step-read", "step", "read"),
        ("PLACE-0001", "place", "PLACE-0001"),
        ("KEEP-ON_ICE", "condition", "on_ice"),
        ("DEV-0003", "device", "DEV-0003"),
        ("BADGE-7Q2K9F", "badge", "BADGE-7Q2K9F"),
        ("P000017", "package", "P000017"),
        ("7", "key", "7"),
        ("U", "key", "u"),
    ],
)
def test_a_text_says_what_it_is(typed, kind, text) -> None:
    scan = read_scan(typed)
    assert (scan.kind, scan.text) == (kind, text)


@pytest.mark.parametrize(
    ("typed", "text"), [("Càààéç", "C00029"), ("Càààéç)&", "C00029-1"), ("Pàà&è", "P0017"), ("STEP)SPIN", "spin")]
)
def test_american_scanners_on_french_keys_are_understood(typed, text) -> None:
    scan = read_scan(typed)
    assert (scan and scan.text) == text


@pytest.mark.parametrize("typed", ["", "   ", "\x1d", "Moreau, Théa", "C1 C2", "A" * (LONGEST + 1), "]C1"])
def test_what_is_nothing_of_the_bench_is_none(typed) -> None:
    assert read_scan(typed) is None


def test_every_step_has_a_card_that_reads_back() -> None:
    for step in steps():
        assert read_scan(step_card(step.key)).text == step.key
    assert read_scan(condition_card("refrigerated")).text == "refrigerated"


@settings(max_examples=count(200, 20_000))
@given(st.text(max_size=300))
def test_any_text_is_read_or_is_none(typed) -> None:
    scan = read_scan(typed)
    assert scan is None or (scan.text and len(scan.text) <= LONGEST and read_scan(typed) == scan)

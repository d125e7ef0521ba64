"""Whatever the bytes, reading ends with a reading: it never raises, and never hangs."""

from __future__ import annotations

from random import Random

from billing.x12 import Reading, read_837p, write_837p
from tests.billing.x12.files import TRANSMISSION, sendable
from tests.billing.x12.spoiling import shuffled, spoilt
from tests.counts import count

_WORDS = ("", "X", "9" * 40, "HC:99213", "20251399")


def test_spoiled_files_are_read_without_raising():
    rng = Random(20)
    sources = [write_837p(TRANSMISSION, sendable(2, seed)) for seed in range(20)]
    for turn in range(count(2_000, 100_000)):
        source = rng.choice(sources)
        data = spoilt(rng, source) if turn % 2 else shuffled(rng, source, _WORDS)
        reading = read_837p(data)
        assert isinstance(reading, Reading)
        for fault in reading.errors:
            assert str(fault)


def test_noise_is_read_without_raising():
    rng = Random(21)
    for _ in range(count(500, 20_000)):
        noise = bytes(rng.randrange(256) for _ in range(rng.randrange(300)))
        assert not read_837p(noise).claims
        assert not read_837p(b"ISA" + noise).ok


def test_a_long_line_of_separators_does_not_hang():
    assert not read_837p(b"ISA" + b"*" * 200_000).ok
    assert not read_837p(b"ISA" + b"*" * 16 + b":~" + b"~" * 200_000).ok
    assert not read_837p(write_837p(TRANSMISSION, sendable(1)) + b"ISA*" * 50_000).ok

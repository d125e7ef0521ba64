"""Whatever the bytes of a dental file, reading ends with a reading: it never raises, and never hangs."""

from __future__ import annotations

from contextlib import suppress
from random import Random

from billing.x12 import Reading, read_837, read_837d
from clinic.domain.refusal import Refused
from tests.billing.x12.dental_files import FILES, written
from tests.billing.x12.spoiling import shuffled, spoilt
from tests.counts import count
from tests.strategies.dental import sample_dental_claims

_WORDS = ("", "X", "9" * 40, "AD:D2740", "20251399", "PB", "JP", "M:O:M", "R", "0")


def test_spoiled_files_are_read_without_raising():
    rng = Random(30)
    sources = [written(*sample_dental_claims(2, seed)) for seed in range(20)] + [
        written(each) for each in FILES.values()
    ]
    for turn in range(count(2_000, 100_000)):
        source = rng.choice(sources)
        data = spoilt(rng, source) if turn % 2 else shuffled(rng, source, _WORDS)
        reading = read_837(data) if turn % 3 else read_837d(data)
        assert isinstance(reading, Reading)
        for fault in reading.errors:
            assert str(fault)


def _again(claim):
    """The claim written, None where it is refused."""
    with suppress(Refused):
        return written(claim)
    return None


def test_what_was_read_of_a_spoiled_file_is_written_again_or_refused():
    rng = Random(31)
    sources = [written(*sample_dental_claims(1, seed)) for seed in range(20)]
    again = 0
    for _ in range(count(200, 20_000)):
        for claim in read_837d(shuffled(rng, rng.choice(sources), _WORDS)).claims:
            data = _again(claim)
            if data is not None:
                reading = read_837d(data)
                assert reading.ok
                assert reading.claims == (claim,)
                again += 1
    assert again > 30

"""Lists of acts as a person writes them: codes, and ranges from the first to the last."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=256)
def _read(written: tuple[str, ...]) -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    """The single codes, and the ranges."""
    parts = [[end.strip().upper() for end in each.split("-", 1)] for each in written]
    single = frozenset(each[0] for each in parts if len(each) == 1)
    return single, tuple((each[0], each[1]) for each in parts if len(each) == 2)


def is_listed(code: str, written: tuple[str, ...]) -> bool:
    """Whether a list has a code: by itself, or within a range of codes of the same length."""
    single, ranges = _read(written)
    return code in single or any(len(first) == len(code) and first <= code <= last for first, last in ranges)

"""Secrets of an installation: made once, whole, whoever asks first."""

from __future__ import annotations

import stat
import threading
from concurrent.futures import ThreadPoolExecutor

from clinic.settings import kept_secret


def test_all_who_ask_at_once_get_the_same_whole_secret(tmp_path) -> None:
    for round_ in range(50):
        start = threading.Barrier(8)

        def ask(_number: int, name: str = f"secret-{round_}", start: threading.Barrier = start) -> str:
            start.wait()
            return kept_secret(tmp_path, name)

        with ThreadPoolExecutor(8) as pool:
            told = set(pool.map(ask, range(8)))
        assert len(told) == 1
        assert len(told.pop()) == 64
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}

"""What every test may ask for."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.legs.plugin", "tests.fixtures.codes", "tests.fixtures.house"]

ROOT = Path(__file__).resolve().parent.parent

# Two cores and random order: the same examples on every run, no clock of hypothesis' own.
settings.register_profile(
    "cabinet",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("cabinet")


def _shared() -> Path:
    return Path(os.environ.get("CABINET_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of public sample files beside the checkout."""
    return _shared()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without the sample files their tests are skipped by name; under CI=true that is a failure."""
    if _shared().is_dir():
        return
    if os.environ.get("CI") == "true":
        raise pytest.UsageError(f"no sample files at {_shared()}: set CABINET_SHARED")
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(pytest.mark.skip(reason=f"no sample files at {_shared()}"))


def pytest_collection_finish() -> None:
    """What collecting has loaded stays to the end: Python need not look for garbage in it every few tests."""
    gc.collect()
    gc.freeze()

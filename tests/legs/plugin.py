"""Which tests run here: by database, by browser, by tier. What cannot run is skipped by name, never in silence.

===================  ==================================================================================================
``CABINET_LEG``      ``sqlite``: all but the tests that need PostgreSQL. ``postgres``: those, and all that touch the
                     database. Unset, as in a plain ``pytest``: all, and without a server its tests are skipped by name.
``CABINET_PROVE``    ``1``: the tests marked ``prove`` run too.
``CABINET_STRICT``   ``1``, or ``CI=true``: a test skipped by name is a failure.
``CABINET_TALLY``    a file that gets one line: passed, failed, skipped.
===================  ==================================================================================================
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.legs import debian

OF_DATABASE = frozenset({"app", "client", "database", "template"})
"""A test that asks for one of these touches the database."""

FLAGS = (
    "--no-sandbox",  # the only pages are our own, and root has no other way
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def strict() -> bool:
    """Whether a skipped test is a failure."""
    return os.environ.get("CI") == "true" or os.environ.get("CABINET_STRICT") == "1"


def pytest_configure(config: pytest.Config) -> None:
    """Declare the mark this module gives, and start counting."""
    config.addinivalue_line("markers", "database: touches the database; given to every test that uses it")
    config.addinivalue_line("markers", "poppler: renders PDF with Debian's pdftoppm")
    # pytest-base-url, which Playwright's plugin brings, still declares its fixture the old way.
    config.addinivalue_line(
        "filterwarnings", "ignore:(?s)Session-scoped fixtures.*'base_url' fixture:pytest.PytestRemovedIn10Warning"
    )
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Tally(), "cabinet-tally")


def _runs(item: pytest.Item, leg: str | None) -> bool:
    marks = {mark.name for mark in item.iter_markers()}
    if "prove" in marks and os.environ.get("CABINET_PROVE") != "1":
        return False
    if leg == "postgres":
        return bool(marks & {"database", "postgres"}) and "browser" not in marks
    return leg != "sqlite" or "postgres" not in marks


def _reasons() -> dict[str, str]:
    """Mark by mark, why its tests cannot run here."""
    reasons = {}
    lacks = debian.browser_lacks()
    if lacks:
        reasons["browser"] = f"no browser: as root type: {debian.line(lacks)}"
    if not debian.postgres():
        reasons["postgres"] = f"no PostgreSQL: as root type: {debian.line([debian.SERVER])}"
    elif not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        reasons["postgres"] = "no PostgreSQL in DATABASE_URL: `sh run test` starts one"
    if not debian.poppler():
        reasons["poppler"] = f"no pdftoppm: as root type: {debian.line([debian.POPPLER])}"
    return reasons


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what touches the database, leave out what belongs to another leg, skip what this machine cannot run."""
    for item in items:
        if OF_DATABASE.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("database")
    leg = os.environ.get("CABINET_LEG")
    out = [item for item in items if not _runs(item, leg)]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if _runs(item, leg)]
    reasons = _reasons()
    for item in items:
        for mark, reason in reasons.items():
            if item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Debian's browser."""
    path = debian.chromium()
    assert path, "a test that asks for the browser carries the mark browser"
    return path


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium_path: str) -> dict[str, Any]:
    """Playwright's own setting, with Debian's browser in the place of the one it would fetch."""
    return {**browser_type_launch_args, "executable_path": chromium_path, "args": list(FLAGS)}


class Tally:
    """Counts what ran, and makes a run with a skipped test fail where :func:`strict` says so."""

    def __init__(self) -> None:
        self.passed = 0
        self.failed: set[str] = set()
        self.skipped: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.add(report.nodeid)
        elif report.skipped and not hasattr(report, "wasxfail"):
            self.skipped.append(report.nodeid)
        elif report.passed and report.when == "call":
            self.passed += 1

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failed.add(report.nodeid)
        elif report.skipped:
            self.skipped.append(report.nodeid)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if strict() and self.skipped and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        tally = os.environ.get("CABINET_TALLY")
        if tally:
            line = f"{self.passed} {len(self.failed)} {len(self.skipped)}\n"
            with Path(tally).open("a", encoding="ascii") as file:
                file.write(line)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if strict() and self.skipped:
            terminalreporter.section("skipped, which is a failure here", red=True)
            for name in self.skipped:
                terminalreporter.line(name)

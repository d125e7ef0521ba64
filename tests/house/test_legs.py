"""Which tests run where, and that nothing is skipped in silence: :mod:`tests.legs`, on a suite of five tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.house.tree import ROOT
from tests.legs import debian, postgres

CONFTEST = """
import pytest
pytest_plugins = ["tests.legs.plugin"]

@pytest.fixture
def app():
    return None

def pytest_configure(config):
    for mark in ("browser", "postgres", "prove"):
        config.addinivalue_line("markers", mark)
"""
SUITE = """
import pytest

def test_pure(): pass
def test_rows(app): pass
@pytest.mark.postgres
def test_many_writers(): pass
@pytest.mark.browser
def test_page(app): pass
@pytest.mark.prove
def test_all_of_them(): pass
"""
BROWSER = "test_suite.py::test_page"


class Suite:
    """Five tests, one a kind, and a machine with or without a browser."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "conftest.py").write_text(CONFTEST, "ascii")
        (folder / "test_suite.py").write_text(SUITE, "ascii")
        (folder / "pytest.ini").write_text("[pytest]\naddopts = -ra --strict-markers\n", "ascii")

    def run(self, *arguments: str, browser: bool = True, **environment: str) -> tuple[int, tuple[int, ...], str]:
        """The exit code, the tally (passed, failed, skipped), and what was printed."""
        tally = self.folder / "tally"
        tally.unlink(missing_ok=True)
        unset = {"CI", "CABINET_STRICT", "CABINET_PROVE", "CABINET_LEG", "DATABASE_URL", "CABINET_CHROMIUM"}
        kept = {key: value for key, value in os.environ.items() if key not in unset and not key.startswith("PYTEST_")}
        kept |= {"PYTHONPATH": str(ROOT), "CABINET_TALLY": str(tally), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        if not browser:
            kept["PATH"] = str(self.folder)
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
        done = subprocess.run(
            command, cwd=self.folder, env=kept | environment, capture_output=True, text=True, check=False, timeout=60
        )
        return done.returncode, tuple(int(part) for part in tally.read_text("ascii").split()), done.stdout


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    return Suite(tmp_path)


def test_the_sqlite_leg_leaves_postgresql_to_the_other(suite: Suite) -> None:
    code, tally, said = suite.run(CABINET_LEG="sqlite", browser=False)
    assert (code, tally) == (0, (2, 0, 1))
    assert "apt-get install" in said
    assert "chromium" in said


def test_a_skipped_test_fails_under_ci_and_is_named(suite: Suite) -> None:
    for arguments in ((), ("-p", "xdist", "-n", "2")):
        code, tally, said = suite.run(*arguments, CABINET_LEG="sqlite", CI="true", browser=False)
        assert (code, tally) == (1, (2, 0, 1))
        assert BROWSER in said


def test_the_postgresql_leg_takes_what_touches_the_database(suite: Suite) -> None:
    server = {"CABINET_LEG": "postgres", "DATABASE_URL": "postgresql:///none-is-asked"}
    code, tally, _ = suite.run(browser=False, **server)
    if debian.postgres():
        assert (code, tally) == (0, (2, 0, 0))
    else:
        assert (code, tally) == (0, (1, 0, 1))


def test_without_a_server_its_tests_are_skipped_by_name(suite: Suite) -> None:
    _, tally, said = suite.run("-k", "test_many_writers")
    assert tally == (0, 0, 1)
    assert "no PostgreSQL" in said


def test_the_full_counts_run_when_asked_for(suite: Suite) -> None:
    assert suite.run(CABINET_LEG="sqlite", CABINET_PROVE="1", browser=False)[1] == (3, 0, 1)


def test_a_module_skipped_at_import_counts(suite: Suite) -> None:
    (suite.folder / "test_more.py").write_text("import pytest\npytest.importorskip('no_such_module')\n", "ascii")
    code, tally, said = suite.run("test_more.py", "test_suite.py::test_pure", CABINET_STRICT="1")
    assert (code, tally) == (1, (1, 0, 1))
    assert "test_more.py" in said


def test_a_failure_is_counted_once(suite: Suite) -> None:
    (suite.folder / "test_more.py").write_text("def test_wrong(): assert False\n", "ascii")
    assert suite.run("test_more.py")[:2] == (1, (0, 1, 0))


def test_the_line_to_type_names_what_is_missing() -> None:
    assert debian.line(["chromium", "libatomic1"]).endswith("install -y --no-install-recommends chromium libatomic1")


@pytest.mark.postgres
def test_the_server_is_reached_by_its_socket_alone_and_leaves_nothing_behind() -> None:
    binaries = debian.postgres()
    assert binaries
    with postgres.cluster(binaries) as url, psycopg.connect(url) as connection:
        row = connection.execute("select current_setting('listen_addresses'), current_setting('data_directory')")
        addresses, data = row.fetchone() or ("?", "?")
        assert addresses == ""
        folder = Path(data).parent
        assert folder.stat().st_mode & 0o077 == 0
    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


@pytest.mark.postgres
def test_a_server_that_does_not_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    binaries = debian.postgres()
    assert binaries
    monkeypatch.setattr(postgres, "SETTINGS", "shared_buffers = 'a great deal'\n")
    with pytest.raises(RuntimeError, match="shared_buffers"), postgres.cluster(binaries):
        pass


def test_ci_calls_the_same_command() -> None:
    bash = shutil.which("bash")
    assert bash
    assert subprocess.run([bash, "-n", ROOT / ".ci/run"], check=False).returncode == 0
    assert (ROOT / ".ci/run").read_text("utf-8").splitlines()[-1] == "exec sh run test --all"

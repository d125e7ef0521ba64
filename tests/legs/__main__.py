"""``python -m tests.legs test|prove [--all] [ARGS]``: the stages behind ``sh run test``, each with its seconds.

Lint, layout, types, layers; then the tests on SQLite, browser tests among them; then those that touch the database
again on a PostgreSQL of their own. With ARGS only the tests run, and ARGS go to pytest. Every stage runs, whatever
became of the one before; the exit code is 0 when none failed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.legs import debian, postgres

OWN = {"DATABASE_URL", "CABINET_LEG", "PYTHONDONTWRITEBYTECODE"}
"""Not handed down: the legs say the first two, and without bytecode each worker compiles all that it loads again."""

NO_TESTS = 5
"""pytest's exit code where it had nothing to run."""

PYTHON = sys.executable
CHECKS = {
    "ruff check": (PYTHON, "-m", "ruff", "check", "--quiet", "."),
    "ruff format": (PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."),
    "mypy": (PYTHON, "-m", "mypy"),
    "import-linter": (str(Path(PYTHON).parent / "lint-imports"), "--no-logo"),
}
PYTEST = (PYTHON, "-m", "pytest", "-n", "2", "--dist", "worksteal", "--durations", "10", "--durations-min", "0.5")


def say(text: str) -> None:
    """A line of our own among those of the tools."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


class Run:
    """The stages so far: name, exit code, seconds."""

    def __init__(self, tally: Path, *, strict: bool, arguments: list[str]) -> None:
        self.tally = tally
        self.strict = strict
        self.arguments = arguments
        self.stages: list[tuple[str, int, float]] = []

    def stage(self, name: str, work: Callable[[], int]) -> None:
        """Do one, and keep how it went."""
        say(f"\n── {name}")
        start = time.perf_counter()
        code = work()
        self.stages.append((name, code, time.perf_counter() - start))

    def pytest(self, leg: str | None, database_url: str | None = None) -> int:
        """The tests of one leg."""
        environment = {key: value for key, value in os.environ.items() if key not in OWN}
        environment["CABINET_TALLY"] = str(self.tally)
        if leg:
            environment["CABINET_LEG"] = leg
        if database_url:
            environment["DATABASE_URL"] = database_url
        if self.strict:
            environment["CABINET_STRICT"] = "1"
        code = subprocess.run([*PYTEST, *self.arguments], check=False, env=environment).returncode
        # Arguments may pick tests of one leg only; that all legs together ran none is seen at the end.
        return 0 if code == NO_TESTS and self.arguments else code

    def on_postgres(self, binaries: Path) -> int:
        """The tests that touch the database, on a server of their own."""
        try:
            with postgres.cluster(binaries) as url:
                return self.pytest("postgres", url)
        except (RuntimeError, LookupError, subprocess.CalledProcessError) as error:
            say(str(error))
            return 1

    def close(self) -> int:
        """The table, the count, and the exit code."""
        say(f"\n{'stage':<24}seconds")
        for name, code, seconds in self.stages:
            say(f"{name:<24}{seconds:7.1f}{'  FAILED' if code else ''}")
        say(f"{'together':<24}{sum(seconds for _, _, seconds in self.stages):7.1f}\n")
        rows = [[int(part) for part in row.split()] for row in self.tally.read_text("ascii").splitlines()]
        passed, failed, skipped = (sum(column) for column in zip(*rows, strict=True)) if rows else (0, 0, 0)
        say(f"{passed} passed, {failed} failed, {skipped} skipped")
        if any(code for _, code, _ in self.stages):
            return 1
        return 0 if passed else NO_TESTS


def _install(packages: list[str]) -> int:
    say(" ".join(packages))
    said = debian.install(packages) if os.geteuid() == 0 else ""
    absent = debian.missing()
    if absent:
        say(f"{said}as root type: {debian.line(absent)}")
    return 1 if absent else 0


@contextmanager
def _stopped_by_signal() -> Iterator[None]:
    """A run that is asked to end still stops its server."""

    def leave(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def main(tier: str, arguments: list[str]) -> int:
    """Run the stages of a tier, ``test`` or ``prove``."""
    everything = "--all" in arguments
    arguments = [argument for argument in arguments if argument != "--all"]
    if tier == "prove":
        os.environ["CABINET_PROVE"] = "1"
    with tempfile.TemporaryDirectory() as folder, _stopped_by_signal():
        tally = Path(folder) / "tally"
        tally.touch()
        run = Run(tally, strict=everything or os.environ.get("CI") == "true", arguments=arguments)
        if everything and debian.missing():
            run.stage("apt-get install", lambda: _install(debian.missing()))
        if tier == "test" and not arguments:
            for name, command in CHECKS.items():
                run.stage(name, lambda command=command: subprocess.run(command, check=False).returncode)
        both = everything or tier == "prove"
        binaries = debian.postgres() if both else None
        run.stage("tests on SQLite", lambda: run.pytest("sqlite" if binaries else None))
        if binaries:
            run.stage("tests on PostgreSQL", lambda: run.on_postgres(binaries))
        elif both:
            say(f"\nno PostgreSQL: as root type: {debian.line([debian.SERVER])}")
        else:
            say("\nPostgreSQL was left out: sh run test --all takes it in")
        return run.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))

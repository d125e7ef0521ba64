"""The script ``run`` under Debian's sh, on machines that have only what the test gives them.

The machine is a folder of commands: a few of Debian's essential packages, and a Python, apt-get and uv that write down
how they are called.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.tree import ROOT

ESSENTIAL = ("sh", "cat", "chmod", "cksum", "cp", "dirname", "mkdir", "touch")
SHELL = shutil.which("dash") or "/bin/sh"
LINE = "apt-get update && apt-get install -y --no-install-recommends python3-venv"

PYTHON = """#!/bin/sh
case "$*" in
    *version_info*) exit 0 ;;
    -V) echo Python 3.11.2; exit ;;
    *'import ensurepip'*) test -e "$MACHINE/ensurepip"; exit ;;
esac
echo "python $*" >>"$MACHINE/calls"
case "$*" in
    *'-m venv'*) mkdir -p .venv/bin && cp "$0" .venv/bin/python && touch .venv/bin/pip ;;
    *'-m pip'*) test ! -e "$MACHINE/no-network" ;;
    *'app demo'*) test ! -e "$MACHINE/no-demo" ;;
esac
"""
APT = """#!/bin/sh
echo "apt-get $*" >>"$MACHINE/calls"
case "$*" in *install*) touch "$MACHINE/ensurepip" ;; esac
"""
UV = """#!/bin/sh
echo "uv $*" >>"$MACHINE/calls"
case "$*" in venv*) mkdir -p .venv/bin && cp "$MACHINE/python3" .venv/bin/python ;; esac
"""


class Machine:
    """A checkout, and a PATH of its own."""

    def __init__(self, folder: Path, *, user: int = 1000) -> None:
        self.house = folder / "house"
        self.path = folder / "path"
        self.house.mkdir()
        self.path.mkdir()
        for name in ("run", "requirements.txt", "requirements-dev.txt"):
            shutil.copyfile(ROOT / name, self.house / name)
        for name in ESSENTIAL:
            (self.path / name).symlink_to(shutil.which(name) or "")
        self.command("id", f"#!/bin/sh\necho {user}\n")

    def command(self, name: str, text: str) -> None:
        (self.path / name).write_text(text, "ascii")
        (self.path / name).chmod(0o755)

    def have(self, name: str) -> None:
        (self.path / name).touch()

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": str(self.path), "MACHINE": str(self.path)}
        # By its path and from elsewhere: the script finds its own folder.
        command = [SHELL, self.house / "run", *arguments]
        return subprocess.run(
            command, env=environment, cwd=self.path, capture_output=True, text=True, check=False, timeout=20
        )

    def calls(self) -> list[str]:
        """How the commands were called since last asked."""
        path = self.path / "calls"
        lines = path.read_text("ascii").splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return lines


def _refused(answer: subprocess.CompletedProcess[str]) -> str:
    assert answer.returncode == 1
    assert answer.stdout == ""
    (line,) = answer.stderr.splitlines()
    return line


def test_without_a_python_it_prints_the_one_line(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    assert "apt-get install -y python3-venv" in _refused(machine.run())
    assert not (machine.house / ".venv").exists()


def test_a_python_too_old_is_none(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.command("python3", "#!/bin/sh\nexit 1\n")
    assert "3.11" in _refused(machine.run())


@pytest.mark.parametrize("user", [0, 1000])
def test_without_ensurepip_it_prints_the_one_line_where_it_may_not_or_cannot_install(tmp_path: Path, user: int) -> None:
    machine = Machine(tmp_path, user=user)
    machine.command("python3", PYTHON)
    if user:
        machine.command("apt-get", APT)
    assert _refused(machine.run("test")).endswith(LINE)
    assert machine.calls() == []


def test_as_root_it_installs_then_sets_up_makes_the_demo_and_serves(tmp_path: Path) -> None:
    machine = Machine(tmp_path, user=0)
    machine.command("python3", PYTHON)
    machine.command("apt-get", APT)
    answer = machine.run("--port", "5001")
    assert answer.returncode == 0, answer.stderr
    assert machine.calls() == [
        "apt-get -qq update",
        "apt-get -qq install -y --no-install-recommends python3-venv",
        "python -m venv --clear .venv",
        "python -m pip install -q --disable-pip-version-check --use-pep517 --require-hashes -r requirements.txt",
        "python -m flask --app app demo",
        "python app.py --port 5001",
    ]


@pytest.fixture
def ready(tmp_path: Path) -> Machine:
    """A machine whose environment is made."""
    machine = Machine(tmp_path)
    machine.command("python3", PYTHON)
    machine.have("ensurepip")
    assert machine.run("--once").returncode == 0
    assert machine.calls()[-1] == "python -m flask --app app demo"
    return machine


def test_the_second_time_nothing_is_installed(ready: Machine) -> None:
    ready.run("--once")
    assert ready.calls() == ["python -m flask --app app demo"]


def test_a_changed_file_is_installed_anew(ready: Machine) -> None:
    with (ready.house / "requirements.txt").open("a", encoding="ascii") as file:
        file.write("# changed\n")
    ready.run("--once")
    assert [call for call in ready.calls() if " -m pip install " in call]


def test_the_larger_file_counts_for_the_smaller(ready: Machine) -> None:
    (ready.house / ".venv/requirements.txt.sum").unlink()
    ready.run("test", "--all", "-k", "a name")
    assert ready.calls()[0].split()[-1] == "requirements-dev.txt"
    ready.run("serve")
    assert ready.calls() == ["python -m flask --app app db upgrade", "python app.py"]


def test_what_follows_reaches_the_command_below(ready: Machine) -> None:
    (ready.house / ".venv/requirements-dev.txt.sum").write_bytes(b"")
    ready.run("test")
    ready.calls()
    for command in (["test", "--all", "-k", "a name"], ["prove"], ["bench", "write"]):
        ready.run(*command)
    assert ready.calls() == [
        "python -m tests.legs test --all -k a name",
        "python -m tests.legs prove",
        "python -m bench write",
    ]


def test_a_failed_installation_is_not_taken_for_done(ready: Machine) -> None:
    (ready.house / ".venv/requirements.txt.sum").unlink()
    ready.have("no-network")
    assert ready.run().returncode != 0
    assert [call for call in ready.calls() if "flask" in call or "app.py" in call] == []
    (ready.path / "no-network").unlink()
    ready.run("--once")
    assert len(ready.calls()) == 2


def test_a_refused_demo_does_not_serve(ready: Machine) -> None:
    ready.have("no-demo")
    assert ready.run().returncode != 0
    assert ready.calls() == ["python -m flask --app app demo"]


def test_a_folder_of_wheels_takes_the_place_of_the_network(ready: Machine) -> None:
    (ready.path / "wheels").mkdir()
    (ready.house / ".venv/requirements.txt.sum").unlink()
    assert ready.run("--offline", "wheels", "--once").returncode == 0
    install, demo = ready.calls()
    assert install.endswith(f"-r requirements.txt --no-index --find-links {ready.path}/wheels")
    assert demo == "python -m flask --app app demo"


@pytest.mark.parametrize("given", [["--offline"], ["--offline", "no-such-folder"]])
def test_an_absent_folder_of_wheels_is_refused(ready: Machine, given: list[str]) -> None:
    assert "--offline" in _refused(ready.run(*given))


def test_uv_is_used_where_there_is_one_and_writes_byte_code(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.command("python3", PYTHON)
    machine.command("uv", UV)
    assert machine.run("--once").returncode == 0
    made, installed, _ = machine.calls()
    assert made == "uv venv -q --clear --python python3 .venv"
    assert {"--compile-bytecode", "--require-hashes"} <= set(installed.split())


def test_help_needs_nothing(tmp_path: Path) -> None:
    answer = Machine(tmp_path).run("help")
    assert answer.returncode == 0
    for command in ("serve", "test", "prove", "bench"):
        assert f"sh run {command}" in answer.stdout


def test_it_stays_short_and_names_no_machine_of_ours() -> None:
    text = (ROOT / "run").read_text("utf-8")
    assert len(text.splitlines()) <= 100
    assert "://" not in text
    assert os.access(ROOT / "run", os.X_OK)

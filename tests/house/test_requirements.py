"""What is installed is what pyproject.toml asks for: pinned, hashed, from wherever this machine gets its packages."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOT

FILES = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(
    r"^(?P<name>[a-z0-9][a-z0-9._-]*)(\[[a-z0-9,-]+\])?==(?P<version>[\w.+!]+)( ; [^\\]+)? \\$", re.MULTILINE
)
DIRECT = "cabinet (pyproject.toml"


def _blocks(name: str) -> dict[str, str]:
    """Package → its lines, from the pin to the next one."""
    content = (ROOT / name).read_text("ascii")
    found = list(PIN.finditer(content))
    ends = [match.start() for match in found[1:]] + [len(content)]
    assert found, f"{name} pins nothing"
    assert found[0].start() == 0, f"{name} does not start with a pin"
    return {match["name"]: content[match.start() : end] for match, end in zip(found, ends, strict=True)}


def _version(block: str) -> str:
    match = PIN.match(block)
    assert match
    return match["version"]


def _asked(name: str) -> dict[str, Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lines = list(project["project"]["dependencies"])
    if name == "requirements-dev.txt":
        lines += project["dependency-groups"]["dev"]
    return {canonicalize_name(found.name): found for found in map(Requirement, lines)}


@pytest.mark.parametrize("name", FILES)
def test_what_pyproject_asks_for_is_pinned_and_nothing_else_came_from_it(name: str) -> None:
    blocks, asked = _blocks(name), _asked(name)
    direct = {package for package, block in blocks.items() if DIRECT in block}
    assert direct == set(asked)
    unfit = [package for package, found in asked.items() if not found.specifier.contains(_version(blocks[package]))]
    assert unfit == []


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_a_pin_with_its_hashes(name: str) -> None:
    for package, block in _blocks(name).items():
        _, *rest = block.splitlines()
        hashes = [line for line in rest if re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line)]
        comments = [line for line in rest if line.startswith("    #")]
        assert hashes, package
        assert len(hashes) + len(comments) == len(rest), package


@pytest.mark.parametrize("name", FILES)
def test_no_place_to_install_from_is_named(name: str) -> None:
    content = (ROOT / name).read_text("ascii")
    assert "://" not in content
    assert not re.search(r"^\s*--(?!hash)", content, re.MULTILINE)


def test_the_larger_file_holds_the_same_pins_as_the_smaller() -> None:
    # `run` counts requirements.txt as installed once requirements-dev.txt is.
    small, large = (_blocks(name) for name in FILES)
    assert {package: _version(block) for package, block in small.items()} == {
        package: _version(large[package]) for package in small
    }

"""What others wrote and we ship is listed with its version and licence, byte for byte as it was taken."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.house.tree import ROOT, files

VENDOR = Path("static/vendor")
LICENCES = ".LICENSE"
"""The licence texts that lie beside what they are of: ``htmx.LICENSE``."""


def _manifest() -> dict[str, tuple[str, str, str, str]]:
    """File → name, version, licence, SHA-256."""
    listed = {}
    for line in (ROOT / VENDOR / "manifest.txt").read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            name, version, licence, digest, file = line.split()
            listed[file] = (name, version, licence, digest)
    return listed


def test_every_vendored_file_is_the_one_that_is_listed() -> None:
    there = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256((ROOT / path).read_bytes()).hexdigest()
        for path in files()
        if VENDOR in path.parents and path.name != "manifest.txt" and path.suffix != LICENCES
    }
    assert there == {file: digest for file, (_, _, _, digest) in _manifest().items()}


def test_every_vendored_file_has_a_version_and_the_text_of_its_licence() -> None:
    texts = [path.stem for path in files() if VENDOR in path.parents and path.suffix == LICENCES]
    for file, (_, version, licence, _) in _manifest().items():
        assert version[0].isdigit(), file
        assert licence, file
        assert any(Path(file).name.startswith(stem) for stem in texts), file

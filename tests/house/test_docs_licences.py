"""docs/licences.md says what the pinned packages say of themselves.

After a change of the pins: ``CABINET_UPDATE_DOCS=1 pytest tests/house/test_docs_licences.py``.
"""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, files, metadata

import pytest

from tests.house.blocks import UPDATE, blocks, page, table, written
from tests.house.tree import ROOT

PAGE = "docs/licences.md"
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^\]]*\])?==", re.MULTILINE)
ASKS_MORE = re.compile(r"GPL|MPL|Mozilla|Lesser", re.IGNORECASE)


def pinned(file: str) -> set[str]:
    return set(PIN.findall((ROOT / file).read_text("ascii")))


def licence(name: str) -> str | None:
    """What an installed package says: an expression, else its classifiers, else a short text. None: not installed."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return None
    classified = [each.rpartition(" :: ")[2] for each in said.get_all("Classifier", []) if each.startswith("License")]
    text = said.get("License", "")
    short = text if len(text) < 50 else ""
    return said.get("License-Expression") or ", ".join(classified) or short or _first_line(name)


def _first_line(name: str) -> str:
    """Where the metadata is silent: the heading of the licence that lies beside it."""
    found = [file for file in files(name) or () if file.name.upper().startswith(("LICENSE", "LICENCE", "COPYING"))]
    return found[0].read_text("utf-8").strip().splitlines()[0].strip() if found else ""


def told(file: str) -> dict[str, str]:
    rows = (line.split(" | ") for line in blocks(PAGE)[file].splitlines() if line.startswith("| "))
    return {cells[0].strip("| "): cells[1].strip("| ") for cells in rows if cells[0] not in {"| package", "| ---"}}


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_installed_package_is_told_as_it_is(file) -> None:
    names = pinned(file) - (pinned("requirements.txt") if file != "requirements.txt" else set())
    installed = {name: said for name in sorted(names) if (said := licence(name)) is not None}
    if UPDATE:
        written(PAGE, file, "\n" + table(("package", "licence"), installed.items()))
    rows = told(file)
    assert {name: rows.get(name) for name in installed} == installed
    assert all(installed.values())
    assert set(rows) <= names  # a package for another system or Python may be told, one that is not pinned may not


def test_what_asks_for_more_is_named_in_words() -> None:
    words = page(PAGE).partition("## Packages")[0]
    asking = [
        name
        for file in ("requirements.txt", "requirements-dev.txt")
        for name, said in told(file).items()
        if ASKS_MORE.search(said) and "Artistic" not in said
    ]
    assert asking
    assert [name for name in asking if name not in words] == []

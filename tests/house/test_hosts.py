"""The house names no place to fetch packages from, and its pages fetch nothing from anyone else."""

from __future__ import annotations

import re

from tests.house.tree import files, text

REGISTRIES = re.compile(
    r"(?:pypi|pythonhosted|npmjs|yarnpkg|jsdelivr|unpkg|cdnjs|deb\.debian|security\.debian)\.(?:org|com|net)",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"(?:https?:|url\(\s*['\"]?|(?:src|href|action|srcset)\s*=\s*['\"]|@import\s+['\"])//[^\s'\")>]*")
NAMESPACE = "http://www.w3.org/"
"""The one address that is a name and is never fetched: an XML namespace."""


def test_no_file_names_a_registry() -> None:
    named = [str(path) for path in files() if REGISTRIES.search(text(path) or "")]
    assert named == []


def test_no_page_refers_to_another_host() -> None:
    abroad = []
    for path in files():
        if path.parts[0] not in {"templates", "static"} or "vendor" in path.parts:
            continue
        found = [match[0] for match in ADDRESS.finditer(text(path) or "")]
        abroad += [f"{path}: {address}" for address in found if not address.startswith(NAMESPACE)]
    assert abroad == []

"""Every link and picture of every page leads to a file, and to a heading of it where it names one."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from tests.house.tree import ROOT, files, text

PAGES = [path for path in files() if path.suffix == ".md"]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
CODE = re.compile(r"```.*?```|`[^`\n]*`|^(?: {4}|\t)[^\n]*$", re.DOTALL | re.MULTILINE)
LARGEST_PICTURE = 150 * 1024
PICTURES = Path("docs/pictures")


def links(path: Path) -> list[str]:
    return ["".join(found) for found in LINK.findall(CODE.sub("", text(path) or ""))]


def anchors(path: Path) -> set[str]:
    """What GitHub and others make of headings."""
    found = re.findall(r"^#+ (.+)$", text(path) or "", re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


def test_links_lead_somewhere() -> None:
    wrong, count = [], 0
    for path in PAGES:
        for link in links(path):
            if re.match(r"[a-z]+:", link):
                continue
            count += 1
            target, _, heading = unquote(link).partition("#")
            file = (ROOT / path.parent / target).resolve() if target else ROOT / path
            if not file.exists() or (heading and heading not in anchors(file.relative_to(ROOT))):
                wrong.append(f"{path}: {link}")
    assert wrong == []
    assert count > 50


def test_every_page_is_reached_from_the_first() -> None:
    seen, waiting = set(), [Path("README.md")]
    while waiting:
        path = waiting.pop()
        if path in seen or path.suffix != ".md":
            continue
        seen.add(path)
        for link in links(path):
            target = (ROOT / path.parent / link.partition("#")[0]).resolve()
            if target.is_file() and target.is_relative_to(ROOT):
                waiting.append(target.relative_to(ROOT))
    assert [str(path) for path in PAGES if path.parts[0] == "docs" and path not in seen] == []


def test_pictures_are_small_and_shown() -> None:
    pictures = {path for path in files() if path.is_relative_to(PICTURES)}
    shown = {PICTURES / Path(link).name for link in links(Path("README.md")) if link.startswith(f"{PICTURES}/")}
    assert pictures == shown
    assert [str(path) for path in pictures if (ROOT / path).stat().st_size > LARGEST_PICTURE] == []


def test_the_list_of_pictures_is_what_lies_there() -> None:
    source = (ROOT / "tests" / "browser" / "pictures.py").read_text("utf-8")
    named = set(re.findall(r'Picture\("([\w-]+)"', source)) | {"cms1500"}
    assert {path.stem for path in files() if path.is_relative_to(PICTURES)} == named

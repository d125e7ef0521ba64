"""One idea, one file (law 8), and who may know whom (law 10)."""

from __future__ import annotations

import ast
from statistics import median

from tests.house.tree import PACKAGES, ROOT, files, modules

LONGEST = 400
MEDIAN = 160
CATCH_ALL = frozenset({"common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"})


def _lines(folders: tuple[str, ...]) -> dict[str, int]:
    return {str(path): len((ROOT / path).read_bytes().splitlines()) for path in modules(*folders)}


def test_no_module_holds_two_ideas() -> None:
    lines = _lines((*PACKAGES, "app.py", "bench", "tests"))
    assert {path: count for path, count in lines.items() if count > LONGEST} == {}


def test_the_median_module_is_short() -> None:
    counts = [count for path, count in _lines(PACKAGES).items() if not path.endswith("__init__.py")]
    assert median(counts) <= MEDIAN


def test_no_file_is_named_for_holding_anything() -> None:
    named = [str(path) for path in files() if CATCH_ALL & {path.stem, *path.parent.parts}]
    assert named == []


def test_every_folder_of_modules_is_a_package() -> None:
    # import-linter and mypy pass over a folder without its __init__.py.
    folders = {path.parent for path in modules(*PACKAGES)}
    assert [str(folder) for folder in sorted(folders) if not (ROOT / folder / "__init__.py").exists()] == []


def test_no_package_knows_the_app() -> None:
    # import-linter takes packages, and app.py is a module.
    knows = []
    for path in modules(*PACKAGES):
        for node in ast.walk(ast.parse((ROOT / path).read_bytes())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            if {name.split(".")[0] for name in names} & {"app", "tests", "bench"}:
                knows.append(f"{path}:{node.lineno}")
    assert knows == []

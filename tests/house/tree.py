"""The files of the house, as they stand in the repository. A minimal machine has no git to ask."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

NOT_OURS = frozenset(
    {".git", ".venv", "__pycache__", "instance", "out", "test-results", ".cache", ".hypothesis"}
    | {".pytest_cache", ".mypy_cache", ".ruff_cache", ".import_linter_cache"}
)
"""The folders of .gitignore."""

PACKAGES = ("clinic", "lab", "billing")


def _walk(folder: Path) -> Iterator[Path]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in NOT_OURS:
                yield from _walk(Path(entry.path))
        elif not entry.name.endswith((".pyc", ".mo")):
            yield Path(entry.path)


@cache
def files() -> tuple[Path, ...]:
    """Every file, by path below the root."""
    return tuple(path.relative_to(ROOT) for path in _walk(ROOT))


def text(path: Path) -> str | None:
    """Its text, or None where it is not text."""
    try:
        return (ROOT / path).read_text("utf-8")
    except UnicodeDecodeError:
        return None


def modules(*folders: str) -> list[Path]:
    """The Python files below these folders of the root."""
    return [path for path in files() if path.suffix == ".py" and path.parts[0] in folders]

"""What the suite needs besides Python: a browser, a database server, a second PDF reader, by Debian's names."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

SERVER = "postgresql"
POPPLER = "poppler-utils"

FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


def chromium() -> str | None:
    """The browser's path: ``CABINET_CHROMIUM`` where it is set, else Debian's."""
    return os.environ.get("CABINET_CHROMIUM") or shutil.which("chromium")


def _has_letters() -> bool:
    """Without a font a browser measures every word as nothing."""
    return any(files for folder in FONTS for _, _, files in os.walk(Path(folder).expanduser()))


def _has_atomic() -> bool:
    """The library that Playwright's own driver is linked to and does not bring."""
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return False
    return True


@cache
def _browser_without() -> tuple[str, ...]:
    wanted = {"fonts-liberation": _has_letters(), "libatomic1": _has_atomic()}
    return tuple(package for package, there in wanted.items() if not there)


def browser_lacks() -> list[str]:
    """The packages without which no browser test can run here."""
    return [*(() if chromium() else ("chromium",)), *_browser_without()]


def postgres() -> Path | None:
    """The folder of ``initdb`` and ``postgres``, which Debian keeps off PATH, one a version: the latest."""
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    found = str(kept[-1]) if kept else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def poppler() -> str | None:
    """The program that renders PDF as poppler does."""
    return shutil.which("pdftoppm")


def missing() -> list[str]:
    """The packages that some test lacks."""
    return [*browser_lacks(), *(() if postgres() else (SERVER,)), *(() if poppler() else (POPPLER,))]


def line(packages: list[str]) -> str:
    """What a person types to have them."""
    return f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"


def install(packages: list[str]) -> str:
    """Have Debian install them, and give what it said. Only root may; nobody's rights are raised here."""
    # A machine may list sources that do not answer; the ones that do are enough, and install says if they are not.
    _browser_without.cache_clear()
    said = ""
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        said += subprocess.run(
            ["apt-get", "-qq", *command],
            check=False,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        ).stdout
    return said

"""The pictures of README.md: ``python -m tests.browser.pictures`` makes the demo, serves it and takes them anew.

They go to docs/pictures/, as PNG of 256 colours. The page of paper is drawn by ``pdftoppm`` (poppler-utils).
"""

from __future__ import annotations

import argparse
import io
import logging
import os
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from app import create_app
from billing.cli.demo import DAY
from clinic.services.clock import SETTING
from tests.browser.serving import LAUNCH, served

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "docs" / "pictures"
COLOURS = 256
PAPER = "10003-claim.pdf"
LATER = timedelta(hours=2)
"""How long after the demo's day the pictures are taken, so that ages on them do not grow with the calendar."""


class Picture(NamedTuple):
    """Who looks at what, and how."""

    name: str
    user: str
    path: str
    width: int = 1440
    height: int = 900
    theme: str = "light"
    language: str = "en-US"
    scan: str = ""
    """What is scanned at the bench before it is looked at."""
    later: timedelta = LATER


AT_WORK = timedelta(minutes=2)
"""The bench is looked at while its morning runs: two hours on, all would be late."""

PICTURES = (
    Picture("today", "priya", "/"),
    Picture("to-code", "ines", "/claims/to-code", height=560),
    Picture("coding", "ines", "/claims/26/code"),
    Picture("coding-dark", "ines", "/claims/26/code", theme="dark"),
    Picture("sign", "anand", "/claims/18"),
    Picture("claim", "ines", "/claims/3"),
    Picture("mapping", "ines", "/house/mappings?kind=act", height=420),
    Picture("to-mail", "ines", "/submissions/2", height=560),
    Picture("patient", "ines", "/patients/4"),
    Picture("edits", "priya", "/house/edits"),
    Picture("order", "anand", "/lab/orders/13", height=760),
    Picture("tube-plan", "tom", "/lab/orders/17/tubes", height=520),
    Picture("bench", "tom", "/lab/bench", scan="C000025", later=AT_WORK, height=760),
    Picture("package", "tom", "/lab/packages/P000011", height=760),
    Picture("container", "tom", "/lab/containers/C000017", height=560),
    Picture("bench-narrow", "tom", "/lab/bench", width=390, height=844, theme="dark", scan="C000032", later=AT_WORK),
    Picture("today-narrow", "ines", "/", width=390, height=844),
    Picture("coding-narrow", "ines", "/claims/26/code", width=390, height=844),
    Picture("coding-french", "ines", "/claims/26/code", language="fr-FR"),
)


def keep(picture: bytes, name: str, folder: Path) -> None:
    """Write a picture in few colours: text on flat grounds loses nothing that is seen, a cap keeps its own colour."""
    drawn = Image.open(io.BytesIO(picture)).convert("RGB")
    few = drawn.quantize(palette=_palette(drawn), dither=Image.Dither.NONE)
    path = folder / f"{name}.png"
    few.save(path, optimize=True)
    sys.stdout.write(f"{path.name:<20} {drawn.width} x {drawn.height}  {path.stat().st_size // 1024} kB\n")


def _palette(drawn: Image.Image) -> Image.Image:
    """The colours that are there most."""
    counted = sorted(drawn.getcolors(drawn.width * drawn.height), reverse=True)
    found = Image.new("P", (1, 1))
    found.putpalette([part for _, colour in counted[:COLOURS] for part in colour])
    return found


def make_demo(instance: Path, out: Path) -> str:
    """The demo in a folder of its own, by its own command; gives the pass phrase it prints."""
    said = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", "demo", "--out", str(out)],
        cwd=ROOT,
        env=os.environ | {"CABINET_INSTANCE": str(instance), "DATABASE_URL": ""},
        check=True,
        text=True,
        stdout=subprocess.PIPE,
    ).stdout
    return said.rstrip().rpartition(" ")[2]


def look(browser: Browser, address: str, phrase: str, picture: Picture) -> bytes:
    """One screen as one of the demo's people sees it."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        is_mobile=picture.width < 500,
        has_touch=picture.width < 500,
        color_scheme=picture.theme,
        locale=picture.language,
    )
    page = context.new_page()
    page.goto(f"{address}/login")
    page.locator('[name="username"]').fill(picture.user)  # by name: the labels are in the picture's language
    page.locator('[name="password"]').fill(phrase)
    page.locator("form [data-main]").click()
    page.wait_for_url(lambda url: "/login" not in url)
    page.goto(address + picture.path, wait_until="networkidle")
    if picture.scan:
        page.locator("#scan").fill(picture.scan)
        page.keyboard.press("Enter")
        page.locator("#hand .held").wait_for()
        page.evaluate("scrollTo(0, 0)")
    drawn = page.screenshot()
    context.close()
    return drawn


def paper(file: Path) -> bytes:
    """The first page of a document, at 90 dots an inch."""
    command = ["pdftoppm", "-png", "-r", "90", "-f", "1", "-l", "1", "-singlefile", str(file)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def main() -> None:
    """Read the command line and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="*", help="only these")
    parser.add_argument("--out", type=Path, default=OUT)
    wanted = parser.parse_args()
    wanted.out.mkdir(parents=True, exist_ok=True)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        instance, out = Path(folder) / "instance", Path(folder) / "out"
        phrase = make_demo(instance, out)
        if not wanted.name or "cms1500" in wanted.name:
            keep(paper(out / PAPER), "cms1500", wanted.out)
        browser = playwright.chromium.launch(**LAUNCH)
        clock = {"later": LATER}
        with served(create_app(instance, **{SETTING: lambda: DAY + clock["later"]})) as address:
            for picture in PICTURES:
                if not wanted.name or picture.name in wanted.name:
                    clock["later"] = picture.later
                    keep(look(browser, address, phrase, picture), picture.name, wanted.out)
        browser.close()


if __name__ == "__main__":
    main()

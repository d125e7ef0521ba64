"""Pictures of screens, to look at.

``python -m tests.browser.shots [PATH …] [--width N …] [--at ADDRESS --user U --password P]``

Without an address it serves a small invented practice of its own. Pictures go to test-results/shots/, which a run of
pytest empties.
"""

from __future__ import annotations

import argparse
import itertools
import logging
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from app import create_app
from clinic import queues
from clinic.base import db
from clinic.queues import Queue, QueueState
from clinic.services import clock
from tests.browser.serving import LAUNCH, enter, served
from tests.fixtures.people import PASSWORD, make_patient, make_practice, make_visit

OUT = Path("test-results/shots")
PATHS = ("/login", "/", "/me", "/change", "/house/policy", "/house/parts", "/no/such/page")
WIDTHS = {390: (844, True), 1024: (768, True), 1440: (900, False), 1920: (1080, False)}
SAMPLES = (
    ("to_code", "To code", "Code", "billing", 14, 52, 1, (8, 5, 1)),
    ("to_send", "Ready to send", "Send", "billing", 22, 5, 0, (22, 0, 0)),
    ("denied", "Denials", "Deny", "billing", 11, 552, 7, (1, 3, 7)),
    ("to_sign", "To sign", "Sign", "care", 4, 49, 1, (3, 1, 0)),
    ("asked", "Asked of me", "Asked", "care", 0, 0, 0, (0, 0, 0)),
)


def declare_samples() -> None:
    """Queues with numbers of our own, for looking at Today before any real ones have rows."""

    def count(_actor: object) -> dict[str, QueueState]:
        now = clock.now()
        return {
            name: QueueState(n, now - timedelta(hours=hours) if n else None, late, ages)
            for name, _words, _short, _group, n, hours, late, ages in SAMPLES
        }

    queues.declare(
        *(
            Queue(
                f"sample_{name}",
                words,
                short,
                "today.read",
                "me.show",
                lambda actor, name=name: count(actor)[name],
                timedelta(hours=50),
                group,
            )
            for name, words, short, group, *_rest in SAMPLES
        )
    )


@contextmanager
def own_house(*, samples: bool) -> Iterator[str]:
    """A practice of one place, five people and three visits, served."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Path(folder), SECURITY_PASSWORD_HASH="plaintext", SECURITY_PASSWORD_SCHEMES=["plaintext"])
        if samples:
            declare_samples()
        with app.app_context():
            db.create_all()
            practice = make_practice("Northlake Family Practice", "northlake")
            for last, first in (("Calloway", "Beatrix"), ("Osei", "Marvin"), ("Moreau", "Théa")):
                make_visit(practice, make_patient(practice, last, first))
            db.session.remove()
        with served(app) as address:
            yield address


def take(browser: Browser, address: str, wanted: argparse.Namespace) -> None:
    """One picture a path, width and theme."""
    for width, theme in itertools.product(wanted.width, wanted.theme):
        height, touch = WIDTHS[width]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            has_touch=touch,
            is_mobile=width == 390,
            color_scheme=theme,
            locale=wanted.locale,
        )
        page = context.new_page()
        page.on(
            "console",
            lambda said: sys.stdout.write(f"  console: {said.text}\n") if said.type in {"error", "warning"} else None,
        )
        if "/login" in wanted.path:
            page.goto(f"{address}/login")
            page.screenshot(path=wanted.out / f"login-{width}-{theme}.png")
        enter(page, address, wanted.user, wanted.password)
        for path in wanted.path:
            if path == "/login":
                continue
            page.goto(address + path)
            name = path.strip("/").replace("/", "_").replace("?", "-") or "today"
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            page.screenshot(path=wanted.out / f"{name}-{width}-{theme}.png", full_page=wanted.full)
            sys.stdout.write(f"{name}-{width}-{theme}{f'  is {wide} px too wide' if wide > 0 else ''}\n")
        context.close()


def main() -> None:
    """Read the command line and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", nargs="*", default=list(PATHS))
    parser.add_argument("--width", type=int, nargs="*", default=[390, 1024, 1440])
    parser.add_argument("--theme", nargs="*", default=["light", "dark"])
    parser.add_argument("--locale", default="en-US")
    parser.add_argument("--full", action="store_true", help="the whole page, not only the window")
    parser.add_argument("--samples", action="store_true", help="show sample queues")
    parser.add_argument("--at", help="address of a house that is already served")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--user", default="northlake-administrator")
    parser.add_argument("--password", default=PASSWORD)
    wanted = parser.parse_args()
    wanted.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**LAUNCH)
        if wanted.at:
            take(browser, wanted.at.rstrip("/"), wanted)
        else:
            with own_house(samples=wanted.samples) as address:
                take(browser, address, wanted)
        browser.close()


if __name__ == "__main__":
    main()

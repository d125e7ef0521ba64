"""A real server on a free port, and the way in, for tests and pictures."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.serving import make_server
from werkzeug.wsgi import ClosingIterator

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

CHROMIUM = "/usr/bin/chromium"
LAUNCH = {
    "executable_path": CHROMIUM,
    "args": ["--no-sandbox", "--disable-dev-shm-usage", "--force-color-profile=srgb"],
}


class Door:
    """Counts who is inside, so that nobody is when the house is handed on."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.inside = 0
        self.shut = False
        self.changed = threading.Condition()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with self.changed:
            if self.shut:
                start_response("503 Service Unavailable", [])
                return []
            self.inside += 1
        try:
            with closing(ClosingIterator(self.app(environ, start_response))) as answer:
                return list(answer)  # whole: sending it may take as long as the browser likes
        finally:
            with self.changed:
                self.inside -= 1
                self.changed.notify_all()

    def close(self) -> None:
        """Let nobody in, and wait for those inside."""
        with self.changed:
            self.shut = True
            assert self.changed.wait_for(lambda: not self.inside, timeout=30), "somebody is still being served"


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of the application while it is served by threads of this process."""
    door = Door(app)
    server = make_server("127.0.0.1", 0, door, threaded=True)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        door.close()
        server.server_close()


def enter(page, address: str, username: str, password: str) -> None:
    """Log in through the real form."""
    page.goto(f"{address}/login")
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password").fill(password)
    page.locator("form [data-main]").click()
    page.wait_for_url(lambda url: "/login" not in url)

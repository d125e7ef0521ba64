"""Words out of HTML and out of attachments."""

from __future__ import annotations

import base64
import binascii
import re
from html.parser import HTMLParser
from typing import Final

from clinic.fhir.node import Node

MAX_BYTES: Final = 1_000_000
"""A longer text is no note a person wrote; it is kept as it came."""

_BLOCKS = frozenset({"p", "div", "br", "li", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "hr"})
_SILENT = frozenset({"script", "style", "head", "title"})
_CHARSET = re.compile(r"charset\s*=\s*\"?([A-Za-z0-9_.:-]+)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _SILENT:
            self.silent += 1
        elif tag in _BLOCKS:
            self.found.append("\n")
        elif tag in ("td", "th"):
            self.found.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _BLOCKS:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data.replace("\n", " ") if data.strip() else " ")


def of_html(html: str) -> str:
    """The words of an HTML text, a line a block, "" where it has none."""
    reader = _Words()
    reader.feed(html[:MAX_BYTES])
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.found).split("\n")]
    return "\n".join(line for line in lines if line)


def of_attachment(attachment: Node) -> str | None:
    """The words of an Attachment that carries its own text, plain or HTML.

    None where it is of another kind (a PDF, a picture), too long, or only names a place to fetch it from.

    Raises:
        Refused: an element has the wrong shape.
    """
    kind = (attachment.text_at("contentType") or "").lower()
    data = attachment.get("data")
    if data is None or not kind.startswith(("text/plain", "text/html", "application/xhtml+xml")):
        return None
    charset = _CHARSET.search(kind)
    try:
        raw = base64.b64decode("".join(data.text().split()), validate=True)
        if len(raw) > MAX_BYTES:
            return None
        text = raw.decode(charset[1] if charset else "utf-8")
    except (binascii.Error, ValueError, LookupError):
        return None
    words = text if kind.startswith("text/plain") else of_html(text)
    return _CONTROL.sub("", words.replace("\r\n", "\n")).strip() or None

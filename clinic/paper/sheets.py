"""A PDF file of letter sheets, or of labels: one font, one resource dictionary, one background, any number of pages.

reportlab does the font, the catalogue and the cross-reference table; each sheet is two objects of our own, because
its page object formats a dozen dictionaries a page and packs content in ASCII85.
"""

from __future__ import annotations

import threading
import zlib
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject, PDFResourceDictionary
from reportlab.pdfgen.canvas import Canvas

from clinic.paper.font import NAME, typeface
from clinic.paper.grid import PAGE_HEIGHT, PAGE_WIDTH

# ASCII85 was for seven-bit mail; it costs a quarter of the bytes. The setting is reportlab's, for the whole process.
rl_config.useA85 = 0

_LEVEL = 1
"""Flate level: 6 takes nearly twice the time for 6 % of the bytes."""

_SAVING = threading.Lock()
"""reportlab cuts a font down with a file position kept in the one typeface, so files are closed one at a time."""

_SHEET = b"<< /Type /Page /Parent %b /MediaBox [ 0 0 %b ] /Resources %b /Contents %b >>"
_CONTENT = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream"


_SETTINGS: dict[str, Any] = {
    "pageCompression": 1,
    "invariant": 1,  # no clock, no random identifier
    "initialFontName": NAME,  # else an unembedded Helvetica stands in every file
}


class _Written(PDFObject):
    """A top-level object whose bytes are ready."""

    __RefOnly__ = 1  # reportlab's word for: never inline

    def __init__(self, written: bytes) -> None:
        self.written = written

    def format(self, document: PDFDocument) -> bytes:  # noqa: ARG002  reportlab's signature
        return self.written


class _Resources(PDFResourceDictionary):
    """One dictionary that all sheets point at."""

    __RefOnly__ = 1


class Sheets:
    """One file in the making. The same calls make the same bytes, on every run.

    Printers are told neither to scale nor to turn: shrunk by the usual 3 %, every box would be off.
    """

    def __init__(self, title: str, lang: str, size: tuple[float, float] = (PAGE_WIDTH, PAGE_HEIGHT)) -> None:
        """``title`` and ``lang`` are read by viewers and screen readers; no patient's name belongs there.

        ``size`` is the page's width and height in points.
        """
        self._letters = typeface()
        self._file = BytesIO()
        self.canvas = Canvas(self._file, lang=lang, pagesize=size, **_SETTINGS)
        """For drawing with reportlab's own calls; ``canvas.showPage()`` ends such a page."""
        self.canvas.setTitle(title)
        self.canvas.setCreator("Cabinet")
        self.canvas.setAuthor("")
        self.canvas.setSubject("")
        for preference, value in (("PrintScaling", "None"), ("Duplex", "Simplex"), ("DisplayDocTitle", "true")):
            self.canvas.setViewerPreference(preference, value)
        self._document: Any = self.canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001  the way to objects of our own
        self.font = self._letters.getSubsetInternalName(0, self._document)
        """The resource name under which page content finds Liberation Mono; ASCII stands for itself in it."""
        self._size = " ".join(f"{length:.4f}".rstrip("0").rstrip(".") for length in size).encode("ascii")
        self._background: str | None = None
        self._shared: tuple[bytes, bytes] | None = None

    def begin_background(self) -> None:
        """What is drawn on ``canvas`` from here to ``end_background`` is kept once and lies under every sheet."""
        self.canvas.beginForm("Background")

    def end_background(self) -> None:
        """See ``begin_background``. Comes before the first sheet."""
        self.canvas.endForm()
        self._background = "Background"

    def add(self, content: str) -> None:
        """One more sheet: PDF operators in ASCII that use ``font``."""
        document = self._document
        if self._shared is None:
            self._shared = self._share()
        if self._background is not None:
            content = f"q /{document.getXObjectName(self._background)} Do Q\n{content}"
        packed = zlib.compress(content.encode("ascii"), _LEVEL)
        document.updateSignature(packed)
        tree, resources = self._shared
        content_of_page = self._refer(_Written(_CONTENT % (len(packed), packed)))
        document.addPage(_Written(_SHEET % (tree, self._size, resources, content_of_page)))

    def spell(self, text: str) -> list[tuple[str, bytes]]:
        """Any text in the typeface: pieces, each with the resource name of its font and its bytes in that font."""
        pieces = self._letters.splitString(text, self._document)
        return [(self._letters.getSubsetInternalName(subset, self._document), codes) for subset, codes in pieces]

    def finished(self) -> bytes:
        """The finished file. Nothing may be added afterwards."""
        with _SAVING:
            self.canvas.save()
        return self._file.getvalue()

    def _share(self) -> tuple[bytes, bytes]:
        """What every sheet points at: the page tree and the resources."""
        resources: Any = _Resources()
        resources.basicFonts()
        if self._background is not None:
            resources.XObject = self._document.xobjDict([self._background])
        return self._refer(self._document.Pages), self._refer(resources)

    def _refer(self, thing: PDFObject) -> bytes:
        reference: bytes = self._document.Reference(thing).format(self._document)
        return reference

"""Labels for tests, and the readers that look at them: poppler, pdfium and a scanner."""

from __future__ import annotations

import subprocess
from datetime import date, datetime, timedelta, timezone
from io import BytesIO

import pypdfium2
import zxingcpp
from msgspec.structs import replace
from PIL import Image

from lab.documents.label import FORMALIN, Label, heads
from lab.documents.stock import STOCKS

DENSITIES = (203, 300, 600)
SIZES = [(stock, dpi) for stock in STOCKS.values() for dpi in DENSITIES]
NAMES = [f"{stock.key}-{dpi}" for stock, dpi in SIZES]
WEST = timezone(timedelta(hours=-6))

PLAIN = Label(
    number="C000123",
    last="Łukasiewicz",
    first="Éléonore",
    birth=date(1984, 3, 7),
    sex="F",
    chart_number="0012345",
    specimen="Serum",
    site="left arm",
    collected=datetime(2026, 11, 24, 9, 5, tzinfo=WEST),
    initials="ti",
    storage="FRIDGE",
    use_by=datetime(2026, 11, 27, 9, 5, tzinfo=WEST),
    heads=heads(str),
)
ALIQUOT = replace(PLAIN, number="C000123-2", part=2, parts=3)
SENT = replace(PLAIN, account="88123", requisition="R000042")
JAR = replace(SENT, number="C000124", specimen="Tissue", site="#14 buccal", hazard=FORMALIN)
PLANNED = replace(PLAIN, number="C999999", collected=None, initials=None, use_by=None)
ALL = (PLAIN, ALIQUOT, SENT, JAR, PLANNED)


def poppler(pdf: bytes, dpi: int, *, mono: bool = True) -> list[Image.Image]:
    """Every page as poppler draws it, a pixel a dot."""
    command = ["pdftoppm", "-r", str(dpi), *(["-mono"] if mono else ["-gray"]), "-"]
    drawn = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
    pages, file = [], BytesIO(drawn)
    while file.tell() < len(drawn):
        kind, wide, high = _head(file)
        size = (wide + 7) // 8 * high if kind == b"P4" else wide * high
        body = file.read(size)
        if kind == b"P4":
            page = Image.frombytes("1", (wide, high), bytes(255 - byte for byte in body)).convert("L")
        else:
            page = Image.frombytes("L", (wide, high), body)
        pages.append(page)
    return pages


def _head(file: BytesIO) -> tuple[bytes, int, int]:
    kind = file.readline().strip()
    fields: list[bytes] = []
    while len(fields) < (2 if kind == b"P4" else 3):
        fields += file.readline().split()
    return kind, int(fields[0]), int(fields[1])


def pdfium(pdf: bytes, dpi: int) -> list[Image.Image]:
    """Every page as pdfium draws it, a pixel a dot, black or white."""
    pages = [page.render(scale=dpi / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(pdf)]
    return [page.point(lambda shade: 0 if shade < 128 else 255) for page in pages]


READERS = {"poppler": poppler, "pdfium": pdfium}


def scanned(picture: Image.Image) -> set[tuple[str, str]]:
    """What a scanner reads: the kinds of symbols and their texts."""
    return {(found.format.name, found.text) for found in zxingcpp.read_barcodes(picture.convert("L"))}


def area(boxes) -> tuple[int, int, int, int]:
    """The rectangle that holds all of a symbol, as pictures are cropped."""
    return (
        min(box.x for box in boxes),
        min(box.y for box in boxes),
        max(box.x + box.width for box in boxes),
        max(box.y + box.height for box in boxes),
    )

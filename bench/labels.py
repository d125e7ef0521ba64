"""Tube labels a second in one PDF, from Label values: our dots beside the way one writes it first.

Both start from the same labels, no two alike, draw the same texts, Code 128 and Data Matrix with Liberation Mono
embedded, and close the file. The first way is reportlab's own Code 128, a rectangle a dark module of the Data Matrix
(zxing-cpp encodes for both) and a ``drawString`` a line. Its bars are not on dots, so this is also counted: how many
labels decode at 203 dpi in pdfium, both symbols.

    python -m bench.labels [LABELS] [ROUNDS]
"""

from __future__ import annotations

import sys
import time
from io import BytesIO
from statistics import median

import pypdfium2
import zxingcpp
from msgspec.structs import replace
from reportlab.graphics.barcode.code128 import Code128
from reportlab.pdfgen.canvas import Canvas

from clinic.paper.font import NAME, typeface
from lab.documents.label import Label
from lab.documents.label_layout import PACE, lay_out
from lab.documents.label_pdf import labels_pdf
from lab.documents.stock import TUBE
from lab.documents.symbols import code_128, data_matrix
from lab.documents.zpl import zpl_file
from tests.lab.documents.labels import SENT

DPI = 203
DOT = 72 / DPI


def labels(count: int) -> list[Label]:
    return [
        replace(SENT, number=f"C{number:06d}", last=f"Calloway-{number}", chart_number=f"{number * 7:07d}")
        for number in range(count)
    ]


def by_dots(batch: list[Label]) -> bytes:
    return labels_pdf(lay_out(label, TUBE, DPI) for label in batch)


def as_zpl(batch: list[Label]) -> bytes:
    return zpl_file(lay_out(label, TUBE, DPI) for label in batch)


def by_hand(batch: list[Label]) -> bytes:
    typeface()
    file = BytesIO()
    canvas = Canvas(file, pagesize=(144, 72), pageCompression=1, invariant=1, initialFontName=NAME)
    for label in batch:
        laid = lay_out(label, TUBE, DPI)
        for put in laid.texts:
            canvas.setFont(NAME, put.pitch / PACE * DOT)
            canvas.drawString(put.x * DOT, 72 - put.baseline * DOT, put.text)
        top = min(box.y for box in laid.bars)
        bars = Code128(label.number, barWidth=2 * DOT, barHeight=laid.bars[0].height * DOT, quiet=False)
        bars.drawOn(canvas, laid.bars[0].x * DOT, 72 - (top + laid.bars[0].height) * DOT)
        left, high = min(box.x for box in laid.matrix), min(box.y for box in laid.matrix)
        symbol = zxingcpp.create_barcode(label.number, zxingcpp.BarcodeFormat.DataMatrix)
        seen = memoryview(symbol.to_image(scale=1, add_quiet_zones=False))
        module = (max(box.x + box.width for box in laid.matrix) - left) / seen.shape[1]
        for y in range(seen.shape[0]):
            for x in range(seen.shape[1]):
                if not seen[y, x]:
                    low = 72 - (high + (y + 1) * module) * DOT
                    canvas.rect((left + x * module) * DOT, low, module * DOT, module * DOT, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def decoded(pdf: bytes) -> int:
    """How many labels give both symbols."""
    good = 0
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=DPI / 72).to_pil().convert("L").point(lambda shade: 0 if shade < 128 else 255)
        good += len({found.format for found in zxingcpp.read_barcodes(picture)}) == 2
    return good


def main(count: int = 2000, rounds: int = 3) -> None:
    batch = labels(count)
    ways = {"whole dots, PDF": by_dots, "whole dots, ZPL": as_zpl, "reportlab, PDF": by_hand}
    took: dict[str, list[float]] = {name: [] for name in ways}
    size = {name: len(way(batch[:2])) for name, way in ways.items()}  # first use reads the font
    for _ in range(rounds):
        for name, way in ways.items():
            code_128.cache_clear()
            data_matrix.cache_clear()
            start = time.process_time()
            size[name] = len(way(batch))
            took[name].append(time.process_time() - start)
    print(f"Labels: {count} in one file, both symbols each; median of {rounds} interleaved rounds, CPU time")
    for name, seconds in took.items():
        print(f"  {name:16} {count / median(seconds):8,.0f} labels/s  {size[name] / count:7,.0f} bytes a label")
    sample = batch[:100]
    for name, way in (("whole dots, PDF", by_dots), ("reportlab, PDF", by_hand)):
        print(f"  {name:16} {decoded(way(sample))} of {len(sample)} decode at {DPI} dpi in pdfium, both symbols")
    ratio = median(took["reportlab, PDF"]) / median(took["whole dots, PDF"])
    print(f"  ratio {ratio:.1f} (target: at least 300 labels/s)")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

"""CMS-1500 pages a second from Claim objects: our one pattern a page beside one ``drawString`` a field.

Both start from the same claims, map them to boxes, check every width, embed Liberation Mono and close the file. The
field way is what one writes first with reportlab: twelve points fill the pitch of 7.2, so it needs no spacing. It gets
the same mapping, font and compression settings.

    python -m bench.cms1500 [CLAIMS] [ROUNDS]
"""

from __future__ import annotations

import sys
import time
from io import BytesIO
from statistics import median

from reportlab.pdfgen.canvas import Canvas

from billing.documents.cms1500 import overflows, pages, render
from billing.domain.professional import ProfessionalClaim
from clinic.domain.money import Money
from clinic.domain.person import PersonName
from clinic.paper.font import NAME, typeface
from clinic.paper.grid import GRID
from tests.billing.documents.claims_on_paper import act, changed, full


def claims(count: int) -> list[ProfessionalClaim]:
    """Claims of six full lines, no two alike."""
    base = full()
    made = []
    for number in range(count):
        acts = tuple(
            changed(act(place), charge=Money(1000 + 37 * number + place), part__description=f"KIT {number} {place}")
            for place in range(1, 7)
        )
        made.append(
            changed(
                base,
                number=f"C{number:06d}",
                patient__name=PersonName(f"CALLOWAY {number}", "BEATRIX", "M"),
                acts=acts,
                total=Money(sum(one.charge.cents for one in acts)),
            )
        )
    return made


def by_pattern(batch: list[ProfessionalClaim]) -> bytes:
    return render(map(pages, batch))


def by_field(batch: list[ProfessionalClaim]) -> bytes:
    typeface()
    file = BytesIO()
    canvas = Canvas(file, pagesize=(612, 792), pageCompression=1, invariant=1, initialFontName=NAME)
    for claim in batch:
        filled = pages(claim)
        if overflows(filled):
            raise SystemExit("a claim of this bench must fit")
        for page in filled:
            canvas.setFont(NAME, 12)
            for cell, text in page.filled():
                column = cell.end - len(text) if cell.right else cell.column
                canvas.drawString(GRID.left_of(column), GRID.baseline_of(cell.line), text)
            canvas.showPage()
    canvas.save()
    return file.getvalue()


def main(count: int = 300, rounds: int = 5) -> None:
    batch = claims(count)
    ways = {"one pattern a page": by_pattern, "drawString a field": by_field}
    took: dict[str, list[float]] = {name: [] for name in ways}
    size = {name: len(way(batch[:2])) for name, way in ways.items()}  # first use reads the font
    for _ in range(rounds):
        for name, way in ways.items():
            start = time.process_time()
            size[name] = len(way(batch))
            took[name].append(time.process_time() - start)
    strings = len(pages(batch[0])[0].filled())
    print(
        f"CMS-1500: {count} claims of one page, {strings} strings each; median of {rounds} interleaved rounds, CPU time"
    )
    for name, seconds in took.items():
        print(f"  {name:20} {count / median(seconds):8,.0f} pages/s  {size[name] / count:7,.0f} bytes a page")
    ratio = median(took["drawString a field"]) / median(took["one pattern a page"])
    print(f"  ratio {ratio:.1f} (target 8)")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

"""Both symbols of every label decode, dot for dot, on every stock, at every density, in poppler and in pdfium."""

from __future__ import annotations

import pytest

from lab.documents.label_dots import picture
from lab.documents.label_layout import lay_out
from lab.documents.label_pdf import labels_pdf
from tests.lab.documents.labels import ALL, NAMES, PLAIN, READERS, SIZES, area, scanned

BOTH = {"Code128", "DataMatrix"}


def expected(laid, label) -> set[tuple[str, str]]:
    kinds = BOTH if laid.bars else {"DataMatrix"}
    return {(kind, label.number) for kind in kinds}


@pytest.mark.parametrize("reader", [pytest.param("poppler", marks=pytest.mark.poppler), "pdfium"])
@pytest.mark.parametrize(("stock", "dpi"), SIZES, ids=NAMES)
def test_labels_decode_dot_for_dot(stock, dpi, reader) -> None:
    drawn = [lay_out(label, stock, dpi) for label in ALL]
    pages = READERS[reader](labels_pdf(drawn), dpi)
    assert len(pages) == len(ALL)
    for label, laid, page in zip(ALL, drawn, pages, strict=True):
        assert page.size == (laid.width, laid.height)
        assert scanned(page) == expected(laid, label)
        dots = picture(laid).convert("L")
        for boxes in (laid.bars, laid.matrix):
            if boxes:
                assert page.crop(area(boxes)).tobytes() == dots.crop(area(boxes)).tobytes()


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("key", ["tube", "vial", "cryo"])
def test_a_plain_container_has_both_symbols(key, dpi) -> None:
    stock = next(each for each, _ in SIZES if each.key == key)
    laid = lay_out(PLAIN, stock, dpi)
    assert laid.bars
    assert laid.left_out == ()
    assert {kind for kind, _ in scanned(picture(laid))} == BOTH


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("key", ["tube", "vial"])
def test_so_does_every_container_on_tubes_and_vials(key, dpi) -> None:
    stock = next(each for each, _ in SIZES if each.key == key)
    for label in ALL:
        if key == "tube" or label.hazard is None:
            assert lay_out(label, stock, dpi).bars, label.number


@pytest.mark.parametrize("offset", [(3, -2), (-4, 5)])
def test_an_offset_moves_whole_dots(offset) -> None:
    right, down = offset
    laid = lay_out(PLAIN, SIZES[0][0], 203)
    page = READERS["pdfium"](labels_pdf([laid], right=right, down=down), 203)[0]
    left, top, end, low = area(laid.bars)
    moved = page.crop((left + right, top + down, end + right, low + down))
    assert moved.tobytes() == picture(laid).convert("L").crop((left, top, end, low)).tobytes()

"""ZPL burns the very dots of the layout, whatever a label says."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace

from lab.documents.label_dots import picture
from lab.documents.label_layout import lay_out
from lab.documents.stock import TUBE
from lab.documents.zpl import zpl, zpl_file
from tests.counts import count
from tests.lab.documents.labels import ALL, NAMES, PLAIN, SIZES, area, scanned
from tests.lab.documents.zpl_reader import read_zpl, unpacked


@pytest.mark.parametrize(("stock", "dpi"), SIZES, ids=NAMES)
def test_the_dots_are_those_of_the_layout_and_decode(stock, dpi) -> None:
    drawn = [lay_out(label, stock, dpi) for label in ALL]
    burnt = read_zpl(zpl_file(drawn))
    assert len(burnt) == len(ALL)
    for label, laid, page in zip(ALL, drawn, burnt, strict=True):
        assert page.tobytes() == picture(laid).tobytes()
        kinds = {"Code128", "DataMatrix"} if laid.bars else {"DataMatrix"}
        assert scanned(page) == {(kind, label.number) for kind in kinds}


def test_a_name_holds_no_command() -> None:
    label = replace(PLAIN, last="^XZ~JR^FS\\_5E", first="~HS", specimen="^GFA,^XA", site="^FD~")
    sent = zpl(lay_out(label, TUBE, 203))
    assert sent.count(b"^XZ") == sent.count(b"^XA") == 1
    assert b"~" not in sent
    assert scanned(read_zpl(sent)[0]) == {("Code128", "C000123"), ("DataMatrix", "C000123")}


@pytest.mark.parametrize("offset", [(5, 3), (-5, -3), (200, 100), (-200, -100), (900, 900)])
def test_an_offset_moves_dots_and_loses_those_that_fall_off(offset) -> None:
    right, down = offset
    laid = lay_out(PLAIN, TUBE, 203)
    page = read_zpl(zpl(laid, right=right, down=down))[0].convert("L")
    plain = picture(laid).convert("L")
    for x, y in random.Random(7).sample([(x, y) for x in range(laid.width) for y in range(laid.height)], 4000):
        was = (x - right, y - down)
        inside = 0 <= was[0] < laid.width and 0 <= was[1] < laid.height
        assert page.getpixel((x, y)) == (plain.getpixel(was) if inside else 255)


def test_accents_are_burnt() -> None:
    accents, without = (
        picture(lay_out(replace(PLAIN, last=last, first=None), TUBE, 203)).crop((0, 0, 406, 36)).tobytes()
        for last in ("ŁÉŹÅ", "LEZA")
    )
    assert accents != without
    strange = lay_out(replace(PLAIN, last="山本", first=None), TUBE, 203)
    assert strange.texts[0].text == "??"
    assert strange.strange == "山本"


def test_packing_comes_back_from_every_row() -> None:
    from lab.documents.zpl import _packed

    draw = random.Random(11)
    for _ in range(count(300, 20_000)):
        digits = 2 * draw.randint(1, 300)
        row = ""
        while len(row) < digits:
            row += draw.choice("0F0F0F123456789ABCDE") * draw.choice((1, 1, 2, 3, 19, 20, 21, 39, 40, 399, 400, 401))
        row = row[:digits]
        assert unpacked(_packed(row), digits) == [row]


@pytest.mark.parametrize(
    "wrong",
    [
        b"", b"^XA", b"^XZ", b"^XA^XA^XZ", b"x^XA^XZ", b"^XA^PW8^LL1^FO0,0^GFA,1,1,1,F^FS^XZ", b"^XA^FDx^FS^XZ",
        b"^XA^PW8^LL1^FO0,0^GFA,1,1,1,:^FS^XZ", b"^XA^PW8^LL1^FO1,0^GFA,1,1,1,FF^FS^XZ", b"^XA^PW8^LL1~HS^XZ",
    ],
)  # fmt: skip
def test_the_reader_of_these_tests_is_strict(wrong) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_zpl(wrong)


def test_a_label_is_small() -> None:
    assert len(zpl(lay_out(PLAIN, TUBE, 203))) < 7000
    assert area(lay_out(PLAIN, TUBE, 203).bars)[3] < 203

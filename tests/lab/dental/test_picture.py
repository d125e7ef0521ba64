"""Images: told by their content, without what cameras write beside the dots, refused where they cannot be read."""

from __future__ import annotations

import hashlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from clinic.domain.refusal import Refused
from lab.documents.picture import LARGEST, LONGEST_SIDE, read_picture
from tests.counts import count

SECRET = "Beatrix Calloway, Two Harbors"


def photo(kind: str = "JPEG", size=(60, 40), mode: str = "RGB", turned: int = 1, **more) -> bytes:
    """A picture, its left half dark, with all that may stand beside the dots."""
    made = Image.new(mode, size, 0)
    made.paste(Image.new(mode, (size[0] // 2, size[1]), more.pop("light", "white")), (size[0] // 2, 0))
    exif = made.getexif()
    exif[0x0112], exif[0x010E] = turned, SECRET
    exif[0x8825] = {1: "N", 2: (47.0, 1.0, 30.0)}
    kept = BytesIO()
    if kind == "PNG":
        more["pnginfo"] = PngInfo()
        more["pnginfo"].add_text("Author", SECRET)
    else:
        more["comment"] = SECRET.encode()
    made.save(kept, kind, exif=exif, **more)
    return kept.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_only_the_dots_are_kept(kind) -> None:
    data = photo(kind)
    assert SECRET.encode() in data
    kept = read_picture(data)
    assert SECRET.encode() not in kept.data
    assert b"Exif" not in kept.data
    assert (kept.kind, kept.width, kept.height) == (kind.lower(), 60, 40)
    assert kept.digest == hashlib.sha256(kept.data).hexdigest()
    with Image.open(BytesIO(kept.data)) as opened:
        assert not opened.getexif()
        assert {"comment", "exif", "Author", "icc_profile", "xmp"}.isdisjoint(opened.info)


def test_what_lay_on_its_side_stands_upright() -> None:
    kept = read_picture(photo(turned=6))  # to be turned by a quarter
    assert (kept.width, kept.height) == (40, 60)
    with Image.open(BytesIO(kept.data)) as opened:
        assert opened.getpixel((20, 5))[0] < 60
        assert opened.getpixel((20, 55))[0] > 200


def test_the_same_file_gives_the_same_digest_twice() -> None:
    assert read_picture(photo()).digest == read_picture(photo()).digest


def test_transparency_becomes_the_white_of_paper() -> None:
    kept = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(kept, "PNG")
    with Image.open(BytesIO(read_picture(kept.getvalue()).data)) as opened:
        assert opened.convert("RGB").getpixel((1, 1)) == (255, 255, 255)


def test_a_radiograph_of_sixteen_bits_is_brought_down() -> None:
    made, kept = Image.new("I;16", (4, 2), 1000), BytesIO()
    made.putpixel((3, 1), 5000)
    made.save(kept, "PNG")
    with Image.open(BytesIO(read_picture(kept.getvalue()).data)) as opened:
        assert (opened.getpixel((0, 0)), opened.getpixel((3, 1))) == ((0, 0, 0), (255, 255, 255))


def test_what_is_very_large_is_made_smaller() -> None:
    kept = BytesIO()
    Image.new("L", (LONGEST_SIDE * 2, 10)).save(kept, "PNG")
    assert read_picture(kept.getvalue()).width == LONGEST_SIDE


def bomb() -> bytes:
    """A small file that says it holds 10 thousand million dots."""
    good = bytearray(photo("PNG"))
    good[16:24] = (100_000).to_bytes(4, "big") * 2
    return bytes(good)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a" + bytes(40),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        photo()[:200],
        photo("PNG")[:60],
        b"\x89PNG\r\n\x1a\n" + bytes(30),
        b"\xff\xd8\xff" + bytes(30),
        bomb(),
        b"\xff\xd8\xff" + bytes(LARGEST),
    ],
    ids=["empty", "gif", "svg", "half a jpeg", "half a png", "png head", "jpeg head", "bomb", "large"],
)
def test_what_is_no_image_is_refused(data) -> None:
    with pytest.raises(Refused) as told:
        read_picture(data)
    assert told.value.where == "image"


@settings(max_examples=count(60, 5000), deadline=None)
@given(
    data=st.sampled_from([photo("PNG", (8, 8)), photo("JPEG", (8, 8))]),
    places=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=8),
    cut=st.integers(0, 5000),
)
def test_a_broken_file_is_refused_or_clean(data, places, cut) -> None:
    broken = bytearray(data)
    for place, value in places:
        broken[place % len(broken)] = value
    try:
        kept = read_picture(bytes(broken[: cut % len(broken)] if cut % 3 == 0 else broken))
    except Refused:
        return
    assert SECRET.encode() not in kept.data

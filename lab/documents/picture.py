"""An image as it is kept: told by its content, decoded, turned upright, and written anew from its dots alone.

What cameras write beside the dots (place, time, owner, a smaller picture, the words of an editor) is left behind.
"""

from __future__ import annotations

import hashlib
import warnings
from io import BytesIO
from typing import Literal, cast

from PIL import Image, ImageOps

from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_

LARGEST = 12 * 1024 * 1024
"""Bytes of a file that is taken."""
MOST_DOTS = 50_000_000
LONGEST_SIDE = 4096
"""Dots; what is larger is made smaller."""
_QUALITY = 92
_SIGNS: tuple[tuple[bytes, Literal["png", "jpeg"]], ...] = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"))
TYPES = {"png": "image/png", "jpeg": "image/jpeg"}


class Picture(Value, frozen=True, kw_only=True):
    """An image as it is kept."""

    kind: Literal["png", "jpeg"]
    width: int
    height: int
    data: bytes
    digest: str
    """SHA-256 of ``data``."""


def read_picture(data: bytes) -> Picture:
    """The picture that a file holds, without anything but its dots.

    Raises:
        Refused: it is too large, neither PNG nor JPEG, or cannot be decoded to its end.
    """
    if len(data) > LARGEST:
        raise Refused(
            N_("The image is larger than %(most)s MB."), where="image", remedy=N_("Make it smaller."), most=12
        )
    kind = next((kind for sign, kind in _SIGNS if data.startswith(sign)), None)
    if kind is None:
        raise Refused(N_("This is neither a PNG nor a JPEG image."), where="image", remedy=N_("Choose another file."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an odd tag beside the dots is no fault of theirs
            dots = _dots(data, kind)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as why:
        raise Refused(
            N_("This image cannot be read to its end."),
            where="image",
            remedy=N_("Save it anew, or choose another one."),
        ) from why
    kept = BytesIO()
    if kind == "png":
        dots.save(kept, "PNG", optimize=False)
    else:
        dots.save(kept, "JPEG", quality=_QUALITY, subsampling=0)
    written = kept.getvalue()
    return Picture(
        kind=kind, width=dots.width, height=dots.height, data=written, digest=hashlib.sha256(written).hexdigest()
    )


def _dots(data: bytes, kind: str) -> Image.Image:
    with Image.open(BytesIO(data), formats=[kind.upper()]) as opened:
        if opened.width * opened.height > MOST_DOTS:
            raise ValueError("too many dots")
        opened.load()
        upright = ImageOps.exif_transpose(opened)
        plain = _flat(upright)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # a new image: nothing of the old one's information goes along
    clean = Image.new("RGB", plain.size)
    clean.paste(plain)
    return clean


def _flat(dots: Image.Image) -> Image.Image:
    """Without transparency: what shone through is white, as on paper."""
    if dots.mode in ("RGBA", "LA", "PA") or "transparency" in dots.info:
        above = dots.convert("RGBA")
        ground = Image.new("RGBA", above.size, "white")
        ground.alpha_composite(above)
        return ground.convert("RGB")
    if dots.mode.startswith("I"):
        # sixteen bits of a radiograph, brought down to what screens show
        wide = dots.convert("F")
        low, high = cast("tuple[float, float]", wide.getextrema())
        return wide.point(lambda value: (value - low) * (255 / max(high - low, 1.0))).convert("L").convert("RGB")
    return dots.convert("RGB")

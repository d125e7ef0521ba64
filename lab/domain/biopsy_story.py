"""What is told of a specimen taken from the mouth: where it lies, how it is turned, what is suspected, its pictures.

It belongs to the line of the order, so that what stands in one jar keeps its place when it is taken again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from lab.domain.container import NotPossible
from lab.domain.refusals import WORDS, Words

Mark = Literal["none", "suture", "ink", "notch"]
"""How an edge is marked."""
Kind = Literal["png", "jpeg"]

MARKS: dict[str, str] = {
    "none": N_("not marked"),
    "suture": N_("a suture"),
    "ink": N_("ink"),
    "notch": N_("a notch"),
}


class Described(Value, frozen=True, kw_only=True):
    """``biopsy.described`` version 1: all of it, each time anew."""

    at: datetime
    line_id: int
    order_id: int
    patient_id: int
    site: str
    """The key of ``oral_sites``."""
    words: str
    """How the site is said on the order and the label, the detail with it."""
    mark: Mark
    detail: str | None = None
    orientation: str | None = None
    """What the mark shows: ``long suture at 12 o'clock, towards the nose``."""
    impression: str | None = None


class ImageAdded(Value, frozen=True, kw_only=True):
    """``biopsy.image_added`` version 1. ``digest`` is the SHA-256 of the file as it is kept."""

    at: datetime
    image_id: int
    digest: str
    kind: Kind
    width: int
    height: int
    size: int
    caption: str | None = None


class ImageRemoved(Value, frozen=True, kw_only=True):
    """``biopsy.image_removed`` version 1: no longer shown, for the reason the fact holds."""

    at: datetime
    image_id: int


BODIES: dict[tuple[str, int], type[Value]] = {
    ("biopsy.described", 1): Described,
    ("biopsy.image_added", 1): ImageAdded,
    ("biopsy.image_removed", 1): ImageRemoved,
}
"""Every body ever written: none is changed or taken away, a new shape is a new version."""


def biopsy_body(type_: str, version: int, body: dict[str, Any]) -> Value:
    """A kept body as the value it was.

    Raises:
        KeyError: a fact this release has never written.
    """
    return msgspec.convert(body, BODIES[type_, version], strict=True)


class Biopsy(Value, frozen=True, kw_only=True):
    """A specimen of the mouth as its facts leave it."""

    said: Described
    sequence: int
    images: tuple[ImageAdded, ...] = ()


MOST_IMAGES = 12


def begin(body: Described) -> Biopsy:
    """With its first fact."""
    return Biopsy(said=body, sequence=1)


def after(was: Biopsy, type_: str, body: Any) -> Biopsy:
    """With one more fact.

    Raises:
        NotPossible: it does not fit what happened before.
    """
    return replace(_AFTER[type_](was, body), sequence=was.sequence + 1)


def fold(told: Iterable[tuple[str, Any]]) -> Biopsy:
    """What its facts make, in their order."""
    (_, first), *rest = told
    standing = begin(first)
    for type_, body in rest:
        standing = after(standing, type_, body)
    return standing


def _described(was: Biopsy, body: Described) -> Biopsy:
    if (body.line_id, body.patient_id) != (was.said.line_id, was.said.patient_id):
        raise NotPossible("patient")
    return replace(was, said=body)


def _added(was: Biopsy, body: ImageAdded) -> Biopsy:
    if any(image.digest == body.digest for image in was.images):
        raise NotPossible("image_there")
    if len(was.images) >= MOST_IMAGES:
        raise NotPossible("images_full")
    return replace(was, images=(*was.images, body))


def _removed(was: Biopsy, body: ImageRemoved) -> Biopsy:
    left = tuple(image for image in was.images if image.image_id != body.image_id)
    if len(left) == len(was.images):
        raise NotPossible("image_gone")
    return replace(was, images=left)


_AFTER: dict[str, Callable[[Biopsy, Any], Biopsy]] = {
    "biopsy.described": _described,
    "biopsy.image_added": _added,
    "biopsy.image_removed": _removed,
}
"""What each fact does (law 7)."""

BIOPSY_WORDS: dict[str, Words] = {
    "image_there": Words(N_("This image is there already."), N_("Choose another one.")),
    "images_full": Words(N_("There are as many images as one specimen takes."), N_("Take one off first.")),
    "image_gone": Words(N_("There is no such image any more."), N_("Look at its page.")),
    "not_described": Words(N_("Nothing is said of this specimen yet."), N_("Choose its site first.")),
    "reported": Words(
        N_("The result of this test is in, or it was taken off."), N_("What was told with it stays as it is.")
    ),
    "not_oral": Words(N_("This test is not of a specimen from the mouth."), N_("Look at the order.")),
}


def biopsy_refused(why: NotPossible, where: str = "") -> Refused:
    """The refusal as it is said to a person; ``code`` stays with it."""
    words = BIOPSY_WORDS.get(why.code) or WORDS[why.code]
    said = Refused(words.what, where=where, remedy=words.remedy)
    said.code = why.code
    return said

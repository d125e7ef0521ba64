"""Adding an image to a specimen from the mouth, and taking one off."""

from __future__ import annotations

from collections.abc import Sequence

from clinic.services.acting import Actor, Work
from clinic.services.find import Unknown, one
from lab.documents.picture import Picture
from lab.domain.biopsy_story import ImageAdded, ImageRemoved, biopsy_refused
from lab.domain.container import NotPossible
from lab.models import BiopsyImage, BiopsyRecord, LabOrder, OrderLine
from lab.services.biopsy_facts import biopsy_of, lines_of_the_mouth, oral_line, rows_of, still_open, tell_biopsy
from lab.services.change_line import changed
from lab.services.hold_lines import hold_lines
from lab.services.image_store import put_away
from lab.services.in_order import in_order

IMAGES = "images"
"""The question whether a photo or radiograph goes with it."""
MOST_CAPTION = 120


def add_image(
    actor: Actor, line_id: int, picture: Picture, caption: str | None = None, *, all_lines: bool = False
) -> None:
    """Add an image, to this specimen or to all of its order that are described. It answers what the order asks.

    Raises:
        Refused: nothing is said of the specimen yet, the image is there, or the result is in.
        Unknown: there is no such line in the practice.
    """
    line = oral_line(actor, line_id)
    with in_order(actor, line.order_id) as (work, order):
        work.session.refresh(line)
        still_open(line)
        lines = lines_of_the_mouth(order) if all_lines else [line]
        rows = rows_of(actor, [each.id for each in lines])
        if line.id not in rows:
            raise biopsy_refused(NotPossible("not_described"), line.test_key)
        put_away(actor.practice_id, picture)
        words = " ".join((caption or "").split())[:MOST_CAPTION] or None
        for row in rows.values():
            there = {image.digest for image in biopsy_of(row).images}
            if picture.digest not in there or row.line_id == line.id:
                _add(work, row, picture, words)
        _answer(work, order, lines_of_the_mouth(order))
        hold_lines(work, order)


def _add(work: Work, row: BiopsyRecord, picture: Picture, caption: str | None) -> None:
    image = BiopsyImage(
        practice_id=row.practice_id,
        biopsy_id=row.id,
        patient_id=row.patient_id,
        digest=picture.digest,
        kind=picture.kind,
        caption=caption,
        shown=True,
        added_at=work.at,
    )
    work.session.add(image)
    work.session.flush()
    body = ImageAdded(
        at=work.at,
        image_id=image.id,
        digest=picture.digest,
        kind=picture.kind,
        width=picture.width,
        height=picture.height,
        size=len(picture.data),
        caption=caption,
    )
    tell_biopsy(work, row, "biopsy.image_added", body)


def _answer(work: Work, order: LabOrder, lines: Sequence[OrderLine]) -> None:
    for each in lines:
        if IMAGES in each.facts.get("ask", ()) and each.answers.get(IMAGES) != "yes":
            changed(work, order, each, answers={**each.answers, IMAGES: "yes"})


def take_image_off(actor: Actor, image_id: int, reason: str) -> int:
    """No longer show an image; its file stays. Gives the id of its line.

    Raises:
        Refused: the reason is missing, it was taken off already, or the result is in.
        Unknown: there is no such image in the practice.
    """
    image = one(actor, BiopsyImage, image_id)
    biopsy = one(actor, BiopsyRecord, image.biopsy_id)
    with in_order(actor, biopsy.order_id) as (work, _order):
        work.session.refresh(biopsy)
        still_open(one(actor, OrderLine, biopsy.line_id))
        why = " ".join(reason.split())
        if not why:
            raise biopsy_refused(NotPossible("reason"), "reason")
        tell_biopsy(work, biopsy, "biopsy.image_removed", ImageRemoved(at=work.at, image_id=image.id), reason=why)
        image.shown = False
        return biopsy.line_id


def image_shown(actor: Actor, image_id: int) -> BiopsyImage:
    """An image that may be seen.

    Raises:
        Unknown: there is none in the practice, or it was taken off.
    """
    image = one(actor, BiopsyImage, image_id)
    if not image.shown:
        raise Unknown(BiopsyImage.__tablename__)
    return image

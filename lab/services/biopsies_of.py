"""What is told of specimens from the mouth, for the pages and papers that show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from clinic.services.acting import Actor
from lab.documents.sited import Shown, Sited
from lab.domain.biopsy_story import MARKS, Biopsy, ImageAdded
from lab.domain.oral_sites import OralSite, said_site
from lab.models import BiopsyRecord
from lab.services.biopsy_facts import biopsy_of, rows_of
from lab.services.dental_tables import oral_sites
from lab.services.image_store import take_out


class Told(NamedTuple):
    """One specimen as a page shows it."""

    line_id: int
    biopsy: Biopsy
    site: OralSite | None
    """None where the table no longer has it."""

    @property
    def words(self) -> str:
        """The site as it was said."""
        return self.biopsy.said.words

    @property
    def images(self) -> tuple[ImageAdded, ...]:
        """Those that are shown."""
        return self.biopsy.images


def biopsies_of(actor: Actor, line_ids: Iterable[int | None]) -> dict[int, Told]:
    """What is told of the specimens of some lines, by the line: one statement."""
    rows = rows_of(actor, {each for each in line_ids if each is not None})
    return {line_id: told_in(row) for line_id, row in rows.items()}


def told_in(row: BiopsyRecord) -> Told:
    """A row as a page shows it."""
    biopsy = biopsy_of(row)
    return Told(row.line_id, biopsy, oral_sites().get(biopsy.said.site))


def sited(actor: Actor, told: Told, test: str, container: str, said: Callable[[str], str]) -> Sited | None:
    """What the requisition says of a specimen; None where its site is no longer on the map."""
    if told.site is None:
        return None
    spoken, site = told.biopsy.said, told.site
    files = [(image, take_out(actor.practice_id, image.digest)) for image in told.images]
    return Sited(
        test=test,
        container=container,
        site=", ".join(part for part in (said_site(site, said), spoken.detail) if part),
        x=site.x,
        y=site.y,
        mark=said(MARKS[spoken.mark]),
        orientation=spoken.orientation or "",
        impression=spoken.impression or "",
        area=site.area or "",
        images=tuple(
            Shown(caption=image.caption or "", data=data, digest=image.digest)
            for image, data in files
            if data is not None
        ),
    )

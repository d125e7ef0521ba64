"""Where in the mouth specimens were taken from, on the requisition: map, words, orientation, impression, images."""

from __future__ import annotations

from io import BytesIO

from PIL import Image as Dots

from clinic.domain.value import Value
from clinic.domain.words import N_
from lab.documents.flow import LEAD, MARGIN, PLAIN, SMALL, WIDTH, Flow, Image, Path, Spot, Text, letters
from lab.documents.manifest import NOT_MARKED, Manner
from lab.domain.site_map import HEIGHT, OUTLINES
from lab.domain.site_map import WIDTH as MAP_WIDTH

MAP_POINTS = 190.0
"""Height of the map on paper."""
IMAGE_WIDE, IMAGE_TALL = 255.0, 200.0
DOTS_TO_POINT = 300 / 72
"""Images are put on paper at 300 dots to the inch at most."""


class Shown(Value, frozen=True, kw_only=True):
    """An image, as it is kept."""

    caption: str
    data: bytes
    digest: str


class Sited(Value, frozen=True, kw_only=True):
    """One specimen from the mouth."""

    test: str
    container: str
    site: str
    x: int
    y: int
    mark: str
    orientation: str
    impression: str
    area: str
    images: tuple[Shown, ...] = ()


def put(flow: Flow, sited: tuple[Sited, ...], manner: Manner) -> None:
    """The part of the requisition that says where; each image once, however many specimens it is of."""
    said = manner.said
    flow.title(said(N_("Where in the mouth")))
    for number, each in enumerate(sited, 1):
        flow.facts(
            (
                (f"{number}  {said(N_('Test'))}", each.test),
                (said(N_("Container")), each.container or NOT_MARKED),
                (said(N_("Site")), each.site),
                (said(N_("Area, ISO 3950")), each.area or NOT_MARKED),
                (said(N_("Marked by")), each.mark),
                (said(N_("Orientation")), each.orientation or NOT_MARKED),
                (said(N_("Impression")), each.impression or NOT_MARKED),
            )
        )
    _map(flow, sited, manner)
    images = {image.digest: image for each in sited for image in each.images}
    for image in images.values():
        _image(flow, image)


def _map(flow: Flow, sited: tuple[Sited, ...], manner: Manner) -> None:
    scale = MAP_POINTS / HEIGHT
    top = flow.space(MAP_POINTS)
    flow.put(*(Path(MARGIN, top, scale, path) for _kind, path in OUTLINES))
    places: dict[tuple[int, int], list[str]] = {}
    for number, each in enumerate(sited, 1):
        places.setdefault((each.x, each.y), []).append(str(number))
    flow.put(
        *(Spot(MARGIN + x * scale, top - y * scale, ", ".join(numbers)) for (x, y), numbers in places.items()),
        Text(MARGIN + MAP_WIDTH * scale + 14, top - PLAIN, SMALL, manner.said(N_("Seen from in front:"))),
        Text(
            MARGIN + MAP_WIDTH * scale + 14,
            top - PLAIN - LEAD,
            SMALL,
            manner.said(N_("the patient's right is on the left.")),
        ),
    )


def _image(flow: Flow, image: Shown) -> None:
    with Dots.open(BytesIO(image.data)) as opened:
        scale = min(IMAGE_WIDE / opened.width, IMAGE_TALL / opened.height)
        wide, tall = opened.width * scale, opened.height * scale
        data = image.data
        if scale * DOTS_TO_POINT < 1:
            small = opened.convert("RGB")
            small.thumbnail((round(wide * DOTS_TO_POINT), round(tall * DOTS_TO_POINT)))
            kept = BytesIO()
            small.save(kept, "JPEG", quality=88)
            data = kept.getvalue()
    top = flow.space(tall + LEAD)
    caption = image.caption[: letters(WIDTH, SMALL)]
    flow.put(Image(MARGIN, top - tall, wide, tall, data), Text(MARGIN, top - tall - SMALL - 2, SMALL, caption))

"""Specimens from the mouth: where they were taken from, on a map and in words; their images."""

from __future__ import annotations

from itertools import groupby
from typing import Any, cast

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response as AnyResponse
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.services.find import Unknown, one
from clinic.views import things
from clinic.views.editing import Edit, kept, options
from clinic.views.guard import actor
from clinic.views.telling import told
from clinic.views.things import Kind
from lab.documents.picture import LARGEST, TYPES, read_picture
from lab.domain.biopsy_story import MARKS
from lab.domain.oral_sites import GROUPS, OralSite, said_site
from lab.domain.site_map import HEIGHT, OUTLINES, WIDTH
from lab.models import BiopsyRecord, LabOrder, OrderLine
from lab.services.biopsies_of import biopsies_of
from lab.services.biopsy_facts import lines_of_the_mouth, of_the_mouth, oral_line, still_open
from lab.services.biopsy_images import MOST_CAPTION, add_image, image_shown, take_image_off
from lab.services.dental_tables import oral_sites
from lab.services.describe_biopsy import MOST_DETAIL, MOST_WORDS, Taken, describe_biopsy
from lab.services.image_store import take_out
from lab.services.plan_containers import facts_of

screens = Blueprint("biopsies", __name__, url_prefix="/lab/biopsies")

things.declare(biopsy=Kind(N_("specimen from the mouth"), "biopsies.by_id", "biopsy_id"))


class TakenForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """What is said of a specimen."""

    site = SelectField(_l("Site"))
    detail = StringField(_l("More exactly"), [Optional(), Length(max=MOST_DETAIL)])
    mark = RadioField(_l("An edge is marked by"))
    orientation = StringField(_l("What the mark shows"), [Optional(), Length(max=MOST_WORDS)])
    impression = TextAreaField(_l("Clinical impression"), [Optional(), Length(max=MOST_WORDS)])
    all_lines = BooleanField(_l("The other pieces of this order come from the same place"))

    def offer(self) -> None:
        """Fill its choices."""
        by_group: dict[str, list[tuple[str, str]]] = {str(_("Site")): [("", str(_("choose")))]}
        for group, sites in groupby(oral_sites().values(), key=lambda site: site.group):
            by_group[str(_(GROUPS[group]))] = [(site.key, said_site(site, _)) for site in sites]
        self.site.choices = by_group
        self.mark.choices = options({key: _(words) for key, words in MARKS.items()})


@screens.app_template_global("mouth_outlines")
def mouth_outlines() -> tuple[int, int, tuple[tuple[str, str], ...]]:
    """Width, height and lines of the map."""
    return WIDTH, HEIGHT, OUTLINES


@screens.app_template_global("oral_sites")
def every_site() -> list[tuple[OralSite, str]]:
    """All sites with their words."""
    return [(site, said_site(site, _)) for site in oral_sites().values()]


@screens.app_template_global("site_said")
def site_said(site: OralSite | None) -> str:
    """A site in the reader's language."""
    return said_site(site, _) if site else ""


@screens.app_template_global("mark_said")
def mark_said(mark: str) -> str:
    """How an edge is marked."""
    return str(_(MARKS[mark]))


@screens.app_template_test("of_the_mouth")
def is_of_the_mouth(line: OrderLine) -> bool:
    """Whether a line's specimen is taken from the mouth."""
    return of_the_mouth(line)


@screens.get("/id/<int:biopsy_id>")
@requires("lab.read")
def by_id(biopsy_id: int) -> AnyResponse:
    """By its row, as the journal names it."""
    row = one(actor(), BiopsyRecord, biopsy_id)
    return redirect(url_for("biopsies.show", line_id=row.line_id), code=303)


@screens.get("/<int:line_id>")
@requires("lab.read")
def show(line_id: int) -> str:
    """The page of one specimen."""
    return _page(line_id)[0]


@screens.post("/<int:line_id>")
@requires("lab.order")
def describe(line_id: int) -> tuple[str, int] | AnyResponse:
    """Say where it was taken from."""
    line = oral_line(actor(), line_id)
    form = TakenForm()
    form.offer()
    edit = Edit(form)

    def act(_seen: str) -> None:
        taken = Taken(
            site=form.site.data or "",
            mark=cast("Any", form.mark.data or "none"),
            detail=form.detail.data,
            orientation=form.orientation.data,
            impression=form.impression.data,
        )
        describe_biopsy(actor(), line.id, taken, _, all_lines=form.all_lines.data)

    if edit.takes(act):
        return kept("biopsies.show", line_id=line_id)
    return _page(line_id, edit)


@screens.post("/<int:line_id>/images")
@requires("lab.order")
def add(line_id: int) -> AnyResponse:
    """Add an image."""
    try:
        add_image(
            actor(), line_id, read_picture(_sent()), request.form.get("caption"), all_lines="all_lines" in request.form
        )
    except Refused as refused:
        oral_line(actor(), line_id)
        flash(told(refused), "error")
    else:
        flash(_("The image is kept."), "success")
    return redirect(url_for("biopsies.show", line_id=line_id, _anchor="images"), code=303)


@screens.post("/images/<int:image_id>/off")
@requires("lab.order")
def off(image_id: int) -> AnyResponse:
    """Take an image off."""
    image = image_shown(actor(), image_id)
    line_id = one(actor(), BiopsyRecord, image.biopsy_id).line_id
    try:
        take_image_off(actor(), image_id, request.form.get("reason", ""))
    except Refused as refused:
        flash(told(refused), "error")
    return redirect(url_for("biopsies.show", line_id=line_id, _anchor="images"), code=303)


@screens.get("/images/<int:image_id>")
@requires("lab.read")
def image(image_id: int) -> Response:
    """An image itself, to who may see the patient. Each look leaves its row in the journal of reads.

    Raises:
        Unknown: there is none, it was taken off, or its file is gone.
    """
    row = image_shown(actor(), image_id)
    data = take_out(row.practice_id, row.digest)
    if data is None:
        raise Unknown(BiopsyRecord.__tablename__)
    seen(row.patient_id)
    answer = Response(data, content_type=TYPES[row.kind])
    answer.headers["Content-Disposition"] = f'inline; filename="image-{row.id}.{row.kind}"'
    return answer


def _sent() -> bytes:
    sent = request.files.get("image")
    if sent is None or not sent.filename:
        raise Refused(N_("Choose a file."), where="image")
    return sent.stream.read(LARGEST + 1)


def _page(line_id: int, edit: Edit | None = None) -> tuple[str, int]:
    line = oral_line(actor(), line_id)
    order = one(actor(), LabOrder, line.order_id, joinedload(LabOrder.patient))
    seen(order.patient_id)
    oral = [each for each in order.lines if of_the_mouth(each) and each.state != "cancelled"]
    every = biopsies_of(actor(), [each.id for each in oral])
    shown = every.get(line.id)
    others = [each for each in lines_of_the_mouth(order) if each.id != line.id]
    if edit is None:
        edit = Edit(_form(shown, alone=not others or bool({each.id for each in others} & set(every))))
    try:
        still_open(line)
        closed = ""
    except Refused as refused:
        closed = told(refused)
    answer = render_template(
        "lab/biopsy.html",
        line=line,
        name=facts_of(line).name,
        order=order,
        patient=order.patient,
        told=shown,
        oral=oral,
        every=every,
        others=others,
        edit=edit,
        closed=closed,
        most_caption=MOST_CAPTION,
    )
    return answer, edit.status


def _form(shown: Any, *, alone: bool) -> TakenForm:
    names = ("site", "detail", "mark", "orientation", "impression")
    said = {name: getattr(shown.biopsy.said, name) for name in names} if shown else {}
    form = TakenForm(data={"mark": "none", "all_lines": not alone, **said})
    form.offer()
    return form

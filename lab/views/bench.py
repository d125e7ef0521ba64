"""The bench: what runs out of time, the one input, the container in hand, the last scans."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from babel.dates import format_time
from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from clinic.base import db
from clinic.journal.reads import seen
from clinic.models import Location, Staff
from clinic.policy import requires
from clinic.views.formats import zone
from clinic.views.guard import actor
from lab.services import hand as bench_file
from lab.services.answers import Given
from lab.services.bench_place import choose_place, place_of_bench
from lab.services.due_list import board
from lab.services.hand_card import Card, hand_card
from lab.services.scan import Heard, hear
from lab.views import bench_words

screens = Blueprint("bench", __name__, url_prefix="/lab/bench")

BENCH, LOCKED = "bench", "bench_locked"


def bench_here() -> str:
    """The bench of this browser's session."""
    if BENCH not in session:
        session[BENCH] = uuid.uuid4().hex
    found: str = session[BENCH]
    return found


@screens.app_template_filter("moment_s")
def moment_s(value: datetime | None) -> str:
    """``10:41:52``, by the practice's clock."""
    return "" if value is None else format_time(value.astimezone(zone()), "HH:mm:ss", locale=get_locale())


@screens.get("")
@requires("lab.work")
def show() -> str:
    """The whole bench, or the locked one."""
    return locked_page() if session.get(LOCKED) else page()


@screens.get("/due")
@requires("lab.work")
def due() -> str:
    """What is due, drawn anew; and the hand, where someone else changed what is in it."""
    if session.get(LOCKED):
        return locked_part()
    held = bench_file.hand_of(actor(), bench_here())
    shown = request.args.get("seen", "")
    card = None
    if held.specimen_id is not None and shown:
        found = hand_card(actor(), held)
        if found is not None and shown != f"{found.row.id}:{found.row.sequence}":
            card = found
    return render_template("lab/bench_due.html", **_around(card), polled=True, hand_changed=card is not None)


@screens.post("/place")
@requires("lab.work")
def place() -> AnyResponse:
    """Which place's containers the board shows: one, or all."""
    wanted = request.form.get("location", type=int)
    here = wanted if any(row.id == wanted for row in places()) else None
    choose_place(actor(), bench_here(), here)
    return redirect(url_for("bench.show"), code=303)


@screens.post("/scan")
@requires("lab.work")
def scan() -> str | AnyResponse:
    """A scan, a key or an answer."""
    given = Given(
        text=request.form.get("press") or request.form.get("text", ""),
        seen=request.form.get("seen", ""),
        volume=request.form.get("volume", ""),
        site=request.form.get("site", "")[:60],
        method=request.form.get("method", "")[:40],
        undo=request.form.get("undo", type=int),
        cancel="cancel" in request.form,
    )
    heard = hear(actor(), bench_here(), given)
    if heard.patient_id is not None:
        seen(heard.patient_id)
    if heard.outcome == "badge":
        return part(None, badge=heard.number)
    if heard.outcome == "package" and (to := bench_words.package_address(heard.number)):
        return go(to)
    return part(heard)


def locked_page(*, badge: str = "", stopped: str = "") -> str:
    """The locked bench: what is due, without names."""
    return render_template("lab/bench_locked.html", **_locked(), badge=badge, stopped=stopped)


def locked_part() -> str:
    """The locked board alone."""
    return render_template("lab/bench_due.html", **_locked(), locked=True, hand_changed=False)


def _locked() -> dict[str, Any]:
    here = place_of_bench(actor(), bench_here())
    return {
        "board": board(actor(), here),
        "card": None,
        "elsewhere": {},
        "w": bench_words,
        "times": bench_words.times,
        "poll": url_for("bench.due"),
    }


def part(heard: Heard | None, **more: Any) -> str:
    """The parts that change with every scan; the whole page where no script asked for them."""
    if not request.headers.get("HX-Request"):
        return page(heard, **more)
    return render_template("lab/bench_live.html", **_whole(heard), **more)


def page(heard: Heard | None = None, **more: Any) -> str:
    """The whole page."""
    return render_template("lab/bench.html", **_whole(heard), **more)


def go(address: str) -> AnyResponse:
    """To another page, from a script or without."""
    if request.headers.get("HX-Request"):
        return Response(status=204, headers={"HX-Redirect": address})
    return Response(status=303, headers={"Location": address})


def _whole(heard: Heard | None) -> dict[str, Any]:
    held = bench_file.hand_of(actor(), bench_here())
    return _around(hand_card(actor(), held)) | {"heard": heard, "said": bench_words.said(heard)}


def _around(card: Card | None) -> dict[str, Any]:
    """What both the board and the whole page show."""
    here = bench_here()
    stands = place_of_bench(actor(), here)
    shown = board(actor(), stands)
    patients = {row.patient_id for row in shown.rows if row.patient_id is not None}
    if card is not None:
        patients.add(card.row.patient_id)
    if fresh := bench_file.not_yet_shown(actor(), here, patients):
        seen(*fresh)
    scans = bench_file.scans(actor())
    others = bench_file.elsewhere(actor(), here)
    names = _names({each.staff_id for each in scans} | set(others.values()))
    return {
        "board": shown,
        "card": card,
        "scans": scans,
        "places": places(),
        "stands": stands,
        "names": names,
        "elsewhere": {number: names.get(staff_id, _("someone else")) for number, staff_id in others.items()},
        "bench": here,
        "times": bench_words.times,
        "w": bench_words,
        "me": actor().staff_id,
        "poll": url_for("bench.due"),
    }


def places() -> list[Location]:
    """The practice's places of care in use."""
    wanted = select(Location).where(Location.practice_id == actor().practice_id, Location.active)
    return list(db.session.scalars(wanted.order_by(Location.name, Location.id)))


def _names(ids: set[int | None]) -> dict[int | None, str]:
    wanted = ids - {None}
    if not wanted:
        return {}
    rows = db.session.scalars(select(Staff).where(Staff.practice_id == actor().practice_id, Staff.id.in_(wanted)))
    return {row.id: row.name for row in rows}

"""Packages: what must go today, what is in each, its checklist, its seal, its courier, what the laboratory got."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.journal.reads import seen
from clinic.policy import requires
from clinic.services.find import Unknown, one
from clinic.views import things
from clinic.views.guard import actor
from clinic.views.reading import read_quantity
from clinic.views.telling import told
from clinic.views.things import Kind
from lab.domain.container import NotPossible
from lab.domain.package_refusals import package_refused
from lab.domain.scan import read_scan
from lab.domain.wall_clock import read_local
from lab.models import Package
from lab.services.check_line import check_line
from lab.services.fitting import asked_of
from lab.services.hand_over import hand_over
from lab.services.open_package import open_package
from lab.services.pack import NotFit, pack
from lab.services.package_facts import consignment_of, package_by_number
from lab.services.package_page import open_packages, shown
from lab.services.recall_package import recall_package
from lab.services.receive_package import deliver_package, receive_package
from lab.services.reconcile import lose_package, reconcile
from lab.services.seal_package import seal_package, unseal_package
from lab.services.specimens import by_number
from lab.services.take_back_receipt import take_back_receipt
from lab.services.to_pack import to_pack
from lab.services.unpack import unpack
from lab.views import package_words

screens = Blueprint("packages", __name__, url_prefix="/lab")

things.declare(package=Kind(N_("package"), "packages.by_id", "package_id"))


@screens.get("/packages")
@requires("lab.read")
def index() -> str:
    """What must go today, by laboratory, and the packages under way."""
    page = to_pack(actor())
    seen(*{each.row.patient_id for batch in page.rounds for each in batch.rows})
    return render_template("lab/packages.html", page=page, w=package_words)


@screens.post("/packages")
@requires("lab.send")
def new() -> Response:
    """Open a package."""
    form = request.form
    try:
        package_id = open_package(
            actor(),
            form.get("laboratory_id", 0, type=int),
            form.get("location_id", 0, type=int),
            form.get("condition", "room"),
            category=form.get("category", "B"),
            by_air="by_air" in form,
        )
    except Refused as refused:
        flash(told(refused), "error")
        return redirect(url_for("packages.index"), code=303)
    return by_id(package_id)


@screens.get("/packages/id/<int:package_id>")
@requires("lab.read")
def by_id(package_id: int) -> Response:
    """By its row, as the journal names it."""
    row = one(actor(), Package, package_id)
    return redirect(url_for("packages.show", number=row.number), code=303)


@screens.post("/packages/scan")
@requires("lab.send")
def scan() -> str | tuple[str, int] | Response:
    """A scan where no package is chosen: a package is opened, a container goes into the open one of its laboratory."""
    text = request.form.get("text", "")
    found = read_scan(text)
    try:
        if found is not None and found.kind == "package":
            return redirect(url_for("packages.show", number=package_by_number(actor(), found.text).number), code=303)
        row = by_number(actor(), found.text if found else text.strip())
    except Unknown:
        flash(_("There is no container or package %(number)s.", number=text.strip()[:40]), "error")
        return redirect(url_for("packages.index"), code=303)
    if row.package_id is not None and row.state in {"packed", "sent"}:
        return by_id(row.package_id)
    lines = asked_of(actor().practice_id, [row.id]).get(row.id, {})
    ids = {each.laboratory_id for each in lines.values() if each.laboratory_id is not None}
    packages = open_packages(actor(), ids)
    if not packages:
        flash(_("No package is open for %(number)s. Open one first.", number=row.number), "error")
        return redirect(url_for("packages.index"), code=303)
    same = {"on_ice": "refrigerated"}.get(row.condition or "", row.condition)
    best = next((each for each in packages if each.condition == same), packages[0])
    return _scan_in(best.number, row.number)


@screens.get("/packages/<number>")
@requires("lab.read")
def show(number: str) -> str:
    """One package."""
    return _page(number)


@screens.post("/packages/<number>/scan")
@requires("lab.send")
def scan_here(number: str) -> str | tuple[str, int] | Response:
    """A container in or out; a digit or letter alone ticks that line of the checklist."""
    text = request.form.get("text", "")
    found = read_scan(text)
    if found is not None and found.kind == "package":
        return redirect(url_for("packages.show", number=found.text), code=303)
    if found is not None and found.kind == "key":
        tick = next((each for each in shown(actor(), number).ticks if each.key == found.text), None)
        if tick is not None:
            return _act(number, lambda id_: check_line(actor(), id_, tick.line.key, ticked=not tick.done))
    wanted = found.text if found else text.strip()
    if request.form.get("way") == "out":
        return _scan_out(number, wanted)
    return _scan_in(number, wanted, request.form.get("reason"))


@screens.post("/packages/<number>/check")
@requires("lab.send")
def check(number: str) -> Response:
    """Tick a line, or take its tick back."""
    line = request.form.get("line", "")

    def tick(package_id: int) -> None:
        mass = request.form.get("dry_ice_kg", "").strip()
        grams = int(read_quantity(mass, "dry_ice_kg") * 1000) if mass else None
        check_line(actor(), package_id, line, ticked=request.form.get("ticked") != "no", dry_ice_g=grams)

    return _act(number, tick, anchor="checklist")


@screens.post("/packages/<number>/seal")
@requires("lab.send")
def seal(number: str) -> Response:
    """Close it under its seal."""
    return _act(
        number, lambda id_: seal_package(actor(), id_, request.form.get("seal", "")), _("Sealed."), anchor="courier"
    )


@screens.post("/packages/<number>/unseal")
@requires("lab.send")
def unseal(number: str) -> Response:
    """Open it again."""
    return _act(number, lambda id_: unseal_package(actor(), id_, request.form.get("reason", "")))


@screens.post("/packages/<number>/hand-over")
@requires("lab.send")
def give(number: str) -> Response:
    """To the courier."""
    form = request.form

    def hand(package_id: int) -> None:
        degrees = form.get("temperature", "").strip()
        tenths = round(read_quantity(degrees, "temperature") * 10) if degrees else None
        hand_over(
            actor(),
            package_id,
            form.get("courier", ""),
            form.get("seal", ""),
            _at(number),
            temperature_tenths=tenths,
            tracking=form.get("tracking"),
            reason=form.get("reason"),
        )

    return _act(number, hand, _("Handed over."))


@screens.post("/packages/<number>/recall")
@requires("lab.send")
def recall(number: str) -> Response:
    """It did not leave after all."""
    return _act(
        number,
        lambda id_: recall_package(actor(), id_, request.form.get("reason", "")),
        _("It is here again, sealed. Its containers are packed."),
    )


@screens.post("/packages/<number>/delivered")
@requires("lab.send")
def delivered(number: str) -> Response:
    """It arrived."""
    return _act(number, lambda id_: deliver_package(actor(), id_, _at(number)))


@screens.post("/packages/<number>/receipts")
@requires("lab.send")
def receipts(number: str) -> Response:
    """How the containers arrived: one, or all that are not answered for."""
    form = request.form
    said = {
        int(name.removeprefix("receipt-")): state
        for name, state in form.items()
        if name.startswith("receipt-") and name.removeprefix("receipt-").isdigit() and state
    }
    rest = "good" if "rest" in form else None
    return _act(number, lambda id_: receive_package(actor(), id_, said, rest=rest), anchor="items")


@screens.post("/packages/<number>/receipts/<int:specimen_id>/back")
@requires("lab.send")
def receipt_back(number: str, specimen_id: int) -> Response:
    """A receipt was wrong: nothing was said of that container after all."""
    reason = request.form.get("reason", "")
    return _act(number, lambda id_: take_back_receipt(actor(), id_, specimen_id, reason), anchor="items")


@screens.post("/packages/<number>/reconcile")
@requires("lab.send")
def close(number: str) -> Response:
    """All is known of it."""
    return _act(number, lambda id_: reconcile(actor(), id_, request.form.get("words", "")), _("Reconciled."))


@screens.post("/packages/<number>/lost")
@requires("lab.send")
def lost(number: str) -> Response:
    """It never arrived."""
    return _act(number, lambda id_: lose_package(actor(), id_, request.form.get("reason", "")))


def _at(number: str) -> Any:
    """The instant that was typed as the place's clock shows it; None for now."""
    try:
        return read_local(request.form.get("at", ""), shown(actor(), number).location.time_zone)
    except NotPossible as why:
        raise package_refused(why, "at") from why


def _act(number: str, act: Callable[[int], None], done: str = "", *, anchor: str | None = None) -> Response:
    row = package_by_number(actor(), number)
    try:
        act(row.id)
    except Refused as refused:
        where = f"{refused.where}: " if refused.where and refused.where[:1].isupper() else ""
        flash(where + told(refused), "error")
    else:
        if done:
            flash(done, "success")
    return redirect(url_for("packages.show", number=number, _anchor=anchor), code=303)


def _scan_in(number: str, wanted: str, reason: str | None = None) -> str | tuple[str, int] | Response:
    package = package_by_number(actor(), number)
    try:
        row = by_number(actor(), wanted)
        pack(actor(), package.id, row.id, reason=reason)
    except Unknown:
        return _page(number, stopped=_("There is no container %(number)s.", number=wanted[:40])), 422
    except NotFit as refused:
        return _page(number, stopped=told(refused), unfit=refused), 422
    except Refused as refused:
        return _page(number, stopped=f"{wanted[:40]}: {told(refused)}"), 422
    flash(_("%(number)s is in.", number=row.number), "success")
    return redirect(url_for("packages.show", number=number), code=303)


def _scan_out(number: str, wanted: str) -> str | tuple[str, int] | Response:
    package = package_by_number(actor(), number)
    try:
        row = by_number(actor(), wanted)
        unpack(actor(), package.id, row.id)
    except Unknown:
        return _page(number, way="out", stopped=_("There is no container %(number)s.", number=wanted[:40])), 422
    except Refused as refused:
        return _page(number, way="out", stopped=f"{wanted[:40]}: {told(refused)}"), 422
    flash(_("%(number)s is out.", number=row.number), "success")
    way = "out" if consignment_of(package).items else None
    return redirect(url_for("packages.show", number=number, way=way), code=303)


def _page(number: str, *, way: str = "", stopped: str = "", unfit: NotFit | None = None) -> str:
    page = shown(actor(), number)
    seen(*{each.row.patient_id for each in page.items}, *{each.row.patient_id for each in page.candidates})
    return render_template(
        "lab/package.html",
        page=page,
        sent=page.sent,
        w=package_words,
        way=way or request.args.get("way", "in"),
        stopped=stopped,
        unfit=unfit,
    )

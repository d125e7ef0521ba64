"""Payer profiles: what each payer asks of claims, as the house ships it and as the practice says it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
from flask import Blueprint, Response, abort, current_app, flash, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from werkzeug.wrappers import Response as Answer

from billing.coding.wording import claim_text
from billing.edits import EDITS
from billing.models import OwnPayerProfile
from billing.payers import PROFILES, OwnProfile, Profiles
from billing.payers.own import as_profile, base_of, begun_from
from billing.payers.registry import DEFAULT
from billing.services.last_claims import LAST
from billing.services.move_deadlines import move_deadlines
from billing.services.own_profiles import BLOCKING, own_profiles, rows_of, wording
from billing.services.profile_in_order import FORMS
from billing.services.try_payer_profile import Tried, put_back, put_on, try_payer_profile
from billing.services.write_payer_profile import (
    ProfileFacts,
    change_payer_profile,
    drop_proposal,
    take_payer_profiles,
    write_payer_profile,
)
from billing.views.profile_form import LABELS, ProfileForm, may_be_off, texts_of
from billing.views.profile_versions import difference, versions
from billing.views.taking import TakeForm, values_of
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Payer
from clinic.policy import requires
from clinic.services.changing import Overtaken, facts_of, print_of
from clinic.services.choices import claim_filings
from clinic.services.find import one
from clinic.views import things
from clinic.views.editing import Edit, kept
from clinic.views.guard import actor
from clinic.views.telling import told
from clinic.views.things import Kind

screens = Blueprint("payer_profiles", __name__, url_prefix="/house/payers")

things.declare(payer_profile=Kind(N_("payer profile"), "payer_profiles.show", "profile_id"))


class ForWhom(NamedTuple):
    """One row of the list."""

    row: OwnPayerProfile | None
    key: str
    profile: OwnProfile
    payers: list[str]
    """The practice's payers that it answers for."""


@screens.get("/profiles")
@requires("practice.read")
def index() -> str:
    """The practice's own, then those of the files."""
    return _list(TakeForm())


def _list(form: TakeForm) -> str:
    practice_id = actor().practice_id
    judging, payers = own_profiles(practice_id), _payers()
    shown: list[ForWhom] = []
    for row in rows_of(practice_id):
        said = wording(row.standing or row.proposed or {})
        shown.append(ForWhom(row, said.base, said, _answered(_alone(said), payers)))
    built_in: dict[str, list[str]] = {key: [] for key in PROFILES}
    for payer in payers:
        found = judging.of(claim_text(payer.payer_number or ""), payer.filing)
        if found not in judging.own:
            built_in[found.key].append(payer.name)
    for key, profile in PROFILES.items():
        said = msgspec.structs.replace(begun_from(profile, name=_(profile.name)), filings=profile.filings)
        shown.append(ForWhom(None, key, said, built_in[key]))
    return render_template(
        "house/payer_profiles.html",
        rows=shown,
        forms=FORMS,
        take=form,
        default=DEFAULT,
        after=request.args.get("after", type=int),
    )


def _payers() -> list[Payer]:
    mine = Payer.practice_id == actor().practice_id
    return list(db.session.scalars(select(Payer).where(mine, Payer.active).order_by(Payer.name)))


def _alone(profile: OwnProfile) -> Profiles:
    return Profiles((as_profile(profile, BLOCKING),))


def _answered(profiles: Profiles, payers: list[Payer]) -> list[str]:
    """Names of the payers that the practice's part of these answers for."""
    return [
        each.name for each in payers if profiles.of(claim_text(each.payer_number or ""), each.filing) in profiles.own
    ]


@screens.get("/<int:payer_id>/profile")
@requires("practice.read")
def of_payer(payer_id: int) -> Answer:
    """To the profile that answers for a payer, or that is to."""
    payer = one(actor(), Payer, payer_id)
    number = claim_text(payer.payer_number or "")
    rows = rows_of(payer.practice_id)
    found = own_profiles(payer.practice_id).of(number, payer.filing)
    row = next((each for each in rows if each.standing and as_profile(wording(each.standing), BLOCKING) == found), None)
    row = row or next((each for each in rows if each.proposed and number in wording(each.proposed).identifiers), None)
    if row is not None:
        return _to("show", profile_id=row.id)
    return _to("built_in", key=found.key, payer=payer.id)


@screens.get("/profiles/built-in/<key>")
@requires("practice.read")
def built_in(key: str) -> str:
    """What a file says; ``payer`` in the address is whom a profile that begins from it is for."""
    if key not in PROFILES:
        abort(404)
    said = msgspec.structs.replace(begun_from(PROFILES[key], name=_(PROFILES[key].name)), filings=PROFILES[key].filings)
    return _shown(None, said, key)


@screens.get("/profiles/<int:profile_id>")
@requires("practice.read")
def show(profile_id: int) -> str:
    """One: what it says, what trying it came to, what happened to it."""
    row = one(actor(), OwnPayerProfile, profile_id)
    facts = facts_of(ProfileFacts, row)
    return _shown(row, facts.wording, facts.wording.base, facts)


def _shown(row: OwnPayerProfile | None, said: OwnProfile, key: str, facts: ProfileFacts | None = None) -> str:
    tried = msgspec.convert(row.tried, Tried) if row and row.tried else None
    base = base_of(said.base)
    return render_template(
        "house/payer_profile.html",
        row=row,
        profile=said,
        key=key,
        base=base,
        payers=_answered(_alone(said), _payers()) if row else [],
        off=[*((code, "") for code in base.off), *((each.code, each.reason) for each in said.off)],
        made_for=[code for code, each in EDITS.items() if base.key in each.declared.payers],
        titles={code: each.declared.title for code, each in EDITS.items()},
        locked=BLOCKING,
        forms=FORMS,
        filings=claim_filings(),
        tried=tried,
        days=LAST.days,
        waits=facts is not None and facts.proposed is not None,
        changes=difference(facts.standing, facts.wording) if facts and facts.proposed and facts.standing else [],
        seen=print_of(facts) if facts else "",
        labels=LABELS,
        history=versions(row.id) if row else [],
        payer=request.args.get("payer", type=int),
    )


@screens.route("/profiles/new", methods=["GET", "POST"])
@requires("profile.write")
def new() -> tuple[str, int] | Answer:
    """Propose one; ``base`` in the address is the file it begins from, ``payer`` whom it is for."""
    base = base_of(request.args.get("base", DEFAULT))
    payer_id = request.args.get("payer", type=int)
    payer = one(actor(), Payer, payer_id) if payer_id is not None else None
    number = claim_text(payer.payer_number or "") if payer else ""
    start = begun_from(base, name=payer.name if payer else "", identifiers=(number,) if number else ())
    form = ProfileForm(start)
    work = Edit(form)
    made: list[int] = []
    if work.takes(lambda _seen: made.append(form.at_its_field(lambda: write_payer_profile(actor(), form.profile())))):
        return kept("payer_profiles.show", profile_id=made[0])
    return _form(work, None), work.status


@screens.route("/profiles/<int:profile_id>/change", methods=["GET", "POST"])
@requires("profile.write")
def change(profile_id: int) -> tuple[str, int] | Answer:
    """Propose another wording."""
    row = one(actor(), OwnPayerProfile, profile_id)
    facts = facts_of(ProfileFacts, row)
    shown = texts_of(facts.wording)
    form = ProfileForm(facts.wording)
    work = Edit(form, shown)

    def act(seen: str) -> None:
        if seen != print_of(shown):
            raise Overtaken(shown)
        try:
            form.at_its_field(lambda: change_payer_profile(actor(), profile_id, form.profile(), print_of(facts)))
        except Overtaken as overtaken:
            raise Overtaken(_texts(overtaken.now)) from None

    if work.takes(act):
        return kept("payer_profiles.show", profile_id=profile_id)
    return _form(work, row), work.status


def _texts(now: Any) -> Any:
    return texts_of(now.wording)


def _form(work: Edit, row: OwnPayerProfile | None) -> str:
    return render_template(
        "house/payer_profile_form.html",
        edit=work,
        row=row,
        edits=may_be_off(),
        filings=claim_filings(),
        history=None,
    )


@screens.post("/profiles/<int:profile_id>/try")
@requires("profile.write")
def try_out(profile_id: int) -> Answer:
    """Judge last month's claims with it and without."""
    if tried := _done(lambda: try_payer_profile(actor(), profile_id)):
        flash(
            ngettext(
                "%(claims)s claims looked at, %(num)s differs",
                "%(claims)s claims looked at, %(num)s differ",
                tried.differ,
                claims=tried.claims,
            ),
            "success",
        )
    return _to("show", profile_id=profile_id)


@screens.post("/profiles/<int:profile_id>/put-on")
@requires("profile.write")
def switch_on(profile_id: int) -> Answer:
    """Let claims be judged by what is proposed."""
    return _then_deadlines(profile_id, lambda: put_on(actor(), profile_id, request.form.get("seen", "")))


@screens.post("/profiles/<int:profile_id>/put-back")
@requires("profile.write")
def switch_back(profile_id: int) -> Answer:
    """Let the built-in one answer again."""
    return _then_deadlines(profile_id, lambda: put_back(actor(), profile_id, request.form.get("seen", "")))


@screens.post("/profiles/<int:profile_id>/drop")
@requires("profile.write")
def drop(profile_id: int) -> Answer:
    """Leave what judges claims as it is."""
    _done(lambda: drop_proposal(actor(), profile_id, request.form.get("seen", "")))
    return _to("show", profile_id=profile_id)


@screens.post("/profiles/deadlines")
@requires("profile.write")
def deadlines() -> Answer:
    """Reckon the deadlines of open claims anew."""
    return _to("index", after=_moved(request.form.get("after", 0, type=int) or 0))


def _then_deadlines(profile_id: int, act: Callable[[], Any]) -> Answer:
    try:
        act()
    except Refused as refused:
        flash(told(refused), "error")
    except Overtaken:
        flash(_("Someone changed it meanwhile. Look at it again."), "error")
    else:
        after = _moved(0)
        if after is not None:
            return _to("index", after=after)
    return _to("show", profile_id=profile_id)


def _moved(after: int) -> int | None:
    """Reckon deadlines, and say how far it has come."""
    reckoned = move_deadlines(actor(), after)
    flash(
        ngettext(
            "%(num)s open claim has another deadline now",
            "%(num)s open claims have another deadline now",
            reckoned.moved,
        ),
        "success",
    )
    return reckoned.last


def _done(act: Callable[[], Any]) -> Any:
    """Do it; what is refused is said on the page that follows."""
    try:
        return act()
    except Refused as refused:
        flash(told(refused), "error")
    except Overtaken:
        flash(_("Someone changed it meanwhile. Look at it again."), "error")
    return None


@screens.get("/profiles/profiles.json")
@requires("practice.read")
def export() -> Answer:
    """The practice's own as a file, for another practice."""
    said = [wording(row.standing or row.proposed or {}) for row in rows_of(actor().practice_id)]
    return Response(
        msgspec.json.format(msgspec.json.encode(said), indent=1),
        mimetype="application/json",
        headers={"Content-Disposition": "attachment; filename=payer-profiles.json"},
    )


@screens.post("/profiles/take")
@requires("profile.write")
def take() -> tuple[str, int] | Answer:
    """Take those of a file; none of them judges yet."""
    form = TakeForm()
    try:
        count = take_payer_profiles(
            actor(), values_of(form.file.data, OwnProfile, N_("This is no file of payer profiles."))
        )
    except Refused as refused:
        db.session.rollback()
        form.file.errors = [told(refused)]
        return _list(form), 422
    flash(ngettext("%(num)s profile taken", "%(num)s profiles taken", count), "success")
    return kept("payer_profiles.index")


def _to(endpoint: str, **values: Any) -> Answer:
    url: str = current_app.url_for(f"payer_profiles.{endpoint}", **values)
    return current_app.redirect(url, code=303)

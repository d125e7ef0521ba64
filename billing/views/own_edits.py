"""Edits that the practice writes itself: a form of conditions, tried on claims that left, then switched on."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Blueprint, Response, current_app, flash, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response as Answer
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from billing.edits.own import Condition, Rule
from billing.edits.own.compare import COMPARISONS
from billing.edits.own.declared import code_of
from billing.edits.own.fields import FIELDS
from billing.edits.own.rule import LONGEST, MOST_CONDITIONS
from billing.edits.own.wording import in_words
from billing.edits.pages import SEVERITY
from billing.models import OwnEdit
from billing.services.last_claims import LAST
from billing.services.own_edits import rule_of
from billing.services.try_own_edit import Tried, switch_own_edit, try_own_edit
from billing.services.write_own_edit import OwnEditFacts, change_own_edit, take_own_edits, write_own_edit
from billing.views.taking import TakeForm, values_of
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.policy import requires
from clinic.services.changing import Overtaken, facts_of, print_of
from clinic.services.find import one
from clinic.views import things
from clinic.views.editing import Edit, kept, options
from clinic.views.guard import actor
from clinic.views.history import history
from clinic.views.telling import told
from clinic.views.things import Kind

screens = Blueprint("own_edits", __name__, url_prefix="/house/edits/own")

things.declare(own_edit=Kind(N_("edit of the practice"), "own_edits.show", "edit_id"))

SCOPES = {"claim": N_("the claim"), "line": N_("each line")}


class OwnEditForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A rule. The conditions are fields of their own, ``when_0_field`` and so on; a row without a field is none."""

    title = StringField(_l("Fault"), [DataRequired(), Length(max=LONGEST["title"])])
    message = TextAreaField(_l("What the finding says"), [DataRequired(), Length(max=LONGEST["message"])])
    fix = TextAreaField(_l("What to do about it"), [DataRequired(), Length(max=LONGEST["fix"])])
    severity = SelectField(_l("Severity"))
    scope = SelectField(_l("Looks at"))

    def __init__(self, rule: Rule | None = None) -> None:
        data = {} if rule is None else _data(rule)
        super().__init__(data=data or {"severity": "warn", "scope": "line"})
        self.severity.choices = options({key: _(words) for key, words in SEVERITY.items()})
        self.scope.choices = options({key: _(words) for key, words in SCOPES.items()})
        fields = {key: _(field.words) for key, field in FIELDS.items()}
        hows = options({key: _(words) for key, (words, _sorts, _make) in COMPARISONS.items()})
        for part in self.parts:
            self[f"{part}_field"].choices = options({"": "–", **fields} if part != "must" else fields)
            self[f"{part}_how"].choices = hows

    @property
    def parts(self) -> list[str]:
        """The conditions' names, the last of them what must hold."""
        return [*(f"when_{at}" for at in range(MOST_CONDITIONS)), "must"]

    def rule(self) -> Rule:
        """What was typed."""
        return Rule(
            title=self.title.data or "",
            message=self.message.data or "",
            fix=self.fix.data or "",
            severity=self.severity.data,
            scope=self.scope.data,
            when=tuple(self._condition(part) for part in self.parts[:-1] if self[f"{part}_field"].data),
            must=self._condition("must"),
        )

    def _condition(self, part: str) -> Condition:
        values = tuple((self[f"{part}_values"].data or "").split())
        return Condition(field=self[f"{part}_field"].data, how=self[f"{part}_how"].data, values=values)


def _add_conditions() -> None:
    for part in [*(f"when_{at}" for at in range(MOST_CONDITIONS)), "must"]:
        setattr(OwnEditForm, f"{part}_field", SelectField(_l("Field")))
        setattr(OwnEditForm, f"{part}_how", SelectField(_l("Comparison")))
        setattr(OwnEditForm, f"{part}_values", StringField(_l("Values"), [Length(max=2000)]))


_add_conditions()


def _data(rule: Rule) -> dict[str, str]:
    data = {name: getattr(rule, name) for name in ("title", "message", "fix", "severity", "scope")}
    for part, each in [*((f"when_{at}", each) for at, each in enumerate(rule.when)), ("must", rule.must)]:
        data |= {f"{part}_field": each.field, f"{part}_how": each.how, f"{part}_values": " ".join(each.values)}
    return data


@screens.get("")
@requires("edits.read")
def index() -> str:
    """All of them, those that judge first."""
    return _list(TakeForm())


def _list(form: TakeForm) -> str:
    rows = db.session.scalars(
        select(OwnEdit)
        .where(OwnEdit.practice_id == actor().practice_id)
        .order_by(OwnEdit.active.desc(), OwnEdit.number)
    ).all()
    shown = [(row, code_of(row.number), rule_of(row), in_words(rule_of(row), _)) for row in rows]
    return render_template("house/own_edits.html", rows=shown, take=form)


@screens.route("/new", methods=["GET", "POST"])
@requires("edits.write")
def new() -> tuple[str, int] | Answer:
    """Write one."""
    form = OwnEditForm()
    work = Edit(form)
    made: list[int] = []
    if work.takes(lambda _seen: made.append(_at_its_field(form, lambda: write_own_edit(actor(), form.rule())))):
        return kept("own_edits.show", edit_id=made[0])
    return _form(work, None), work.status


@screens.get("/<int:edit_id>")
@requires("edits.read")
def show(edit_id: int) -> str:
    """One: what it says, what trying it came to, what happened to it."""
    row = one(actor(), OwnEdit, edit_id)
    rule = rule_of(row)
    return render_template(
        "house/own_edit.html",
        row=row,
        code=code_of(row.number),
        rule=rule,
        sentence=in_words(rule, _),
        tried=msgspec.convert(row.tried, Tried) if row.tried else None,
        days=LAST.days,
        seen=print_of(facts_of(OwnEditFacts, row)),
        severity=SEVERITY,
        scopes=SCOPES,
        history=history("own_edit", row.id),
    )


@screens.route("/<int:edit_id>/change", methods=["GET", "POST"])
@requires("edits.write")
def change(edit_id: int) -> tuple[str, int] | Answer:
    """Change what one says."""
    row = one(actor(), OwnEdit, edit_id)
    form = OwnEditForm(rule_of(row))
    work = Edit(form, facts_of(OwnEditFacts, row))
    if work.takes(
        lambda seen: _at_its_field(form, lambda: change_own_edit(actor(), edit_id, form.rule(), seen)),
    ):
        return kept("own_edits.show", edit_id=edit_id)
    return _form(work, row), work.status


@screens.post("/<int:edit_id>/try")
@requires("edits.write")
def try_out(edit_id: int) -> Answer:
    """Judge last month's claims by it."""
    try:
        tried = try_own_edit(actor(), edit_id)
    except Overtaken:
        flash(_("Someone changed it meanwhile. Look at it again."), "error")
        return _to(edit_id)
    flash(
        ngettext(
            "%(claims)s claims looked at, %(num)s finding",
            "%(claims)s claims looked at, %(num)s findings",
            tried.told,
            claims=tried.claims,
        ),
        "success",
    )
    return _to(edit_id)


@screens.post("/<int:edit_id>/switch")
@requires("edits.write")
def switch(edit_id: int) -> Answer:
    """Let claims be judged by it, or no longer."""
    try:
        switch_own_edit(actor(), edit_id, request.form.get("seen", ""), on=request.form.get("on") == "yes")
    except Refused as refused:
        flash(told(refused), "error")
    except Overtaken:
        flash(_("Someone changed it meanwhile. Look at it again."), "error")
    return _to(edit_id)


@screens.get("/edits.json")
@requires("edits.read")
def export() -> Answer:
    """All of them as a file, for another practice."""
    rows = db.session.scalars(
        select(OwnEdit).where(OwnEdit.practice_id == actor().practice_id).order_by(OwnEdit.number)
    )
    text = msgspec.json.format(msgspec.json.encode([rule_of(row) for row in rows]), indent=1)
    return Response(
        text, mimetype="application/json", headers={"Content-Disposition": "attachment; filename=own-edits.json"}
    )


@screens.post("/take")
@requires("edits.write")
def take() -> tuple[str, int] | Answer:
    """Take those of a file; all of them are off."""
    form = TakeForm()
    try:
        count = take_own_edits(actor(), values_of(form.file.data, Rule, N_("This is no file of edits.")))
    except Refused as refused:
        form.file.errors = [told(refused)]
        return _list(form), 422
    flash(ngettext("%(num)s edit taken", "%(num)s edits taken", count), "success")
    return kept("own_edits.index")


def _at_its_field(form: OwnEditForm, act: Any) -> Any:
    """Do it; what is refused is said at the field it is about."""
    try:
        return act()
    except Refused as refused:
        where = refused.where
        if where.startswith("when["):
            # the rule counts the conditions that were filled, the form all of them
            filled = [part for part in form.parts[:-1] if form[f"{part}_field"].data]
            where = f"{filled[int(where[5:-1])]}_values"
        elif where == "must":
            where = "must_values"
        raise Refused(refused.what, where=where, remedy=refused.remedy, **refused.params) from None


def _form(work: Edit, row: OwnEdit | None) -> str:
    return render_template(
        "house/own_edit_form.html",
        edit=work,
        row=row,
        code=code_of(row.number) if row else None,
        history=None,
    )


def _to(edit_id: int) -> Answer:
    url: str = current_app.url_for("own_edits.show", edit_id=edit_id)
    return current_app.redirect(url, code=303)

"""The form of a payer profile: its fields, and the profile they say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from msgspec.structs import asdict
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from billing.edits import EDITS
from billing.payers import PROFILES, Off, OwnProfile
from billing.services.own_profiles import BLOCKING
from billing.services.profile_in_order import FORMS, LONGEST, MOST_OFF
from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.views.editing import options

LABELS = {
    "name": _l("Name"),
    "base": _l("Begins from"),
    "form": _l("Takes claims as"),
    "identifiers": _l("Payer numbers"),
    "filings": _l("Kinds of coverage"),
    "filing_limit_days": _l("Filing limit in days"),
    "filing_limit_reason": _l("Where the limit stands"),
    "off": _l("Edits off"),
    "on": _l("Edits of other payers on"),
    "authorization_codes": _l("Acts that need an authorization"),
    "needs_referral": _l("Care by anyone but the primary physician needs a referral number"),
    "needs_taxonomy": _l("The billing provider needs a taxonomy code"),
    "most_acts": _l("Most lines on one claim"),
    "refuses_replacements": _l("Takes originals only"),
}
"""What each part of a profile is called, in the form and in its history."""

FOR_OTHERS = {code: each.declared.title for code, each in EDITS.items() if each.declared.payers}
"""Edits that are made for some payers."""

_LISTS = ("identifiers", "filings", "authorization_codes")


class ProfileTexts(Value, frozen=True, kw_only=True, omit_defaults=False):
    """A profile as its form holds it: what a second writer is shown of the first one's work is told field by field."""

    name: str
    base: str
    form: str
    identifiers: str
    filings: str
    filing_limit_days: int | None
    filing_limit_reason: str | None
    on: list[str]
    authorization_codes: str
    needs_referral: bool
    needs_taxonomy: bool
    most_acts: int | None
    refuses_replacements: bool
    off: str


def texts_of(profile: OwnProfile) -> ProfileTexts:
    """It as the form holds it."""
    kept: dict[str, Any] = asdict(profile)
    kept |= {name: " ".join(kept[name]) for name in _LISTS}
    kept |= {"on": list(profile.on), "off": "; ".join(f"{each.code} {each.reason}" for each in profile.off)}
    return ProfileTexts(**kept)


class ProfileForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A profile. Edits that are off are fields of their own, ``off_0_code`` and ``off_0_reason`` and so on."""

    name = StringField(LABELS["name"], [DataRequired(), Length(max=LONGEST["name"])])
    base = SelectField(LABELS["base"])
    form = SelectField(LABELS["form"])
    identifiers = StringField(LABELS["identifiers"], [Optional(), Length(max=2000)])
    filings = StringField(LABELS["filings"], [Optional(), Length(max=200)])
    filing_limit_days = IntegerField(LABELS["filing_limit_days"], [Optional()])
    filing_limit_reason = StringField(LABELS["filing_limit_reason"], [Optional()])
    authorization_codes = StringField(LABELS["authorization_codes"], [Optional(), Length(max=4000)])
    most_acts = IntegerField(LABELS["most_acts"], [Optional()])
    needs_referral = BooleanField(LABELS["needs_referral"])
    needs_taxonomy = BooleanField(LABELS["needs_taxonomy"])
    refuses_replacements = BooleanField(LABELS["refuses_replacements"])
    off = HiddenField(LABELS["off"])
    """As it was when the page was made: what tells whether somebody else changed it."""
    on = SelectMultipleField(LABELS["on"], widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())

    def __init__(self, profile: OwnProfile) -> None:
        data = asdict(texts_of(profile))
        for at, each in enumerate(profile.off):
            data |= {f"off_{at}_code": each.code, f"off_{at}_reason": each.reason}
        super().__init__(data=data)
        self.base.choices = options({key: _(each.name) for key, each in PROFILES.items()})
        self.form.choices = options({key: _(words) for key, words in FORMS.items()})
        self.on.choices = options({code: f"{code}  {_(title)}" for code, title in FOR_OTHERS.items()})

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """The fields of each edit that is off, or may be."""
        return [(self[f"off_{at}_code"], self[f"off_{at}_reason"]) for at in range(MOST_OFF)]

    def profile(self) -> OwnProfile:
        """What was typed."""
        lists = {name: tuple((self[name].data or "").split()) for name in _LISTS}
        return OwnProfile(
            name=self.name.data or "",
            base=self.base.data,
            form=self.form.data,
            filing_limit_days=self.filing_limit_days.data,
            filing_limit_reason=self.filing_limit_reason.data or None,
            off=tuple(Off((code.data or "").split()[0], reason.data or "") for code, reason in self._filled()),
            on=tuple(self.on.data or ()),
            needs_referral=self.needs_referral.data,
            needs_taxonomy=self.needs_taxonomy.data,
            most_acts=self.most_acts.data,
            refuses_replacements=self.refuses_replacements.data,
            **lists,
        )

    def _filled(self) -> list[tuple[Any, Any]]:
        return [row for row in self.rows if (row[0].data or "").strip()]

    def at_its_field(self, act: Callable[[], Any]) -> Any:
        """Do it; what is refused is said at the field it is about.

        Raises:
            Refused: it was refused.
        """
        try:
            return act()
        except Refused as refused:
            where = refused.where
            if where.startswith("off["):
                # the profile counts the rows that were filled, the form all of them
                at, _dot, part = where[4:].partition("].")
                code, reason = self._filled()[int(at)]
                where = reason.name if part == "reason" else code.name
            elif where == "off":
                where = "off_0_code"
            raise Refused(refused.what, where=where, remedy=refused.remedy, **refused.params) from None


def may_be_off() -> dict[str, str]:
    """Codes and titles of edits that a profile may switch off."""
    return {code: _(each.declared.title) for code, each in EDITS.items() if code not in BLOCKING}


def _add_rows() -> None:
    for at in range(MOST_OFF):
        setattr(ProfileForm, f"off_{at}_code", StringField(_l("Edit")))
        setattr(ProfileForm, f"off_{at}_reason", StringField(_l("Why it is off")))


_add_rows()

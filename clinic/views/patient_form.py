"""The forms of a patient and of a policy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from clinic.domain.particulars import WIDTHS
from clinic.domain.policy_words import ASSIGNMENTS, FILINGS, INSURANCE_TYPES, RANKS, RELATIONS, RELEASES
from clinic.views.fields import DayField

SEXES = [
    SelectChoice("", ""),
    SelectChoice("F", _l("female")),
    SelectChoice("M", _l("male")),
    SelectChoice("U", _l("not known")),
]


def text(label: Any, width: int = 80, *, needed: bool = False) -> StringField:
    """A line of text of a width."""
    return StringField(label, [InputRequired(_l("This is needed.")) if needed else Optional(), Length(max=width)])


def asked_of_insured(label: Any, width: int) -> StringField:
    """A line that is needed where the insured person is another: the service says so, for only it knows."""
    return StringField(label, [Length(max=width)])


def chosen(words: Mapping[str, str], blank: str | None = None) -> list[SelectChoice]:
    """Choices in the person's language; ``blank`` stands for none."""
    rows = [SelectChoice(code, _(said)) for code, said in words.items()]
    return rows if blank is None else [SelectChoice("", blank), *rows]


class PatientForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """Who a patient is; the names are those of ``Particulars``."""

    last = text(_l("Last name"), WIDTHS["last"], needed=True)
    first = text(_l("First name"), WIDTHS["first"])
    middle = text(_l("Middle name"), WIDTHS["middle"])
    suffix = text(_l("Suffix"), WIDTHS["suffix"])
    birth = DayField(_l("Born"), [Optional()])
    sex = SelectField(_l("Sex"), choices=SEXES)
    street = text(_l("Street"), WIDTHS["street"])
    street_2 = text(_l("Second line"), WIDTHS["street_2"])
    city = text(_l("City"), WIDTHS["city"])
    state = text(_l("State"), WIDTHS["state"])
    postal_code = text(_l("Postal code"), WIDTHS["postal_code"])
    country = text(_l("Country"), WIDTHS["country"])
    phone = text(_l("Phone"), 30)


class CoverageForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A policy; the names are those of ``Policy``."""

    payer_id = SelectField(_l("Payer"), [InputRequired(_l("This is needed."))])
    rank = SelectField(_l("Pays"))
    member_id = text(_l("Member id"), 80, needed=True)
    group_number = text(_l("Group number"), 50)
    plan_name = text(_l("Plan"), 60)
    filing = SelectField(_l("Kind"))
    insurance_type = SelectField(_l("Why Medicare is not first"))
    relation = SelectField(_l("The patient is"))
    subscriber_last = asked_of_insured(_l("Last name"), WIDTHS["last"])
    subscriber_first = asked_of_insured(_l("First name"), WIDTHS["first"])
    subscriber_middle = text(_l("Middle name"), WIDTHS["middle"])
    subscriber_suffix = text(_l("Suffix"), WIDTHS["suffix"])
    subscriber_birth = DayField(_l("Born"))
    subscriber_sex = SelectField(_l("Sex"), choices=SEXES)
    lives_with = BooleanField(_l("Lives at the patient's address"))
    subscriber_street = asked_of_insured(_l("Street"), WIDTHS["street"])
    subscriber_city = asked_of_insured(_l("City"), WIDTHS["city"])
    subscriber_state = text(_l("State"), WIDTHS["state"])
    subscriber_postal_code = text(_l("Postal code"), WIDTHS["postal_code"])
    assigns_benefits = SelectField(_l("Payer may pay the practice"))
    release = SelectField(_l("Consent to tell the payer"))
    starts = DayField(_l("In force from"), [Optional()])
    ends = DayField(_l("to"), [Optional()])

    def offer(self, payers: list[SelectChoice]) -> None:
        """Fill the choices: the practice's payers, and the tables in the person's language."""
        self.payer_id.choices = [SelectChoice("", _("choose")), *payers]
        self.rank.choices = chosen(RANKS)
        self.filing.choices = chosen(FILINGS, _("as the payer has it"))
        self.insurance_type.choices = chosen(INSURANCE_TYPES, _("Medicare is first, or it is not Medicare"))
        self.relation.choices = chosen(RELATIONS)
        self.assigns_benefits.choices = chosen(ASSIGNMENTS)
        self.release.choices = chosen(RELEASES)

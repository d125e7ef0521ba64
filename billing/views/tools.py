"""What billing's templates call."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from billing.domain.claim import Claim
from billing.models import ClaimRecord
from billing.services.forms import FORMS
from billing.views.desk import letters
from clinic.domain.code import Code, pointed
from clinic.domain.refusal import Refused

screens = Blueprint("billing_tools", __name__)


def as_file(claim: Claim[Any, Any], form: str, record: ClaimRecord) -> str:
    """The claim's file as text to read; in place of one that cannot be written, the sentence that says why."""
    how = FORMS.get(form)
    if how is None:
        return ""
    try:
        text = how.make(claim, record).decode()
    except Refused as refused:
        return str(refused)
    return text.replace("~", "~\n").replace("\n\n", "\n")


def as_read(system: str | None, value: str | None) -> str:
    """A code of the record as people read it."""
    return pointed(Code(system or "", value)) if value else ""


screens.add_app_template_global(as_file)
screens.add_app_template_global(as_read)
screens.add_app_template_global(letters)
screens.add_app_template_filter(pointed)

"""A refusal in the words of the person who reads it."""

from __future__ import annotations

from flask_babel import gettext as _

from clinic.domain.refusal import Refused


def told(refused: Refused) -> str:
    """What is wrong and what to do, in one or two sentences."""
    params = refused.filled(_)
    return " ".join(_(part, **params) for part in (refused.what, refused.remedy) if part)

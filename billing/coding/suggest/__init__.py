"""From the words of a note to codes: which, resting on which words, and whether the patient has them today."""

from __future__ import annotations

from billing.coding.suggest.compiling import Title, compiled
from billing.coding.suggest.gaps import gaps
from billing.coding.suggest.lexicon import Lexicon
from billing.coding.suggest.suggest import suggest
from billing.coding.suggest.values import Gap, Suggestion

__all__ = ["Gap", "Lexicon", "Suggestion", "Title", "compiled", "gaps", "suggest"]

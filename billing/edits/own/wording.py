"""A rule in words, for people and for the history of what it said."""

from __future__ import annotations

from collections.abc import Callable

from billing.edits.own.compare import COMPARISONS
from billing.edits.own.fields import FIELDS
from billing.edits.own.rule import Condition, Rule
from clinic.domain.words import N_

Translate = Callable[[str], str]

_WHEN = N_("When %(conditions)s: %(must)s.")
_ALWAYS = N_("Always: %(must)s.")
_AND = N_("%(one)s and %(other)s")


def in_words(rule: Rule, translate: Translate) -> str:
    """The rule as one sentence."""
    must = condition_in_words(rule.must, translate)
    if not rule.when:
        return translate(_ALWAYS) % {"must": must}
    said = condition_in_words(rule.when[0], translate)
    for each in rule.when[1:]:
        said = translate(_AND) % {"one": said, "other": condition_in_words(each, translate)}
    return translate(_WHEN) % {"conditions": said, "must": must}


def condition_in_words(condition: Condition, translate: Translate) -> str:
    """One condition: the field, how it is compared, and with what."""
    field, (words, _, _) = FIELDS[condition.field], COMPARISONS[condition.how]
    return " ".join(filter(None, (f"“{translate(field.words)}”", translate(words), " ".join(condition.values))))

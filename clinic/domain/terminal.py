"""Which language a terminal asks for, by the variables that POSIX and GNU gettext read."""

from __future__ import annotations

from collections.abc import Collection, Mapping

LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The first that is set says the locale (POSIX, 8.2)."""
PLAIN = frozenset({"", "C", "POSIX"})


def language_of(environ: Mapping[str, str], known: Collection[str]) -> str | None:
    """The language to speak, None where the terminal asks for none of those known.

    ``LANGUAGE`` is a list and goes before the locale, but not where that is plain ``C`` (GNU gettext manual, 2.3.3).
    """
    locale = next((environ[name] for name in LOCALE if environ.get(name)), "")
    if locale.partition(".")[0] in PLAIN and locale:
        return None
    asked = [*environ.get("LANGUAGE", "").split(":"), locale]
    return next((language for each in asked if (language := each.partition(".")[0].partition("_")[0]) in known), None)

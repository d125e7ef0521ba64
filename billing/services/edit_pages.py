"""The catalogue of edits as files of the documentation, a folder a language."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from billing.edits import EDITS
from billing.edits.pages import pages
from clinic.settings import ROOT

LANGUAGES = ("en", "fr")


def translations(language: str, folder: Path = ROOT / "translations") -> NullTranslations:
    """The catalogue of a language; one that gives the message ids back where there is none."""
    source = folder / language / "LC_MESSAGES" / "messages.po"
    if not source.exists():
        return NullTranslations()
    with source.open("rb") as words, BytesIO() as compiled:
        write_mo(compiled, read_po(words, locale=language))
        compiled.seek(0)
        return Translations(compiled)


def write_pages(folder: Path) -> int:
    """Write all pages, and take away those of edits that are no more. Gives how many there are."""
    count = 0
    for language in LANGUAGES:
        found = pages(EDITS.values(), translations(language).gettext)
        inside = folder / language
        inside.mkdir(parents=True, exist_ok=True)
        for old in inside.glob("*.md"):
            if old.name not in found:
                old.unlink()
        for name, text in found.items():
            (inside / name).write_text(text, "utf-8")
        count += len(found)
    return count

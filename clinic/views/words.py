"""The language of a page: the person's own, else the browser's, else English."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, current_app, has_request_context, request
from flask_babel import Babel
from flask_login import current_user

from clinic.domain.terminal import language_of
from clinic.settings import ROOT

TRANSLATIONS = ROOT / "translations"


def _locale() -> str:
    languages: tuple[str, ...] = current_app.config["LANGUAGES"]
    if not has_request_context():  # the command line speaks the terminal's language
        return language_of(os.environ, languages) or languages[0]
    if current_user and current_user.is_authenticated and current_user.locale in languages:
        return str(current_user.locale)
    return request.accept_languages.best_match(languages) or languages[0]


def compile_catalogues(target: Path) -> None:
    """Compile each language's words into the instance folder, where they are not there or older than their source."""
    for source in TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"):
        compiled = target / source.relative_to(TRANSLATIONS).with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns == source.stat().st_mtime_ns:
            continue
        compiled.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as po, tempfile.NamedTemporaryFile(dir=compiled.parent, delete=False) as mo:
            write_mo(mo, read_po(po, locale=source.parts[-3]))
        stamp = source.stat().st_mtime_ns
        os.utime(mo.name, ns=(stamp, stamp))
        Path(mo.name).replace(compiled)


def set_up(app: Flask) -> None:
    """Set gettext up; templates have ``_`` and Babel's filters."""
    compile_catalogues(Path(app.config["CABINET_INSTANCE"]) / "translations")
    Babel(app, locale_selector=_locale)

"""Every word a person reads has its words in each language, written by that language's own rules (law 13)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po

from clinic.settings import settings
from tests.house.tree import ROOT, modules, text

FOLDER = ROOT / "translations"
LANGUAGES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
KEYWORDS = ("N_", "_l", "lazy_gettext")
"""What marks a word beside gettext's own names; the -k of pybabel."""

SHORT = 8
"""The letters a narrow rail has room for."""

_NAMED = re.compile(r"%\((\w+)\)[sd]")
_NOT_FRENCH = (
    (re.compile(r"'"), "a straight apostrophe"),
    (re.compile(r" [?!;:»]"), "a plain space before a mark that takes a narrow one"),
    (re.compile(r"« "), "a plain space inside a quotation mark"),
    (re.compile(r"\w[?!;](?:\s|$)"), "no space before a mark"),
    (re.compile(r"\.\.\."), "three points for an ellipsis"),
    (re.compile(r"[“”\"]"), "a foreign quotation mark"),
)


@cache
def extracted() -> tuple[str | tuple[str, str], ...]:
    """Every marked message, one with a plural as two."""
    with (FOLDER / "babel.cfg").open(encoding="utf-8") as file:
        mapping, options = parse_mapping_cfg(file)
    keywords = DEFAULT_KEYWORDS | parse_keywords(KEYWORDS)
    return tuple(dict.fromkeys(row[2] for row in extract_from_dir(ROOT, mapping, options, keywords) if row[2]))


@cache
def catalogue(language: str) -> Catalog:
    with (FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def messages(language: str) -> Iterator[tuple[Message, str]]:
    """Each message with each of its forms."""
    for message in catalogue(language):
        if message.id:
            for said in [message.string] if isinstance(message.string, str) else message.string:
                yield message, said


def test_each_language_of_the_house_has_its_words(tmp_path):
    assert {"en", *LANGUAGES} == set(settings(tmp_path)["LANGUAGES"])


def test_much_is_extracted():
    found = extracted()
    assert len(found) > 1500
    assert "Find" in found  # a template's, a module's, an edit's docstring's, and one with a plural
    assert "assistant" in found
    assert "A line says for which diagnosis it was done." in found
    assert ("%(num)s claim", "%(num)s claims") in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language):
    said: dict[object, list[str]] = {}
    for message, form in messages(language):
        said.setdefault(message.id, []).append(form)
    missing = [each for each in extracted() if each not in said or not all(said[each])]
    assert not missing, f"{len(missing)} without words in {language}: {missing}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_that_nobody_says(language):
    unsaid = {message.id for message, _ in messages(language)} - set(extracted())
    assert not unsaid
    assert not catalogue(language).obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_guessed(language):
    assert not [message.id for message, _ in messages(language) if message.fuzzy]
    assert not catalogue(language).fuzzy


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_fills_a_message_fills_its_translation(language):
    wrong = []
    for message, said in messages(language):
        ids = [message.id] if isinstance(message.id, str) else message.id
        asked = {name for each in ids for name in _NAMED.findall(each)}
        given = set(_NAMED.findall(said))
        # The form for one thing may say it in words; nothing may ask for what is not given.
        fine = given <= asked if said != message.string and said is message.string[0] else given == asked
        lone = "%" in _NAMED.sub("", said).replace("%%", "") and message.python_format
        if not fine or lone or any(each.count("%%") != said.count("%%") for each in ids):
            wrong.append((message.id, said))
    assert not wrong


def test_french_is_set_as_french():
    found = [(why, said) for _, said in messages("fr") for pattern, why in _NOT_FRENCH if pattern.search(said)]
    assert not found


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_the_narrow_rail_has_short_words(language):
    said = {"": ""} if language == "en" else {message.id: form for message, form in messages(language)}
    shorts = [
        node.args[2].args[0].value
        for path in modules("clinic", "billing", "lab")
        for node in ast.walk(ast.parse(text(path) or ""))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"Queue", "_queue"}
        if isinstance(node.args[2], ast.Call)  # else the words come from whoever calls
    ]
    assert len(shorts) > 5
    assert not [words for each in shorts if len(words := said.get(each, each)) > SHORT]

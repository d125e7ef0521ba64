"""The catalogue's pages show every edit, and narrow by what the address says."""

from __future__ import annotations

import re

import pytest

from billing.edits.registry import EDITS
from tests.fixtures.house import log_in


def codes(text: str) -> list[str]:
    return re.findall(r"<code>([A-Z]{3}-\d\d)</code>", text[text.index('<table class="grid') :])


@pytest.fixture
def reader(client, practice):
    return log_in(client, practice.actor("biller"), practice)


def test_all_edits_are_there(reader) -> None:
    text = reader.get("/house/edits").get_data(as_text=True)
    assert codes(text) == list(EDITS)


@pytest.mark.parametrize("severity", ["block", "warn", "advise"])
def test_by_severity(reader, severity) -> None:
    text = reader.get(f"/house/edits?severity={severity}").get_data(as_text=True)
    assert codes(text) == [code for code, each in EDITS.items() if each.declared.severity == severity]


def test_by_words_box_and_element(reader) -> None:
    for wanted in ("ptr-01", "24E", "SV107"):
        assert "PTR-01" in codes(reader.get(f"/house/edits?q={wanted}").get_data(as_text=True))
    nothing = reader.get("/house/edits?q=no+edit+says+zebra").get_data(as_text=True)
    assert 'class="empty"' in nothing


def test_each_edit_has_its_page(reader) -> None:
    for code, each in EDITS.items():
        answer = reader.get(f"/house/edits/{code}")
        assert answer.status_code == 200, code
        assert each.declared.source.split("'")[0].split("&")[0] in answer.get_data(as_text=True), code


def test_an_unknown_code_is_not_there(reader) -> None:
    assert reader.get("/house/edits/ZZZ-99").status_code == 404

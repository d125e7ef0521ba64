"""``flask codes``: what other programs may rely on."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from flask_babel import Babel

from clinic.cli.codes import group
from tests.clinic.codes.small_tabular import XML
from tests.fixtures.codes import lend_codes


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """An application with the commands and an instance folder, and nothing else."""
    lend_codes(tmp_path)
    app = Flask("codes")
    app.config["CABINET_INSTANCE"] = str(tmp_path)
    app.cli.add_command(group)
    Babel(app)
    return app


def run(app: Flask, *args: str, typed: str | bytes | None = None) -> Result:
    return app.test_cli_runner().invoke(args=["codes", *args], input=typed)


def rows(result: Result) -> list[dict]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def listed(app: Flask) -> set[tuple[str, str]]:
    return {(row["system"], row["release"]) for row in rows(run(app, "list", "--json"))}


def refused(result: Result) -> str:
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    return result.stderr


def test_list(app: Flask):
    [icd] = [row for row in rows(run(app, "list", "--json")) if row["system"] == "icd10cm"]
    assert (icd["release"], icd["rows"], icd["billable"]) == ("fy2026-april", 98_186, 74_719)
    assert (icd["from"], icd["to"]) == ("2025-10-01", "2026-09-30")
    assert icd["licence"]
    assert "fy2026-april" in run(app, "list").stdout


def test_search(app: Flask):
    [found] = rows(run(app, "search", "sore", "throat", "--on", "2026-03-02", "-n", "1", "--json"))
    assert found == {
        "query": "sore throat",
        "results": [
            {
                "system": "icd10cm",
                "code": "J02.9",
                "display": "Acute pharyngitis, unspecified",
                "billable": True,
                "score": 1.0,
            }
        ],
    }
    assert run(app, "search", "asthma").stdout.startswith("J45.909")
    assert rows(run(app, "search", "flu", "--system", "hcpcs", "--json"))[0]["results"][0]["code"] == "G0008"


def test_search_reads_a_query_a_line(app: Flask):
    found = rows(run(app, "search", "-", "--json", "-n", "2", typed=b"asthma\r\n\n\xff\xfe\nI10"))
    assert [row["query"] for row in found] == ["asthma", "", "\ufffd\ufffd", "I10"]
    assert [len(row["results"]) for row in found] == [2, 0, 0, 1]


@pytest.mark.parametrize(
    "args",
    [
        ("search", "asthma", "--system", "nothing"),
        ("load", "cpt", "x"),
        ("load", "icd10cm", "/nothing.xml"),
        ("withdraw", "icd10cm", "fy1999"),
        ("withdraw", "icd10cm", "../x"),
        ("load", "icd10cm", "--from", "2027-01-01", "--to", "2026-01-01"),
    ],
)
def test_bad_input_is_one_line_and_changes_nothing(app: Flask, args: tuple[str, ...]):
    before = listed(app)
    refused(run(app, *args))
    assert listed(app) == before


def test_loading_twice_withdrawing_and_loading_again(app: Flask, tmp_path: Path):
    path = tmp_path / "icd10cm-tabular-2025.xml"
    path.write_text(XML.replace("2026", "2025"))
    before = listed(app)
    [loaded] = rows(run(app, "load", "icd10cm", str(path), "--json"))
    assert (loaded["release"], loaded["from"], loaded["to"]) == ("fy2025", "2024-10-01", "2025-09-30")
    assert (loaded["billable"], loaded["loaded"]) == (7, True)
    assert listed(app) == before | {("icd10cm", "fy2025")}
    [again] = rows(run(app, "load", "icd10cm", str(path), "--json"))
    assert again == {**loaded, "loaded": False}
    [old] = rows(run(app, "search", "fall", "--on", "2025-01-01", "--json"))
    assert [hit["code"] for hit in old["results"]] == ["W19.XXXA", "W19"]
    refused(run(app, "load", "icd10cm", str(path), "--from", "2024-11-01"))
    path.write_text(XML.replace("2026", "2025").replace("School", "Schools"))
    assert "fy2025" in refused(run(app, "load", "icd10cm", str(path)))
    assert run(app, "withdraw", "icd10cm", "fy2025").exit_code == 0
    assert listed(app) == before
    [anew] = rows(run(app, "load", "icd10cm", str(path), "--json"))
    assert anew["digest"] != loaded["digest"]


def test_a_name_and_dates_of_ones_own(app: Flask, tmp_path: Path):
    path = tmp_path / "list.xml"
    path.write_text(XML.replace("<version>2026", "<version>draft"))
    refused(run(app, "load", "icd10cm", str(path)))
    dates = ("--from", "2030-01-01", "--to", "2030-12-31")
    [loaded] = rows(run(app, "load", "icd10cm", str(path), "--release", "draft", *dates, "--json"))
    assert (loaded["release"], loaded["effective"], loaded["to"]) == ("draft", "2030-01-01", "2030-12-31")


def test_a_file_cut_off_is_named_with_its_line(app: Flask, tmp_path: Path):
    path = tmp_path / "cut.xml"
    path.write_text(XML[: len(XML) // 2])
    before = listed(app)
    assert "cut.xml, line 25" in refused(run(app, "load", "icd10cm", str(path)))
    assert listed(app) == before


def test_a_release_that_came_along_can_be_withdrawn(app: Flask, tmp_path: Path):
    assert run(app, "withdraw", "frequency", "own").exit_code == 0
    assert ("frequency", "own") not in listed(app)
    assert (tmp_path / "codes" / "frequency--own.codes.withdrawn").exists()

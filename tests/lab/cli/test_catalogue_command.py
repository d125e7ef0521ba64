"""``flask lab catalogue``: out and in again, row by row."""

import json
from datetime import date

from lab.services.catalogue import catalogue_on
from lab.services.shipped import shipped


def run(app, *words):
    return app.test_cli_runner().invoke(args=["lab", "catalogue", *words])


def test_what_is_exported_loads_as_it_was(app, practice, tmp_path):
    file = tmp_path / "tests.csv"
    assert run(app, "export", "--out", str(file)).exit_code == 0
    done = run(app, "load", str(file), "--reason", "again", "--json")
    assert json.loads(done.output) == {"added": 0, "changed": 0, "unchanged": 70}
    file.write_text("key,rcf_g\ncmp,1500\n", encoding="utf-8")
    assert json.loads(run(app, "load", str(file), "--reason", "ours", "--json").output)["changed"] == 1
    assert catalogue_on(practice.row.id, date(2026, 5, 6)).tests["cmp"].rcf_g == 1500


def test_it_is_written_on_an_empty_database(app):
    done = run(app, "export")
    assert done.exit_code == 0
    assert done.output.count("\n") == 71


def test_each_fault_is_one_line_and_nothing_is_changed(app, practice, tmp_path):
    file = tmp_path / "tests.csv"
    file.write_text("key,rcf_g\ncmp,1500\ntsh,fast\nft4,slow\n", encoding="utf-8")
    done = run(app, "load", str(file), "--reason", "ours")
    assert done.exit_code == 2
    assert [line for line in done.output.splitlines() if "rcf_g" in line and str(file) in line] == (
        done.output.splitlines()
    )
    assert len(done.output.splitlines()) == 2
    assert catalogue_on(practice.row.id, date(2026, 5, 6)) is shipped()


def test_what_cannot_be_read_is_one_sentence(app, practice, tmp_path):
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe")
    for words in (
        ("load", str(tmp_path / "absent.csv"), "--reason", "x"),
        ("load", str(tmp_path), "--reason", "x"),
        ("load", str(tmp_path / "bytes.csv"), "--reason", "x"),
        ("load", str(tmp_path / "bytes.csv"), "--reason", "x", "--laboratory", "Nowhere"),
        ("export", "--laboratory", "Nowhere"),
        ("export", "--out", str(tmp_path)),
        ("export", "--practice", "Nobody"),
    ):
        done = run(app, *words)
        assert done.exit_code == 2, words
        assert done.output.startswith("Error: ")
        assert len(done.output.splitlines()) == 1

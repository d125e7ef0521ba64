"""``flask lab results``: once, all or none, one sentence."""

from __future__ import annotations

import json

from clinic.base import db
from lab.models import IncomingResult
from tests.lab.ordering import make_laboratory
from tests.lab.resulting import drawn
from tests.lab.services.test_take_report import sent


def run(app, *arguments):
    return app.test_cli_runner().invoke(args=["lab", "results", *map(str, arguments)])


def test_a_file_is_taken_once(app, practice, tmp_path) -> None:
    line = drawn(practice, "cbc_diff", laboratory=make_laboratory(practice))
    file = tmp_path / "a.hl7"
    file.write_bytes(sent(line))
    first = json.loads(run(app, file, "--json").output)
    assert (first["control"], first["state"], first["result"]) == ("NL0001", "matched", 1)
    assert json.loads(run(app, file, "--json").output)["state"] == "known"
    assert run(app, file).output == "NORTHLAKE|NLREF NL0001: known\n"


def test_bad_input_is_one_sentence_and_changes_nothing(app, practice, tmp_path) -> None:
    line = drawn(practice, "cbc_diff", laboratory=make_laboratory(practice))
    good, bad = tmp_path / "a.hl7", tmp_path / "b.hl7"
    good.write_bytes(sent(line))
    bad.write_bytes(b"hello")
    for files in ((good, bad), (good, tmp_path / "none"), (tmp_path,)):
        answer = run(app, *files)
        assert answer.exit_code == 2
        assert answer.stderr.count("\n") == 1
    assert db.session.query(IncomingResult).count() == 0

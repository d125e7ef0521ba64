"""``flask charges load``."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.models import Charge, Fact
from clinic.services.load_charges import read_charges
from tests.counts import count


def load(app, tmp_path, text: str | bytes, *options: str):
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    db.session.commit()
    return app.test_cli_runner().invoke(args=["charges", "load", str(path), *options])


def prices() -> dict[str, int]:
    db.session.expire_all()
    return {row.code: row.price_cents for row in db.session.query(Charge)}


def test_a_file_is_loaded_and_loading_it_again_changes_nothing(app, practice, tmp_path) -> None:
    text = '\ufeffCode, Words, Price\n99213,visit,125.00\n99214,"visit, longer",180\n\nd1110,cleaning,98.5\n'
    done = load(app, tmp_path, text, "--json")
    assert (done.exit_code, json.loads(done.output)) == (0, {"added": 2, "changed": 1, "unchanged": 0})
    assert prices() == {"99213": 12500, "99214": 18000, "D1110": 9850, "36415": 950, "G0008": 2800}
    facts = db.session.query(Fact).count()
    again = load(app, tmp_path, text, "--json")
    assert json.loads(again.output) == {"added": 0, "changed": 0, "unchanged": 3}
    assert db.session.query(Fact).count() == facts


def test_every_wrong_line_is_named_and_nothing_is_loaded(app, practice, tmp_path) -> None:
    before = prices()
    done = load(
        app,
        tmp_path,
        "code,words,price\n99214,fine,1\n9921,short,1\n99215,none,1.234\n99216,,1\n99214,twice,1\n1,2\n99217,below,-1\n",
    )
    assert done.exit_code == 2
    lines = done.stderr.strip().splitlines()
    assert [line.split("line ")[1].split(":")[0] for line in lines] == ["3", "4", "5", "6", "7", "8"]
    assert prices() == before


@pytest.mark.parametrize(
    "text", ["", "code;words;price\n", "99213,visit,1\n", b"\xff\xfe", 'code,words,price\n"open\x00']
)
def test_what_is_no_charge_list(app, practice, tmp_path, text) -> None:
    before = prices()
    done = load(app, tmp_path, text)
    assert done.exit_code == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert prices() == before


@settings(max_examples=count(100, 5000))
@given(
    st.text(max_size=200)
    | st.text('code,words price\n"0123459D.\r', max_size=200).map(lambda rest: f"code,words,price\n{rest}")
)
def test_any_text_is_read_or_refused(text) -> None:
    try:
        rows, _wrong = read_charges(text, "x")
    except Refused:
        return
    assert len({row.code for row in rows}) == len(rows)
    assert all(row.price_cents >= 0 and row.words for row in rows)

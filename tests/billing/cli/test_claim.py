import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import create_app
from billing.domain.canonical import from_json, to_json
from billing.edits import EDITS
from billing.edits.example import claim_with, line
from billing.fhir.claim import from_fhir, to_fhir
from billing.services.read_claims import read_claims
from billing.x12 import read_837p
from clinic.domain.refusal import Refused
from clinic.fhir.json import dumps, loads
from tests.clinic.paper.reading import letters
from tests.counts import count
from tests.fixtures.codes import lend_codes
from tests.fixtures.words import lend_words
from tests.strategies.samples import sample_claims

KEYS = ["file", "claim", "line", "code", "severity", "field", "box", "loop", "segment", "element", "message", "fix"]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    instance = tmp_path_factory.mktemp("instance")
    lend_codes(instance)
    lend_words(instance)
    return create_app(instance, TESTING=True)


@pytest.fixture
def flask(app):
    """Runs a command: exit code, standard output, standard error."""

    def run(*words: Any) -> tuple[int, str, str]:
        result = app.test_cli_runner().invoke(args=["claim", *map(str, words)])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.stdout, result.stderr

    return run


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(each) for each in text.splitlines()]


BAD = claim_with(
    number="BAD", coverage__member_id="NWH5550002", total=claim_with().charged() * 2, acts=(line(pointers=()),)
)


def file_of(folder: Path, form: str, *claims: Any) -> Path:
    path = folder / f"claims.{form}"
    if form == "json":
        path.write_bytes(b"\n".join(map(to_json, claims)))
    elif form == "array":
        path.write_bytes(b"[" + b",".join(map(to_json, claims)) + b"]")
    elif form == "fhir":
        path.write_bytes(b"\n".join(dumps(to_fhir(each, created=date(2026, 3, 9))) for each in claims))
    else:
        entries = [{"resource": to_fhir(each, created=date(2026, 3, 9))} for each in claims]
        path.write_bytes(dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}, indent=1))
    return path


@pytest.mark.parametrize("form", ["json", "array", "fhir", "bundle"])
def test_a_clean_file_has_no_findings(flask, tmp_path, form):
    path = file_of(tmp_path, form, claim_with(), claim_with(number="A1002", coverage__member_id="NWH5550002"))
    assert flask("check", path, "--on", "2026-03-09", "--json")[:2] == (0, "")


@pytest.mark.parametrize("form", ["json", "array", "fhir", "bundle"])
def test_findings_are_told_a_line_each_and_a_block_is_exit_1(flask, tmp_path, form):
    path = file_of(tmp_path, form, claim_with(), BAD)
    code, out, err = flask("check", path, "--on", "2026-03-09", "--json")
    assert code == 1
    found = lines(out)
    assert [(each["claim"], each["line"], each["code"]) for each in found] == [
        ("BAD", 1, "PTR-01"),
        ("BAD", None, "BAL-01"),
    ]
    assert list(found[0])[:12] == KEYS
    assert (found[0]["field"], found[0]["box"], found[0]["loop"]) == ("acts[0].part.pointers", "24E", "2400")
    assert found[1]["change"] == {"field": "total", "value": '{"cents":12500,"currency":"USD"}'}
    assert found[0]["file"] == str(path)
    assert "2 claims" in err


def test_warnings_and_advice_alone_are_exit_0(flask, tmp_path):
    path = file_of(tmp_path, "json", claim_with(rendering__taxonomy=None))
    code, out, _ = flask("check", path, "--on", "2026-03-09")
    assert code == 0
    assert "advise PRV-01" in out


def test_findings_go_to_a_file_that_is_whole_or_not_there(flask, tmp_path):
    good, out = file_of(tmp_path, "json", BAD), tmp_path / "found.ndjson"
    assert flask("check", good, "--json", "--on", "2026-03-09", "--out", out)[:2] == (1, "")
    before = out.read_bytes()
    assert [each["code"] for each in lines(before.decode())] == ["PTR-01", "BAL-01"]
    wrong = tmp_path / "wrong.json"
    wrong.write_text("nothing")
    assert flask("check", good, wrong, "--json", "--out", out)[0] == 2
    assert out.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.json", "found.ndjson", "wrong.json"]


@pytest.mark.parametrize("form", ["837p", "fhir", "json"])
def test_written_and_read_again_it_is_the_same_claim(flask, tmp_path, form):
    claims = [claim_with(), claim_with(number="A1002", note="A NOTE", acts=(line(), line(number="2", code="93000")))]
    source, first, second = file_of(tmp_path, "json", *claims), tmp_path / "first", tmp_path / "second"
    assert flask("write", source, "--to", form, "--out", first)[0] == 0
    assert flask("write", first, "--to", "json", "--out", second)[0] == 0
    assert [from_json(each) for each in second.read_bytes().splitlines()] == claims
    if form == "837p":
        assert list(read_837p(first.read_bytes()).claims) == claims
        again = tmp_path / "again"
        assert flask("write", first, "--to", "837p", "--out", again)[0] == 0
        assert again.read_bytes() == first.read_bytes()
    if form == "fhir":
        assert [from_fhir(loads(each)) for each in first.read_bytes().splitlines()] == claims


@pytest.mark.parametrize("target", ["837p", "cms1500", "fhir", "json"])
@pytest.mark.parametrize("form", ["837p", "fhir", "bundle", "json", "array"])
def test_any_form_is_written_in_any_other(flask, tmp_path, form, target):
    """What is written from a form is what is written from our own JSON of the same claims."""
    claims = [claim_with(), claim_with(number="A1002")]
    direct, source = file_of(tmp_path, "json", *claims), tmp_path / "source"
    if form == "837p":
        assert flask("write", direct, "--to", form, "--out", source)[0] == 0
    else:
        source = file_of(tmp_path, form, *claims)
    first, second = tmp_path / "first", tmp_path / "second"
    assert flask("write", source, "--to", target, "--out", first)[0] == 0
    assert flask("write", direct, "--to", target, "--out", second)[0] == 0
    if target == "cms1500":
        assert letters(first.read_bytes()) == letters(second.read_bytes())
    else:
        assert read_claims(first.read_bytes(), "first").claims == read_claims(second.read_bytes(), "second").claims
        assert len(read_claims(first.read_bytes(), "first").claims) == 2


def test_the_page_is_a_pdf(flask, tmp_path):
    source, out = file_of(tmp_path, "json", claim_with()), tmp_path / "page.pdf"
    assert flask("write", source, "--to", "cms1500", "--out", out)[0] == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_an_837_is_judged_as_of_the_day_it_was_made(flask, tmp_path):
    source, out = file_of(tmp_path, "json", claim_with()), tmp_path / "claims.edi"
    flask("write", source, "--to", "837p", "--out", out)
    text = out.read_text()
    made = read_837p(text.encode()).transmissions[0].created.strftime("%Y%m%d")
    out.write_text(text.replace(f"*{made}*", "*20260309*"))
    assert flask("check", out, "--json")[:2] == (0, "")
    code, found, _ = flask("check", out, "--json", "--on", "2026-03-01")
    assert (code, [each["code"] for each in lines(found)]) == (1, ["DAT-01"])


def test_faults_of_an_837_are_findings(flask, tmp_path):
    source, out = file_of(tmp_path, "json", claim_with()), tmp_path / "claims.edi"
    flask("write", source, "--to", "837p", "--out", out)
    whole = out.read_text()
    out.write_text(whole.replace("DTP*472", "DTP*4X2").replace("IEA*1", "IEA*2"))
    code, found, _ = flask("check", out, "--json", "--on", "2026-03-09")
    told = {each["code"]: each for each in lines(found)}
    assert code == 1
    assert told["ENV-TA105-021"]["claim"] is None
    assert any(each.startswith("SYN-") and told[each]["claim"] == "A1001" for each in told)
    assert flask("write", out, "--to", "json", "--out", tmp_path / "never")[0] == 2
    assert not (tmp_path / "never").exists()


def test_one_fault_of_file_and_claim_is_told_once(flask, tmp_path):
    source, out = file_of(tmp_path, "json", claim_with()), tmp_path / "claims.edi"
    flask("write", source, "--to", "837p", "--out", out)
    out.write_text(out.read_text().replace("1234567893", "1234567890"))
    _, found, _ = flask("check", out, "--json", "--on", "2026-03-09")
    assert [each["element"] for each in lines(found)].count("NM109") == 1
    assert [each["code"] for each in lines(found)] == ["NPI-01"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "nothing",
        "{",
        "[]",
        "{}",
        '{"kind":"unheard"}',
        '{"kind":"professional"}',
        '{"kind":7}',
        '{"resourceType":"Patient"}',
        '{"resourceType":"Bundle","entry":7}',
        '{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Claim"}}]}',
        "[" * 5000,
        '{"kind":"professional"}\n{"kind":"professional"',
        "[7]",
    ],
)
def test_bad_input_is_one_line_and_exit_2(flask, tmp_path, text):
    path = tmp_path / "bad"
    path.write_text(text)
    for words in (("check", path), ("write", path, "--to", "json", "--out", tmp_path / "out")):
        code, out, err = flask(*words)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert str(path) in err
    assert not (tmp_path / "out").exists()


def test_a_bad_line_is_named(flask, tmp_path):
    path = tmp_path / "claims.json"
    path.write_bytes(
        to_json(claim_with()) + b"\n\n" + to_json(claim_with()).replace(b'"frequency":"1"', b'"frequency":"9"')
    )
    code, _, err = flask("check", path)
    assert code == 2
    assert "line 3" in err
    assert "frequency" in err


@pytest.mark.parametrize(
    "words", [("check", "absent"), ("check", "."), ("write", "absent", "--to", "json", "--out", "x")]
)
def test_a_file_that_cannot_be_read_is_one_line(flask, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    code, out, err = flask(*words)
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_a_folder_that_is_not_there_is_one_line(flask, tmp_path):
    path = file_of(tmp_path, "json", claim_with())
    code, _, err = flask("check", path, "--out", tmp_path / "no" / "where")
    assert (code, err.count("\n")) == (2, 1)


def test_the_edits_are_listed(flask):
    code, out, _ = flask("edits", "--json")
    assert code == 0
    assert [each["code"] for each in lines(out)] == list(EDITS)
    assert len(flask("edits")[1].splitlines()) == len(EDITS)


def test_any_bytes_are_claims_or_one_sentence():
    """Bytes of good files cut, doubled and replaced."""
    from random import Random

    from billing.services.write_claims import FORMS
    from tests.oracle.sender import TRANSMISSION

    rng = Random(7)
    claims = sample_claims(6)
    good = [FORMS[form].make(claims, TRANSMISSION, TRANSMISSION.created) for form in ("837p", "fhir", "json")]
    for _ in range(count(300, 20_000)):
        data = bytearray(rng.choice(good))
        for _ in range(rng.randint(1, 6)):
            at = rng.randrange(len(data))
            what = rng.randrange(4)
            if what == 0:
                data[at] = rng.randrange(256)
            elif what == 1:
                del data[at : at + rng.randrange(200)]
            elif what == 2:
                data[at:at] = data[max(0, at - rng.randrange(200)) : at]
            else:
                data[at : at + 1] = rng.choice((b"null", b'"', b"{}", b"1e999", b"*", b"~", b"\n"))
        with suppress(Refused):
            read_claims(bytes(data), "file")

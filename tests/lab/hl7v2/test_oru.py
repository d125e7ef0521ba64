"""ORU^R01 of three senders, and of anybody: what is read, what is doubted, what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from clinic.domain.refusal import Refused
from lab.hl7v2.dialect import dialect_of, dialects
from lab.hl7v2.message import read_messages
from lab.hl7v2.moments import read_instant
from lab.hl7v2.oru import read_oru
from tests.counts import count

SAMPLES = Path(__file__).parents[2] / "samples" / "lab"
ZONE = "America/Chicago"
HEAD = "MSH|^~\\&|SOMEONE|X|||20260504||ORU^R01|1|P|2.5"


def sample(name) -> bytes:
    return (SAMPLES / f"{name}.hl7").read_bytes()


def read(*lines, head=HEAD):
    return [report for report, _ in read_oru("\r".join((head, *lines)).encode(), ZONE, "file")]


def test_each_dialect_is_known_by_its_sender() -> None:
    assert {each.key for each in dialects()} == {"harborpath", "northlake", "quickassay"}
    assert dialect_of("northlake", "").key == "northlake"
    assert dialect_of("", "HPATH-2").key == "harborpath"
    assert dialect_of("SOMEONE", "").key == "plain"


def test_northlake_writes_by_the_book() -> None:
    ((report, raw),) = read_oru(sample("northlake"), ZONE)
    assert (report.sender, report.control, report.status) == ("NORTHLAKE|NLREF", "NL0001", "final")
    assert (report.person.last, report.person.birth, report.person.numbers) == (
        "Calloway",
        date(1967, 3, 14),
        ("000001",),
    )
    assert (report.order_numbers, report.container_numbers) == (("R000001",), ("C000001",))
    assert report.loincs == {"57021-8"}
    assert report.collected_at == datetime(2026, 5, 4, 19, 42, tzinfo=UTC)
    assert [(each.value, each.unit, each.flag) for each in report.values] == [
        ("6.4", "g/dL", "LL"),
        ("7.25", "10*3/uL", None),
        ("<10", "10*3/uL", "LL"),
        ("Polychromasia\nFew schistocytes ^ 1+", None, None),
    ]
    assert report.values[0].note == "Repeated. Called to & read back at the practice."
    assert report.values[3].note == "Réticulocytes à suivre."
    assert report.doubts == ()
    assert raw.startswith("MSH|^~\\&|NORTHLAKE")


def test_harbor_names_other_signs_and_another_character_set() -> None:
    ((report, _),) = read_oru(sample("harborpath"), ZONE)
    assert (report.person.first, report.person.numbers) == ("Zoé", ("A-44", "000002"))
    assert (report.order_numbers, report.container_numbers, report.status) == (("R000002",), ("C000002",), "corrected")
    assert [code.code for code in report.codes] == ["66117-3", "BX1"]
    diagnosis, gross = report.values
    assert diagnosis.value.splitlines() == [
        "Tongue, left lateral border: fibroepithelial polyp.",
        "Margins free; 4 mm * 3 mm $ 2 mm.",
    ]
    assert gross.value.endswith("Étiquette lisible.")


def test_quickassay_sends_batches_in_frames() -> None:
    reports = [report for report, _ in read_oru(sample("quickassay"), "UTC")]
    assert [(each.control, each.status) for each in reports] == [
        ("5501#1", "final"),
        ("5501#2", "preliminary"),
        ("5502", "corrected"),
    ]
    first = reports[0]
    assert first.collected_at == datetime(2026, 5, 4, 13, 15, tzinfo=UTC)  # its own zone, not the one asked for
    assert [(each.value, each.unit, each.flag) for each in first.values] == [
        ("231", "mg/dL", "H"),
        (">1000", "mg/dL", "HH"),
        ("not calculated", "mg/dL", None),
    ]
    assert (first.order_numbers, first.container_numbers) == (("R000003",), ("C000003",))
    assert first.doubts == ("OBX (line 8) OBX-5",)


def test_what_was_taken_back_is_left_out_and_unknown_flags_are_doubted() -> None:
    (report,) = read(
        "OBR|1|||57021-8^CBC^LN|||||||||||||||||||||F",
        "OBX|1|NM|718-7^Hb^LN||9|g/dL|||||D",
        "OBX|2|NM|718-7^Hb^LN||12|g/dL||ZZ|||F",
    )
    assert [(each.value, each.note) for each in report.values] == [("12", "ZZ")]
    assert report.doubts == ("OBX (line 4) OBX-8",)


def test_a_rejected_specimen_is_cancelled_with_its_reason() -> None:
    (report,) = read("OBR|1|||57021-8^CBC^LN|||||||||||||||||||||X", "SPM|1|C000001|||||||||||||||||||RH")
    assert (report.status, report.rejected, report.values) == ("cancelled", "RH", ())


def test_escapes() -> None:
    (report,) = read(
        "OBR|1|||1^T^L|||||||||||||||||||||F",
        "OBX|1|ST|1^A^L||a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f\\X41\\ \\Zx\\ g\\|||||||F",
    )
    assert report.values[0].value == "a|b^c&d~e\\fA \\Zx\\ g\\"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("202605041442-0500", datetime(2026, 5, 4, 19, 42, tzinfo=UTC)),
        ("20260504144205.123", datetime(2026, 5, 4, 19, 42, 5, tzinfo=UTC)),
        ("202611010130", None),  # twice that night
        ("202611010130-0600", datetime(2026, 11, 1, 7, 30, tzinfo=UTC)),
        ("202603080230", None),  # never
        ("20260504", None),
        ("20261304120000", None),
        ("00010101000000+1400", None),
        ("now", None),
    ],
)
def test_times(text, at) -> None:
    assert read_instant(text, ZONE) == at


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"PID|1",
        b"MSH",
        b"MSH|^~",
        b"MSH|aaaa|X|X",
        b"MSH|^^~&|X|X",
        HEAD.replace("ORU^R01", "ADT^A01").encode(),
        HEAD.replace("|1|P", "||P").encode(),
        HEAD.encode(),
        (HEAD + "\rOBR|1\rlower|x").encode(),
        (HEAD + "||||||KLINGON\rOBR|1").encode(),
        (HEAD + "\rOBR|1|||\xe9").encode("latin-1"),
        (HEAD + "\rOBR|1|||\x00").encode(),
    ],
)
def test_what_is_no_result_message_is_refused_in_one_sentence(data) -> None:
    with pytest.raises(Refused) as told:
        read_oru(data, ZONE, "file")
    assert "\n" not in str(told.value)
    assert str(told.value).startswith("file")


def test_the_place_of_a_fault_is_its_line() -> None:
    with pytest.raises(Refused) as told:
        read_oru((HEAD + "\r\rOBR|1\rlower|x").encode(), ZONE, "file")
    assert told.value.where == "file, line 4"


def test_line_ends_and_frames_do_not_matter() -> None:
    lines = sample("northlake").split(b"\r")
    plain = [report for report, _ in read_oru(sample("northlake"), ZONE)]
    for joined in (b"\n".join(lines), b"\r\n".join(lines), b"\x0b" + b"\r".join(lines) + b"\x1c\r"):
        assert [report for report, _ in read_oru(joined, ZONE)] == plain


def in_one_line(refused: Refused) -> None:
    assert "\n" not in str(refused)


PIECES = st.lists(
    st.sampled_from(
        ["MSH", "PID", "OBR", "OBX", "NTE", "SPM", "ORC", "BHS", "|", "^", "~", "\\", "&", "\r", "\n", "NM", "SN", "F",
         "ORU^R01", "20260504", "1", "é", "\x0b", "\\X4", "|||||", "LN", "-0500", "\x00", '""']
    ),
    max_size=60,
).map("".join)  # fmt: skip


@seed(20260506)
@settings(max_examples=count(300, 50_000), deadline=None)
@given(PIECES | st.text(max_size=80), st.sampled_from([HEAD + "\r", "MSH|^~\\&|QUICKASSAY|", ""]))
def test_no_text_breaks_the_reader(text, head) -> None:
    try:
        for report, raw in read_oru((head + text).encode("utf-8", "surrogatepass"), ZONE, "file"):
            assert "\x00" not in raw
            assert report.control
    except Refused as refused:
        in_one_line(refused)


@seed(20260506)
@settings(max_examples=count(150, 20_000), deadline=None)
@given(st.sampled_from(["northlake", "harborpath", "quickassay"]), st.data())
def test_no_damage_to_a_message_breaks_the_reader(name, data) -> None:
    body = bytearray(sample(name))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(body) - 1))
        if data.draw(st.booleans()):
            body[at] = data.draw(st.integers(0, 255))
        else:
            del body[at : at + data.draw(st.integers(1, 20))]
    try:
        read_oru(bytes(body), ZONE, "file")
    except Refused as refused:
        in_one_line(refused)


def test_messages_keep_their_bytes() -> None:
    assert len(read_messages(sample("quickassay"))) == 2

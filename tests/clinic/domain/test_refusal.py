"""A refusal: one line, whatever it quotes; in the reader's words, whatever it says would have been right."""

from __future__ import annotations

from clinic.domain.refusal import Refused


def test_what_it_quotes_breaks_no_line() -> None:
    refused = Refused("“%(text)s” is no day.", where="a\nb.csv, line 1", text="\n Po\x1b[31m\u2028", number=3)
    assert "\n" not in str(refused)
    assert refused.params == {"text": "  Po [31m ", "number": 3}
    assert refused.where == "a b.csv, line 1"


def test_what_would_have_been_right_is_said_in_the_readers_words() -> None:
    refused = Refused("“%(text)s” stands where %(says)s is meant.", text="a number", says="a number", line=4)
    assert refused.filled(str.upper) == {"text": "a number", "says": "A NUMBER", "line": 4}
    assert Refused("x", says="").filled(lambda _: "header")["says"] == ""

"""A claim's own page: axes, story, versions, findings, papers, the page beside."""

import re
from decimal import Decimal

import pytest

from billing.coding.changes import AddLine, GiveReason, RemoveLine, SetLine
from billing.coding.story import Stop, Stopped
from billing.models import ClaimRecord, SubmittedClaim
from billing.services.change_claim import change_claim
from billing.services.hold_claim import finish_coding, return_claim
from billing.services.send_claims import send_claims
from clinic.base import db
from clinic.domain.code import procedure
from clinic.domain.money import Money
from clinic.domain.period import Period
from clinic.domain.quantity import Quantity
from tests.billing.services.steps import coded_claim, digest_of, ready_claim
from tests.clinic.views.counting import statements
from tests.fixtures.house import log_in


@pytest.fixture
def biller(client, practice):
    return log_in(client, practice.actor("biller"), practice)


def shown(client, claim_id: int, query: str = "") -> str:
    answer = client.get(f"/claims/{claim_id}{query}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def standing(text: str) -> dict[str, str]:
    """Where each axis stands."""
    return dict(re.findall(r'data-axis="(\w+)".*?aria-current="step">([^<]*)<', text, flags=re.DOTALL))


def test_four_axes_say_where_it_stands_since_when_by_whom(biller, practice) -> None:
    claim_id = ready_claim(practice)
    text = shown(biller, claim_id)
    assert standing(text) == {
        "preparation": "signed",
        "journey": "not sent",
        "adjudication": "none yet",
        "owes": "payer",
    }
    assert practice.actor("provider").name in re.search(r'data-axis="preparation".*?</div>', text, re.DOTALL)[0]
    send_claims(practice.actor("biller"), [claim_id])
    assert standing(shown(biller, claim_id))["journey"] == "sent"


def test_changes_by_one_person_fold_into_one(biller, practice) -> None:
    claim_id = coded_claim(practice)
    text = shown(biller, claim_id)
    assert text.count('data-fact="claim.changed"') == 1
    assert text.count('class="run"') == 1
    return_of = ready_claim(practice, "Osei")
    return_claim(practice.actor("manager"), return_of, "wrong day")
    told = re.findall(r'data-fact="([\w.]+)"', shown(biller, return_of))
    assert told == [
        *("claim.returned", "claim.signed", "claim.reviewed", "claim.coded", "claim.changed", "claim.opened"),
    ]


def test_the_page_costs_few_statements_whatever_happened(biller, practice) -> None:
    claim_id = coded_claim(practice)
    costs = []
    bare = cost_of_the_shell(biller)
    for facts in (3, 203):
        record = db.session.get_one(ClaimRecord, claim_id)
        while record.sequence < facts:
            change_claim(
                practice.actor("biller"),
                claim_id,
                SetLine("1", "charge", {"cents": record.sequence, "currency": "USD"}),
            )
        with statements() as sent:
            text = shown(biller, claim_id)
        assert len(re.findall(r"/versions\?a=\d+\"", text)) == facts - 1
        costs.append(len(sent) - bare)
    assert costs[0] == costs[1] <= 12, sent


def cost_of_the_shell(client) -> int:
    """What every page costs: who asks, their practice, their queues."""
    with statements() as sent:
        assert client.get("/me").status_code == 200
    return len(sent)


def test_a_finding_points_at_field_box_and_desk(biller, practice) -> None:
    claim_id = coded_claim(practice)
    change_claim(practice.actor("biller"), claim_id, SetLine("1", "pointers", []))
    text = shown(biller, claim_id)
    assert 'id="f1"' in text
    assert 'href="#box-24E-1"' in text
    assert 'id="box-24E-1"' in text
    assert re.search(r'<tr id="at-acts-0" data-pins="[\d ]*1', text)
    assert f'href="/claims/{claim_id}/code#line-1-pointers"' in text
    reader = practice.actor("manager")
    biller.post("/logout")
    log_in(biller, reader, practice)
    assert ("/code#line-1-pointers" in shown(biller, claim_id)) == ("claim.code" in rights_of("manager"))


def rights_of(role: str) -> set[str]:
    from clinic import policy

    return {name for name in policy.RIGHTS if policy.allows(name, [role])}


def test_what_left_is_shown_as_it_left(biller, practice) -> None:
    claim_id = ready_claim(practice)
    send_claims(practice.actor("biller"), [claim_id])
    kept = db.session.query(SubmittedClaim).one()
    before = shown(biller, claim_id)
    assert 'class="leaves' not in before
    assert "of=today" not in before
    practice.row.street = "9 ELSEWHERE ROAD"
    db.session.commit()
    after = shown(biller, claim_id)
    assert f"/claims/{claim_id}?of=today#sheet" in after
    assert "ELSEWHERE" not in after
    assert "9 ELSEWHERE" in shown(biller, claim_id, "?of=today")
    assert kept.digest not in after or "as today" not in re.search(r'id="versions".*?</table>', after, re.DOTALL)[0]


def another_line(claim_id: int, code: str, cents: int = 4000) -> AddLine:
    """A line of the claim's day that points at nothing yet."""
    return AddLine(
        code=procedure(code),
        words="one more",
        service=Period(db.session.get_one(ClaimRecord, claim_id).service_on),
        quantity=Quantity(Decimal(1)),
        charge=Money(cents),
    )


def test_pages_turn_one_at_a_time(biller, practice) -> None:
    claim_id = coded_claim(practice)
    for number in range(6):
        change_claim(practice.actor("biller"), claim_id, another_line(claim_id, "99213", 1000 + number))
    first, second, beyond = (shown(biller, claim_id, query) for query in ("", "?page=2", "?page=99"))
    assert [text.count('<svg class="page"') for text in (first, second, beyond)] == [1, 1, 1]
    assert re.findall(r'<tr id="at-acts-(\d)"', first) == list("0123456")
    # a finding of the seventh line is on the second page
    assert f"/claims/{claim_id}?page=2#box-24E-1" in first
    assert "page=2#box" not in second
    assert second.split('class="page"')[1][:200] == beyond.split('class="page"')[1][:200]


def test_versions_side_by_side(biller, practice) -> None:
    claim_id = ready_claim(practice)
    return_claim(practice.actor("manager"), claim_id, "charge")
    change_claim(practice.actor("biller"), claim_id, SetLine("1", "charge", {"cents": 9500, "currency": "USD"}))
    text = shown(biller, claim_id, "/versions")
    rows = re.findall(r'<code class="path">([^<]*)</code>', text)
    assert rows == ["acts[0].charge", "total"]
    assert re.findall(r"<del>([^<]*)</del>", text) == ["120.00", "120.00"]
    assert re.findall(r"<ins>([^<]*)</ins>", text) == ["95.00", "95.00"]
    assert "24F" in text
    assert "2400 SV102" in text
    same = shown(biller, claim_id, "/versions?a=now&b=now")
    assert 'class="path"' not in same
    at_first = shown(biller, claim_id, "/versions?a=1&b=4")
    assert set(re.findall(r'<code class="path">([^<]*)</code>', at_first)) >= {"part.diagnoses[0]"}
    for wrong in ("?a=99", "?b=x", "?a=-1"):
        assert biller.get(f"/claims/{claim_id}/versions{wrong}").status_code == 404


def test_what_was_held_is_the_same_to_the_letter_or_said_not_to_be(biller, practice) -> None:
    claim_id = coded_claim(practice)
    finish_coding(practice.actor("biller"), claim_id, digest_of(practice, claim_id))
    text = shown(biller, claim_id, "/versions")
    assert 'data-severity="ok"' in text
    practice.row.street = "9 ELSEWHERE ROAD"
    db.session.commit()
    text = shown(biller, claim_id, "/versions")
    assert 'data-severity="warn"' in text
    assert 'class="path"' not in text
    assert 'class="empty"' in text


def test_versions_before_it_was_a_claim_compare_its_codes(biller, practice) -> None:
    claim_id = coded_claim(practice)
    change_claim(practice.actor("biller"), claim_id, RemoveLine("1"))
    text = shown(biller, claim_id, "/versions?a=3&b=now")
    assert re.findall(r'<code class="path">([^<]*)</code>', text) == ["lines[0]"]


def test_versions_cost_few_statements(biller, practice) -> None:
    claim_id = ready_claim(practice)
    bare = cost_of_the_shell(biller)
    return_claim(practice.actor("manager"), claim_id, "charge")
    change_claim(practice.actor("biller"), claim_id, SetLine("1", "charge", {"cents": 9500, "currency": "USD"}))
    for query in ("", "?a=now&b=now", "?a=1&b=5"):
        with statements() as sent:
            shown(biller, claim_id, f"/versions{query}")
        assert len(sent) - bare <= 12, sent


def test_both_pages_tell_whom_they_show(biller, practice) -> None:
    from clinic.journal import reads

    claim_id = coded_claim(practice)
    patient = db.session.get_one(ClaimRecord, claim_id).patient_id
    shown(biller, claim_id)
    shown(biller, claim_id, "/versions")
    with reads.opened() as connection:
        rows = dict(connection.execute("SELECT endpoint, patients FROM page WHERE endpoint LIKE '%s.show'").fetchall())
    assert {name: str(patient) in seen for name, seen in rows.items()} == {"claims.show": True, "versions.show": True}


def test_a_claim_that_stayed_behind_says_why(biller, practice) -> None:
    from billing.services.telling import tell
    from clinic.services.acting import acting

    claim_id = ready_claim(practice)
    why = Stop(what="Claim %(number)s is not ready.", params={"number": "10001"}, remedy="Review it again.")
    with acting(practice.actor("biller"), "claim.send") as work:
        tell(work, db.session.get_one(ClaimRecord, claim_id), "claim.stopped", Stopped(why=why))
    text = shown(biller, claim_id)
    assert re.search(r'class="notice" data-severity="warn".*?Claim 10001 is not ready. Review it again.', text)
    assert text.count("Claim 10001 is not ready.") == 2  # on top, and in the story


def test_a_reason_is_shown_with_who_gave_it(biller, practice) -> None:
    from billing.views.desk import desk

    claim_id = coded_claim(practice)
    change_claim(practice.actor("biller"), claim_id, another_line(claim_id, "99213"))
    change_claim(practice.actor("biller"), claim_id, SetLine("2", "pointers", [1]))
    record = db.session.get_one(ClaimRecord, claim_id)
    first = desk(practice.actor("biller"), record).told[0].finding
    change_claim(practice.actor("biller"), claim_id, GiveReason(first.code, first.field, "as the payer asked"))
    listed = re.search(r'id="f1".*?</li>', shown(biller, claim_id), re.DOTALL)[0]
    assert "<q>as the payer asked</q>" in listed
    assert practice.actor("biller").name in listed


def test_a_divided_claim_names_the_other(biller, practice) -> None:
    from billing.services.divide_claim import divide_claim

    claim_id = coded_claim(practice)
    change_claim(practice.actor("biller"), claim_id, another_line(claim_id, "93000"))
    second = divide_claim(practice.actor("biller"), claim_id, ["2"])
    numbers = {key: db.session.get_one(ClaimRecord, key).number for key in (claim_id, second)}
    for one, other in ((claim_id, second), (second, claim_id)):
        papers = shown(biller, one).split('id="documents"')[1]
        assert f'<a href="/claims/{other}">{numbers[other]}</a>' in papers


def test_rows_of_another_practice_have_no_name(app, practice, other_practice) -> None:
    from billing.coding.narrate import Ref
    from billing.services.named import called

    wanted = [Ref("staff", who.id) for house in (practice, other_practice) for who in house.staff.values()]
    found = called(practice.row.id, wanted)
    assert {ref.id for ref in found} == {who.id for who in practice.staff.values()}
    assert called(practice.row.id, []) == {}

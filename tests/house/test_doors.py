"""Every route times every role: just what the policy table says; ids of another practice answer as unknown ids do."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from flask import Flask

from clinic import policy
from clinic.policy import RoleName
from tests.billing.services.steps import ready_claim
from tests.fixtures.house import log_in
from tests.fixtures.people import make_patient, make_visit

NOT_OURS = {"static", "security.static"}
UNKNOWN = 99_000_000


def rules(app: Flask, *, with_ids: bool):
    return sorted(
        (
            rule
            for rule in app.url_map.iter_rules()
            if bool(rule.arguments) == with_ids and rule.endpoint not in NOT_OURS
        ),
        key=lambda rule: rule.rule,
    )


def method_of(rule) -> str:
    return "GET" if "GET" in rule.methods else "POST"


@pytest.mark.parametrize("role", list(RoleName))
def test_a_role_opens_what_its_rights_say(app, client, practice, role) -> None:
    log_in(client, practice.actor(role), practice)
    wrong = []
    for rule in rules(app, with_ids=False):
        right = policy.right_of(app, rule.endpoint)
        if right == policy.OPEN:
            continue
        answer = client.open(rule.rule, method=method_of(rule))
        may = policy.allows(right, [role])
        if (answer.status_code == 403) == may or answer.status_code >= 500:
            wrong.append((rule.rule, answer.status_code, may))
    assert wrong == []


def test_nobody_opens_anything(app, client) -> None:
    for rule in (*rules(app, with_ids=False), *rules(app, with_ids=True)):
        if policy.right_of(app, rule.endpoint) == policy.OPEN:
            continue
        answer = client.open(
            rule.rule.replace("<int:", "<").split("<")[0] + "1" if rule.arguments else rule.rule, method=method_of(rule)
        )
        assert answer.status_code in {302, 404, 405, 308}, rule.rule


def path_of(rule, number: int) -> str:
    values = {name: number if "int:" + name in rule.rule else "x" for name in rule.arguments}
    path = rule.rule
    for name, value in values.items():
        path = path.replace(f"<int:{name}>", str(value)).replace(f"<{name}>", str(value))
    return path


def told(client, rule, number: int) -> tuple[int, str]:
    """The answer to an id, without the address it repeats and the token that is new each time."""
    path = path_of(rule, number)
    answer = client.open(path, method=method_of(rule))
    text = answer.get_data(as_text=True).replace(path, "").replace(quote(path, safe=""), "")
    return answer.status_code, re.sub(r'(csrf_token" value|csrf-token" content)="[^"]*"', "", text)


@pytest.mark.parametrize("role", ["biller", "manager", "administrator", "provider", "assistant"])
def test_ids_of_another_practice_are_unknown_ids(app, client, practice, other_practice, role) -> None:
    """Rows of the other practice exist with low ids; what they answer is, to the letter, what no row answers."""
    ready_claim(other_practice, "Stranger")
    make_visit(other_practice, make_patient(other_practice, "Unseen"))
    log_in(client, practice.actor(role), practice)
    shown, differing = [], []
    theirs = {1, other_practice.location.id, other_practice.payer.id, other_practice.staff["biller"].id}
    mine = {practice.location.id, practice.payer.id, practice.provider.id, *(one.id for one in practice.staff.values())}
    for rule in rules(app, with_ids=True):
        if not any("int:" + name in rule.rule for name in rule.arguments):
            continue
        unknown = told(client, rule, UNKNOWN)
        for number in sorted(theirs):
            said, text = told(client, rule, number)
            if any(word in text for word in ("Stranger", "Unseen", "Harbor Street", "harbor-")):
                shown.append((rule.rule, number))
            if number in mine or (said, text) == unknown:
                continue
            if (said, text) != told(client, rule, UNKNOWN):  # asked again: an id of one's own may have changed the page
                differing.append((rule.rule, number, said))
    assert shown == []
    assert differing == []

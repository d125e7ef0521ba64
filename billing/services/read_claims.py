"""Claims out of a file of any form: an 837P, FHIR Claims and Bundles, our own JSON; told apart by what stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

import msgspec

from billing.domain.canonical import from_json
from billing.domain.claim import Claim
from billing.fhir.claim import from_fhir
from billing.x12 import Fault, Transmission, read_837p
from billing.x12.syntax import plain_bytes
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.fhir.json import dumps, loads

Form = Literal["837p", "fhir", "json"]

_WANTED = N_("Give an 837P, FHIR Claims, or claims in our own JSON, one a line.")


class Source(NamedTuple):
    """What a file holds."""

    form: Form
    claims: tuple[Claim[Any, Any], ...]
    created: date | None = None
    """The day an 837P says it was made (BHT04)."""
    faults: tuple[Fault, ...] = ()
    """What is wrong with an 837P as a file. A claim that cannot be built is missing from ``claims``."""
    transmission: Transmission | None = None
    """The header of an 837P, its first."""


def read_claims(data: bytes, where: str) -> Source:
    """The claims of a file's bytes, in its order. ``where`` names the file.

    Raises:
        Refused: it is none of the forms, or a claim in it cannot be read; the line and the field are named.
    """
    plain = plain_bytes(data)
    if plain.startswith(b"ISA"):
        return _from_837p(plain)
    if not plain.startswith((b"{", b"[")):
        what = N_("This is no claim.") if plain else N_("The file is empty.")
        raise Refused(what, where=where, remedy=_WANTED)
    form: Form = "json"
    claims: list[Claim[Any, Any]] = []
    for place, value in _values(plain, where):
        if isinstance(value, dict) and "resourceType" in value:
            form = "fhir"
            claims.extend(_from_resources(value, place))
        else:
            claims.append(_from_own(value, place))
    if not claims:
        raise Refused(N_("There is no claim in it."), where=where, remedy=_WANTED)
    return Source(form, tuple(claims))


def _from_837p(data: bytes) -> Source:
    reading = read_837p(data)
    sent = reading.transmissions
    return Source(
        "837p",
        reading.claims,
        created=sent[0].created.date() if sent else None,
        faults=reading.errors,
        transmission=sent[0] if sent else None,
    )


def _values(text: bytes, where: str) -> Iterator[tuple[str, Any]]:
    """The JSON values of a file, one in all or one a line, with their places."""
    first, _, more = text.partition(b"\n")
    if more.strip() and _is_whole(first):
        for number, line in enumerate(text.split(b"\n"), start=1):
            if line.strip():
                place = f"{where}, line {number}"
                yield place, loads(line, where=place)
        return
    value = loads(text, where=where)
    if isinstance(value, list):
        yield from ((f"{where}, entry {number}", each) for number, each in enumerate(value, start=1))
    else:
        yield where, value


def _is_whole(line: bytes) -> bool:
    try:
        loads(line)
    except Refused:
        return False
    return True


def _from_resources(value: dict[str, Any], where: str) -> Iterator[Claim[Any, Any]]:
    """The Claims of a resource: itself, or those of a Bundle, whose other entries they may point to."""
    if value["resourceType"] != "Bundle":
        yield _from_fhir(value, where, {})
        return
    entries = value.get("entry")
    resources = [
        (entry.get("fullUrl"), entry["resource"])
        for entry in (entries if isinstance(entries, list) else ())
        if isinstance(entry, dict) and isinstance(entry.get("resource"), dict)
    ]
    beside: dict[str, Any] = {}
    for url, resource in resources:
        beside[f"{resource.get('resourceType')}/{resource.get('id')}"] = resource
        if isinstance(url, str):
            beside[url] = resource
    for number, (_, resource) in enumerate(resources, start=1):
        if resource.get("resourceType") == "Claim":
            yield _from_fhir(resource, f"{where}, entry {number}", beside)


def _from_fhir(resource: dict[str, Any], where: str, beside: dict[str, Any]) -> Claim[Any, Any]:
    try:
        return from_fhir(resource, beside=beside)
    except Refused as refused:
        inside = f"{where}: {refused.where}" if refused.where else where
        raise Refused(refused.what, where=inside, remedy=refused.remedy, **refused.params) from None


def _from_own(value: Any, where: str) -> Claim[Any, Any]:
    try:
        return from_json(dumps(value))
    except KeyError as error:
        what = N_("There is no kind of claim called %(kind)s.")
        raise Refused(what, where=where, remedy=_WANTED, kind=str(error.args[0])) from None
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        what = N_("This is not a claim: %(why)s.")
        why = " ".join(str(error).split())
        raise Refused(what, where=where, remedy=N_("Correct the field and give the file again."), why=why) from None

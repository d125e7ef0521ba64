"""Claims out of a file of any form, told by what stands in it: 837P, 837D, FHIR Claims and Bundles, our own JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, NamedTuple

import msgspec

from billing.domain.canonical import OWN, from_json
from billing.domain.claim import Claim
from billing.fhir.claim import from_fhir
from billing.x12 import Fault, Transmission
from billing.x12.read_837 import transactions_837
from billing.x12.reading import ReadTransaction
from billing.x12.syntax import Data, plain_bytes
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.fhir.json import dumps, loads

Form = Literal["837", "fhir", "json"]
Layout = Literal["837", "line", "value"]
"""An 837P or 837D, or both; JSON, a thing a line; JSON, one thing or a list of them."""

WANTED = N_("Give an 837P or 837D, FHIR Claims, or claims in our own JSON, one a line.")
NO_CLAIM = N_("There is no claim in it.")


class Item(NamedTuple):
    """A claim of a file, and the faults of the file that lie in it; without a claim, those that lie in none.

    A claim that cannot be built is none.
    """

    claim: Claim[Any, Any] | None
    faults: tuple[Fault, ...] = ()


class Source(NamedTuple):
    """What a file holds."""

    form: Form
    items: tuple[Item, ...]
    transmission: Transmission | None = None
    """The header of an 837, its first."""

    @property
    def claims(self) -> tuple[Claim[Any, Any], ...]:
        """The claims, in the file's order."""
        return tuple(item.claim for item in self.items if item.claim is not None)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with an 837 as a file, by segment."""
        return tuple(
            sorted((fault for item in self.items for fault in item.faults), key=lambda fault: fault.segment_number)
        )


def read_claims(data: bytes, where: str) -> Source:
    """The claims of a file's bytes, in its order. ``where`` names the file.

    Raises:
        Refused: it is none of the forms, or a claim in it cannot be read; the line and the field are named.
    """
    plain = plain_bytes(data)
    match form_of(plain, where):
        case "837":
            return _from_837(plain)
        case "line":
            lines = enumerate(plain.split(b"\n"), start=1)
            claims = [claim for number, line in lines for claim in claims_of_line(line, where, number)]
        case "value":
            claims = list(claims_of_value(plain, where))
    if not claims:
        raise Refused(NO_CLAIM, where=where, remedy=WANTED)
    form: Form = "fhir" if b'"resourceType"' in plain else "json"
    return Source(form, tuple(Item(claim) for claim in claims))


def form_of(plain: Data, where: str) -> Layout:
    """How a file is laid out, by what it begins with.

    Raises:
        Refused: it is empty, or none of the forms.
    """
    if plain[:3] == b"ISA":
        return "837"
    if plain[:1] not in (b"{", b"["):
        what = N_("This is no claim.") if len(plain) else N_("The file is empty.")
        raise Refused(what, where=where, remedy=WANTED)
    end = plain.find(b"\n")
    if end < 0 or not _is_whole(plain[:end]):
        return "value"
    return "line" if any(not byte.isspace() for byte in _bytes(plain, end)) else "value"


def items_of_837(data: Data, header: Callable[[Transmission], object]) -> Iterator[Item]:
    """The claims and faults of a file that begins with its ISA, one transaction at a time.

    The faults of the envelopes come last. ``header`` is told each header that could be understood.
    """
    envelope: list[Fault] = []
    for transaction in transactions_837(data, envelope.extend):
        if transaction.transmission:
            header(transaction.transmission)
        yield from _items(transaction)
    if envelope:
        yield Item(None, tuple(envelope))


def claims_of_line(line: bytes, where: str, number: int) -> Iterator[Claim[Any, Any]]:
    """The claims of one line of JSON: our own, a FHIR Claim, or a Bundle of them; none where it is blank.

    Raises:
        Refused: it cannot be read.
    """
    claim = _own_at_once(line)
    if claim is not None:
        yield claim
    elif line.strip():
        place = f"{where}, line {number}"
        yield from _from_value(loads(line, where=place), place)


def claims_of_value(text: bytes, where: str) -> Iterator[Claim[Any, Any]]:
    """The claims of a file that is one JSON value: one thing, or a list of things.

    Raises:
        Refused: one of them cannot be read.
    """
    value = loads(text, where=where)
    if not isinstance(value, list):
        yield from _from_value(value, where)
        return
    for number, each in enumerate(value, start=1):
        yield from _from_value(each, f"{where}, entry {number}")


def _from_837(data: bytes) -> Source:
    sent: list[Transmission] = []
    items = tuple(items_of_837(data, sent.append))
    return Source("837", items, sent[0] if sent else None)


def _items(transaction: ReadTransaction) -> Iterator[Item]:
    numbers = {claim.number for claim in transaction.claims}
    of_claim: dict[str | None, list[Fault]] = {}
    for fault in transaction.errors:
        of_claim.setdefault(fault.claim if fault.claim in numbers else None, []).append(fault)
    if None in of_claim:
        yield Item(None, tuple(of_claim.pop(None)))
    for claim in transaction.claims:
        yield Item(claim, tuple(of_claim.pop(claim.number, ())))


def _bytes(data: Data, start: int) -> Iterator[bytes]:
    return (data[at : at + 1] for at in range(start, len(data)))


def _is_whole(line: bytes) -> bool:
    try:
        loads(line)
    except Refused:
        return False
    return True


def _from_value(value: Any, place: str) -> Iterator[Claim[Any, Any]]:
    if isinstance(value, dict) and "resourceType" in value:
        yield from _from_resources(value, place)
    else:
        yield _from_own(value, place)


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


def _own_at_once(line: bytes) -> Claim[Any, Any] | None:
    """A claim of our own as we write it, read in one pass; None where the long way has to look."""
    if not line.startswith(OWN):
        return None
    try:
        return from_json(line)
    except (KeyError, msgspec.DecodeError, ValueError, RecursionError):
        return None


def _from_own(value: Any, where: str) -> Claim[Any, Any]:
    try:
        return from_json(dumps(value))
    except KeyError as error:
        what = N_("There is no kind of claim called %(kind)s.")
        raise Refused(what, where=where, remedy=WANTED, kind=str(error.args[0])) from None
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        what = N_("This is not a claim: %(why)s.")
        why = " ".join(str(error).split())
        raise Refused(what, where=where, remedy=N_("Correct the field and give the file again."), why=why) from None

"""By what a foreign resource is known again, and by what other resources refer to it."""

from __future__ import annotations

import hashlib
import re
from typing import Any, Final
from urllib.parse import unquote

from clinic.fhir.importer.bundle import Entry, digest
from clinic.fhir.node import Node
from clinic.fhir.systems import OWN_ROW_PREFIX

_LEGAL: Final = (
    "http://hl7.org/fhir/sid/us-ssn",
    "urn:oid:2.16.840.1.113883.4.1",
    "urn:oid:2.16.840.1.113883.4.3",
    "http://hl7.org/fhir/sid/passport",
    "http://standardhealthrecord.org/fhir/StructureDefinition/passportNumber",
)
"""Numbers of the state: they name a person, yet are shared by all records of that person and not given by a source."""

_MAX_KEY: Final = 500
"""Longer texts fit no index (PostgreSQL: 2704 bytes)."""

_SERVER = re.compile(r"(https?://.+)/[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64}\Z")


def identifiers(resource: dict[str, Any]) -> list[tuple[str, str]]:
    """System and value of each identifier that has both, those of a source before those of the state."""
    listed = resource.get("identifier")
    if isinstance(listed, dict):
        listed = [listed]
    found = [
        (item["system"], item["value"])
        for item in (listed if isinstance(listed, list) else ())
        if isinstance(item, dict) and isinstance(item.get("system"), str) and isinstance(item.get("value"), str)
    ]
    return sorted(found, key=lambda pair: pair[0].startswith(_LEGAL))


def natural_key(entry: Entry, resource: dict[str, Any]) -> str:
    """``system|value`` of the business identifier, else the full URL, else type and id, else the content's digest."""
    named = identifiers(resource)
    of_documents = resource.get("resourceType") in ("DocumentReference", "DiagnosticReport")
    if named and (not of_documents or named[0][0].startswith(OWN_ROW_PREFIX)):
        # A document's identifier names the document, which several references and reports may carry; that of one of
        # our rows names just this.
        system, value = named[0]
        return _kept(f"{system}|{value}")
    return address_key(entry, resource)


def address_key(entry: Entry, resource: dict[str, Any]) -> str:
    """The full URL, else type and id, else the content's digest."""
    return _kept(entry.full_url or own_address(resource) or f"sha256:{digest(resource)}")


def _kept(key: str) -> str:
    """A key as a table can hold it: one that is too long, or has control characters, as its digest."""
    sound = len(key) <= _MAX_KEY and key.isprintable()
    return key if sound else f"sha256:{hashlib.sha256(key.encode()).hexdigest()}"


def key_named(address: str) -> str:
    """The key of a resource that is only referred to: the identifier that a conditional reference asks for, else it."""
    _, _, condition = address.partition("?identifier=")
    return _kept(condition or address)


def own_address(resource: dict[str, Any]) -> str | None:
    """``Type/id``, None where the resource has no id."""
    identity = resource.get("id")
    return f"{resource.get('resourceType')}/{identity}" if isinstance(identity, str) else None


def addresses(entry: Entry, resource: dict[str, Any]) -> list[str]:
    """Every reference text that means this resource: full URL or type and id, and each identifier as a condition.

    ``Patient/1`` alone means it only where its own full URL does not say of which server (bundle.html#references).
    """
    kind, server = resource.get("resourceType"), base(entry)
    found = [text for text in (entry.full_url, None if server else own_address(resource)) if text]
    return found + [f"{kind}?identifier={system}|{value}" for system, value in identifiers(resource)]


def base(entry: Entry) -> str | None:
    """The server that an entry's relative references are on, None where its full URL names none."""
    found = _SERVER.match(entry.full_url or "")
    return found[1] if found else None


def meanings(reference: str, server: str | None) -> list[str]:
    """The addresses a reference text may stand for, most exact first: decoded, without the version it asks for."""
    text = unquote(reference) if "?" in reference else reference
    text = text.partition("/_history/")[0]
    if server and ":" not in text and "?" not in text:
        return [f"{server}/{text}", text]
    return [text]


def reference_text(holder: Node | None, kind: str) -> str | None:
    """The text of a Reference element; of one that only gives an identifier, the condition that it means."""
    if holder is None:
        return None
    text, named = holder.text_at("reference"), holder.get("identifier")
    if text is not None or named is None:
        return text
    system, value = named.text_at("system"), named.text_at("value")
    return f"{kind}?identifier={system}|{value}" if system and value else None

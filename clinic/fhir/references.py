"""Finding the resource that a reference means: contained in the resource, or beside it in a bundle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clinic.domain.words import N_
from clinic.fhir.node import Node


class References:
    """What the references of one resource may mean.

    ``beside`` maps reference texts (``Patient/1``, ``urn:uuid:…``) to other resources. Nothing is ever fetched.
    """

    def __init__(self, resource: Node, beside: Mapping[str, Any] | None = None) -> None:
        self._contained = {
            f"#{identity}": node for node in resource.each("contained") if (identity := node.text_at("id"))
        }
        self._beside = beside or {}

    def follow(self, reference: Node, *allowed: str) -> Node:
        """The resource a Reference element means.

        Raises:
            Refused: it is not here, or it is not of one of the ``allowed`` types.
        """
        key = reference.need("reference").text()
        found = self._contained.get(key)
        if found is None and key in self._beside:
            found = Node(self._beside[key], key if key.isascii() and "/" in key else reference.path)
        if found is None:
            raise reference.refused(
                N_("The resource this refers to is not in the file."),
                N_("Contain it in the resource, or send both in one Bundle."),
            )
        kind = found.need("resourceType").text()
        if allowed and kind not in allowed:
            raise reference.refused(
                N_("This refers to a resource of another type than %(allowed)s."), allowed=", ".join(allowed)
            )
        return found

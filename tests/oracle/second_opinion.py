"""What others say of our output: pyx12 of a file, fhir.resources of a resource."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pyx12.params
import pyx12.x12n_document
from fhir.resources.R4B.claim import Claim as R4BClaim


def of_file(content: bytes) -> list[str]:
    """Everything pyx12 finds in an X12 file, each with its segment and place; [] where it finds nothing."""
    report = io.StringIO()
    params = pyx12.params.params()
    good = pyx12.x12n_document.x12n_document(
        params, io.StringIO(content.decode("ascii")), None, None, None, fd_json=report
    )
    found = list(_errors(json.loads(report.getvalue())))
    return found if found or good else ["pyx12 says only that it is not valid"]


def _errors(value: Any, at: str = "") -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _errors(each, at)
    elif isinstance(value, dict):
        here = " ".join(str(value[key]) for key in ("cur_line", "seg_id", "ele_pos", "name") if value.get(key))
        if "err_str" in value:
            yield f"{at}: {value['err_cde']} {value['err_str']}"
        for each in value.values():
            yield from _errors(each, here or at)


def of_resource(text: bytes) -> dict[str, Any]:
    """The resource as fhir.resources' R4B model of a Claim reads it. It raises where the shape is wrong."""
    model = R4BClaim.model_validate_json(text)
    return json.loads(model.model_dump_json())

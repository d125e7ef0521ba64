"""All claims whose boxes were typed by hand before any code printed one."""

from __future__ import annotations

from tests.boxes.typed_what import WHAT
from tests.boxes.typed_who import WHO

TYPED = (*WHO, *WHAT)

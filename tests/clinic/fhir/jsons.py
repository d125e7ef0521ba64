"""Any JSON, and resources with one thing changed: what a door must survive."""

import copy

from hypothesis import strategies as st

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.sampled_from(["#patient", "#", "2026-01-01", "2026", "urn:uuid:1", "Patient/1", "\x00", "\ud800"])
)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=12,
)


def places(value, path=()):
    """Every path into a JSON value."""
    yield path
    if isinstance(value, dict):
        for name, child in value.items():
            yield from places(child, (*path, name))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from places(child, (*path, index))


def changed(value, path, new, *, drop=False):
    """A copy with another value at a path, or without it."""
    if not path:
        return new
    value = copy.deepcopy(value)
    holder = value
    for step in path[:-1]:
        holder = holder[step]
    if drop:
        del holder[path[-1]]
    else:
        holder[path[-1]] = new
    return value


def mutated(value):
    """Strategy: the value with one place dropped or replaced by anything."""
    return st.tuples(st.sampled_from([path for path in places(value) if path]), anything, st.booleans()).map(
        lambda drawn: changed(value, drawn[0], drawn[1], drop=drawn[2])
    )

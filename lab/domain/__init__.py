"""The bench as values: catalogue, containers, plans, stability, custody. Standard library and msgspec only (law 1)."""

"""Values everyone shares. Standard library and msgspec only: no web, no database, no clock."""

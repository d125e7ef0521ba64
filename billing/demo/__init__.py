"""A day of an invented practice, through the same services the screens use."""

"""The level of an office visit from what was documented: facts in, a value out."""

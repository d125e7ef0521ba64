"""What is done to a specimen before its test: one file a step, found by itself (law 8)."""

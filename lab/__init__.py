"""The bench: containers, tube plans, steps and custody. It knows clinic, never billing."""

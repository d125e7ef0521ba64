"""What a foreign resource says, as plain values: pure functions, a file a resource type, no database."""

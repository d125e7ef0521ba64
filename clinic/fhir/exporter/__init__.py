"""R4 resources of the record: pure writers, one file a type, each the inverse of the reader of its name."""

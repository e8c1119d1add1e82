"""The rules as they stand, one page each, so that every finding can point to its own."""

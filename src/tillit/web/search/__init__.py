"""One search in all that somebody may read."""

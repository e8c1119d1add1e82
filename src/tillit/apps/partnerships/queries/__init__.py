"""What pages read of partnerships, as frozen rows."""

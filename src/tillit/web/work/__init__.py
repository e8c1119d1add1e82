"""What waits for somebody, the search, and an organisation's year."""

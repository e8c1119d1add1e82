"""Mail as the reader gets it: the words of each kind, and the way from the outbox to a mail server."""

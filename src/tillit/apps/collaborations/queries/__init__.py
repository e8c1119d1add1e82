"""What pages and mails read of collaborations, as frozen rows."""

"""What is done with a partnership. One function, one act: whole or not at all, with a line in the ledger."""

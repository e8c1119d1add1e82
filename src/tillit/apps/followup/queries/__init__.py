"""What pages and the API read of follow-up."""

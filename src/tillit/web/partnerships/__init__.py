"""Pages of partnerships: who is in them, what is agreed, who decides and who owes what."""

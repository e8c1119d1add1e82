"""Partnerships: what is agreed on which level, who is bound, who sits where for whom, who owes what."""

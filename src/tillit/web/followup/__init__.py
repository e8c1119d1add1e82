"""Pages of follow-up, under the partnership that they belong to."""

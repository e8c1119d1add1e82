"""Pictures of follow-up, as data for a template: pure functions from values to lines, marks and texts with their table.

Every number that a picture writes stands in its table, in the same words: both are made by the same function.
"""

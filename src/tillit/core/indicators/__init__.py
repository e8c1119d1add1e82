"""What a figure means: paths to targets, signals, forecasts, rubrics, effect logic. Pure, with no database behind it.

Every judgement is a function of a frozen input and frozen thresholds; `deviation` makes a flag of it that can be
recomputed. Numbers are Decimal or Fraction, never floats: (0.57 − 0.60) / 0.60 is −0.05, not a little under.
"""

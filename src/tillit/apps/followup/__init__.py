"""Follow-up of a partnership: plans and goals, effect logic, indicators, what is reported, deviations."""

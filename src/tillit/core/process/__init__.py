"""How a collaboration goes from plan to outcome: steps, what each approval rests on, and what a change touches."""

"""What is true: rules, figures, governance. Plain Python, standard library only."""

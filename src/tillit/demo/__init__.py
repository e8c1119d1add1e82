"""A made-up world for the demonstration, built through the acts and through nothing else."""

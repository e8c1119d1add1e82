"""Documents with every version of them, known by what they hold."""

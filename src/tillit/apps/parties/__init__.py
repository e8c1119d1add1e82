"""Organisations, their units and people, and who may do what for them."""

"""Collaborations: written, changed, judged, reported."""

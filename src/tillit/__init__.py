"""Tillit: try a collaboration between health care and industry against its agreement, and follow it up."""

"""Trying a case: a file is sent, its answer is read and taken home. Nothing is kept."""

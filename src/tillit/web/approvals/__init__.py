"""Approvals, with an account or by a signed link."""

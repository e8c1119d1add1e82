"""Collaborations from plan to outcome, with every version, judgement and approval."""

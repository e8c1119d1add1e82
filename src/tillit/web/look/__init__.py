"""Every part of the look in every state, on one page, for those who develop."""

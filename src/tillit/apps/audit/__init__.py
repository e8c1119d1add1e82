"""The ledger: what was done, by whom and when, in a chain that shows when a link has been changed."""

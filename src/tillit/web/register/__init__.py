"""The open register, to read without an account."""

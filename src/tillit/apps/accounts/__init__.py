"""Who signs in, and who acts: a user is an account, a person anybody who acts or takes part."""

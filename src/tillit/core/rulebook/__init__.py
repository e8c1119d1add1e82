"""The agreement's rules as data, and the engine that tries a case against them."""

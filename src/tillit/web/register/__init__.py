"""The open register: what has started, as anybody may read it, from the register's own tables only."""

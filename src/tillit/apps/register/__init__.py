"""The open register: what anybody may read, apart from the tables that are worked in."""

"""Settings, addresses and the ways in for servers: knows everybody, nobody knows it."""

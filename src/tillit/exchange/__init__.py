"""How cases come in and answers go out: case files (JSON, TOML, Excel), the protocol, words in Swedish and English."""

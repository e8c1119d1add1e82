"""Mail that is to go out: written down with the act that asks for it, sent afterwards, once."""

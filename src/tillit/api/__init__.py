"""How programs come in: JSON over HTTP, one package per version. Stateless: nothing is stored, no cookie is set."""

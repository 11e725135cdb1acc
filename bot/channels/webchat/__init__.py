"""The web chat: one address, pages made on the server."""
